#include "domain/briefs/brief_message.hpp"

#include "domain/text/written.hpp"

#include <fmt/format.h>

namespace whynow::domain::briefs {
namespace {

using text::slots;

class layout {
  public:
    layout(const brief_head& head, const text::phrasebook& book) : head_(head), book_(book) {}

    cards::message none() const {
        slots s;
        s.set("day", day()).set("accounts", number(head_.accounts)).set("one", one(head_.accounts));
        if (head_.usual)
            return {say("brief.fallback_usual"),
                    {cards::heading{say("brief.title_usual")},
                     cards::paragraph{{{say("brief.none_usual", s), "", false, false}}}}};
        return {
            say("brief.fallback_none"),
            {cards::heading{say("brief.title_none")}, cards::paragraph{{{say("brief.none", s), "", false, false}}}}};
    }

    cards::message whole(const std::vector<shown_call>& calls, int open) const {
        cards::message out;
        const auto& first = calls.front();
        slots s;
        s.set("count", calls.size())
            .set("one", one(int(calls.size())))
            .set("name", first.card.name)
            .set("account", first.card.role_and_account);
        s.set("because", first.card.because).set("day", day()).set("budget", head_.budget).set("late", head_.late);
        const int others = head_.accounts - int(calls.size());
        s.set("others", others > 0 ? number(others) : std::string{}).set("one_other", one(others));
        out.fallback = say("brief.fallback", s);
        out.blocks.push_back(cards::heading{say("brief.title", s)});
        out.blocks.push_back(
            cards::subtle{{{say(head_.usual ? "brief.context_usual" : "brief.context", s), "", false, false}}});
        for (const auto& call : calls) {
            out.blocks.push_back(cards::rule{});
            add(out.blocks, call, call.number == open && !call.answered);
        }
        out.blocks.push_back(cards::rule{});
        s.set("first", first.card.first);
        out.blocks.push_back(
            cards::subtle{{{say("brief.hint"), "", false, false}, {say("brief.hint_example", s), "", false, true}}});
        return out;
    }

  private:
    const brief_head& head_;
    const text::phrasebook& book_;

    std::string say(std::string_view key, const slots& s = {}) const { return book_.say(head_.language, key, s); }
    std::string number(int n) const { return text::number(book_, head_.language, n); }
    bool one(int n) const { return text::singular(book_, head_.language, n); }
    std::string day() const { return text::long_day(book_, head_.language, head_.date, head_.date); }

    static cards::call_head head_of(const shown_call& c) {
        return {c.number, c.card.name, c.card.role_and_account, c.card.detail, c.card.badge, c.card.age};
    }

    void add(std::vector<cards::block>& out, const shown_call& c, bool open) const {
        if (c.answered) {
            auto head = head_of(c);
            head.detail.clear();
            head.badge.clear();
            head.age.clear();
            out.push_back(head);
            out.push_back(cards::paragraph{{{c.standing, "", false, false}}});
            return;
        }
        if (open) {
            out.push_back(head_of(c));
            for (auto& b : inside(c))
                out.push_back(std::move(b));
            return;
        }
        slots s;
        s.set("number", c.number).set("name", c.card.name);
        auto head = head_of(c);
        cards::fold f{fmt::format("c{}", c.number),
                      head,
                      c.card.teaser,
                      inside(c),
                      false,
                      {"open", value(c), say("brief.button.open"), cards::button::style::normal, false,
                       say("brief.button.open_spoken", s)}};
        out.push_back(std::move(f));
    }

    static std::string value(const shown_call& c) { return fmt::format("card:{}", c.id.value); }

    std::vector<cards::block> inside(const shown_call& c) const {
        std::vector<cards::block> out;
        out.push_back(cards::paragraph{c.card.why});
        out.push_back(cards::box{say("brief.open_with", slots{}.set("seconds", c.card.seconds)), "", c.card.opener});
        cards::facts rows;
        std::string ask;
        for (const auto& q : c.card.ask)
            ask += (ask.empty() ? "" : " ") + q;
        rows.rows.push_back({say("brief.ask"), {{ask, "", false, false}}});
        if (!c.card.known.empty())
            rows.rows.push_back({say("brief.known"), c.card.known});
        rows.rows.push_back({say("brief.at_the_end"), {{c.card.at_the_end, "", false, false}}});
        out.push_back(std::move(rows));
        using look = cards::button::style;
        out.push_back(cards::actions{{
            {"log", value(c), say("brief.button.log"), look::primary, true, ""},
            {"no_answer", value(c), say("brief.button.no_answer"), look::normal, false, ""},
            {"snooze", value(c), say("brief.button.snooze"), look::normal, false, ""},
            {"not_a_reason", value(c), say("brief.button.not_a_reason"), look::normal, false, ""},
        }});
        return out;
    }
};

} // namespace

cards::message brief_message(const brief_head& head, const std::vector<shown_call>& calls, int open,
                             const text::phrasebook& book) {
    const layout l(head, book);
    return calls.empty() ? l.none() : l.whole(calls, open);
}

} // namespace whynow::domain::briefs
