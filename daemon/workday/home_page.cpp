#include "workday/home_page.hpp"

#include "domain/text/written.hpp"
#include "workday/content.hpp"
#include "workday/errands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::workday {
namespace {

using text::slots;

constexpr std::size_t most_calls = 12;    // a page is read at a glance
constexpr std::size_t most_promises = 10; // of each kind; the rest is counted
constexpr int days_ahead = 7;             // returns of the coming week

cards::rich said(std::string words) { return {{std::move(words), "", false, false}}; }

class page {
  public:
    page(store::session& s, const book::rep& rep, const rulebook& rules, instant now)
        : s_(s), rep_(rep), rules_(rules), language_(rules.language_of(rep)),
          local_(rules.clocks->to_local(now, rules.zone_of(rep))) {}

    cards::message made() {
        calls();
        out_.blocks.emplace_back(cards::rule{});
        out_.blocks.emplace_back(cards::heading{say("home.promises")});
        const auto before = out_.blocks.size();
        returns();
        drafts();
        referrals();
        if (out_.blocks.size() == before)
            out_.blocks.emplace_back(cards::paragraph{said(say("home.nothing_open"))});
        out_.blocks.emplace_back(cards::subtle{said(say(
            "home.as_of", slots{}.set("moment", text::moment(rules_.book, language_, day(local_.date), local_.at))))});
        return std::move(out_);
    }

  private:
    std::string say(std::string_view key, const slots& with = {}) const { return rules_.say(language_, key, with); }
    std::string day(local_date d) const { return text::long_day(rules_.book, language_, d, local_.date); }

    slots who(contact_id id, slots with = {}) const {
        const auto c = store::contacts(s_).find(id);
        const auto a = c ? store::accounts(s_).find(c->account) : std::nullopt;
        return with.set("name", c ? c->name : std::string{}).set("account", a ? a->name : std::string{});
    }

    void calls() {
        const auto b = store::briefs(s_).of(rep_.id, local_.date);
        const auto cards_of_day = b ? store::briefs(s_).cards(b->id) : std::vector<store::card>{};
        const auto n = std::int64_t(cards_of_day.size());
        const auto title = !b       ? say("home.no_brief")
                           : n == 0 ? say("brief.title_none")
                                    : say("brief.title", slots{}
                                                             .set("count", text::number(rules_.book, language_, n))
                                                             .set("one", text::singular(rules_.book, language_, n)));
        out_.fallback = title;
        out_.blocks.emplace_back(cards::heading{title});
        for (std::size_t i = 0; i < cards_of_day.size() && i < most_calls; ++i)
            call(cards_of_day[i]);
    }

    void call(const store::card& c) {
        const auto card = call_card_from(c.content);
        cards::paragraph p;
        p.text.push_back({fmt::format("{} · {}", c.number, card.name), "", true, false});
        p.text.push_back({fmt::format(" · {}\n", card.role_and_account), "", false, false});
        if (c.state == store::card_state::open) {
            p.text.insert(p.text.end(), card.teaser.begin(), card.teaser.end());
        } else if (c.state == store::card_state::answered) {
            p.text.push_back({answered_in_words(s_, c, language_, rules_), "", false, false});
        } else {
            p.text.push_back(
                {c.state == store::card_state::snoozed
                     ? say("brief.snoozed",
                           slots{}.set("first", card.first).set("day", day(snoozed_until(local_.date, rules_))))
                     : say("brief.not_a_reason"),
                 "", false, false});
        }
        out_.blocks.emplace_back(std::move(p));
        if (c.state != store::card_state::open)
            return;
        const auto value = fmt::format("card:{}", c.id.value);
        cards::actions a;
        a.buttons.push_back({"log", value, say("brief.button.log"), cards::button::style::normal, true,
                             say("home.log_spoken", slots{}.set("name", card.name))});
        a.buttons.push_back(
            {"no_answer", value, say("brief.button.no_answer"), cards::button::style::normal, false, {}});
        out_.blocks.emplace_back(std::move(a));
    }

    // A heading's worth of lines, the rest counted.
    void list(std::string_view title, const std::vector<std::string>& lines) {
        if (lines.empty())
            return;
        cards::paragraph p;
        p.text.push_back({say(title), "", true, false});
        for (std::size_t i = 0; i < lines.size() && i < most_promises; ++i)
            p.text.push_back({"\n• " + lines[i], "", false, false});
        if (lines.size() > most_promises)
            p.text.push_back(
                {"\n" +
                     say("home.more", slots{}.set("count", text::number(rules_.book, language_,
                                                                        std::int64_t(lines.size() - most_promises)))),
                 "", false, true});
        out_.blocks.emplace_back(std::move(p));
    }

    void returns() {
        std::vector<std::string> lines;
        for (const auto& n : store::nurture(s_).due(rep_.id, add_days(local_.date, days_ahead)))
            lines.push_back(say("home.return", who(n.contact, slots{}.set("day", day(n.due)).set("words", n.words))));
        list("home.returns", lines);
    }

    void drafts() {
        std::vector<std::string> lines;
        for (const auto& d : store::drafts(s_).of_rep(rep_.id, 200))
            if (d.state == store::draft_state::proposed)
                lines.push_back(say("home.draft", who(d.contact, slots{}.set("subject", d.subject))));
        list("home.drafts", lines);
    }

    void referrals() {
        std::vector<std::string> lines;
        for (const auto& r : store::referrals(s_).open_of(rep_.id))
            lines.push_back(say("home.referral", who(r.referrer, slots{}.set("referred", r.name))));
        list("home.referrals", lines);
    }

    store::session& s_;
    const book::rep& rep_;
    const rulebook& rules_;
    std::string language_;
    local_time local_;
    cards::message out_;
};

std::string mark_of(const book::rep& rep) { return fmt::format("home_opened:{}", rep.id.value); }

} // namespace

cards::message home_page(store::session& s, const book::rep& rep, const rulebook& rules, instant now) {
    return page(s, rep, rules, now).made();
}

void open_home(store::session& s, const book::rep& rep, std::string_view platform, std::string_view cause,
               const rulebook& rules, instant now) {
    store::documents(s).put(mark_of(rep), platform);
    refresh_home(s, rep, cause, rules, now);
}

void refresh_home(store::session& s, const book::rep& rep, std::string_view cause, const rulebook& rules, instant now) {
    const auto opened = store::documents(s).get(mark_of(rep));
    if (opened && *opened == address_of(s, rep, rules).platform)
        update_subject(s, rep, fmt::format("home:{}", rep.id.value), cause, rules, now);
}

} // namespace whynow::workday
