#include "workday/outcome_card.hpp"

#include "domain/text/written.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::workday {
namespace {

using text::slots;
using look = cards::button::style;

class layout {
  public:
    layout(store::session& s, const store::outcome& o, const rulebook& rules, instant now)
        : s_(s), o_(o), rules_(rules) {
        if (const auto rep = store::reps(s).find(o.rep)) {
            language_ = rules.language_of(*rep);
            zone_ = rules.zone_of(*rep);
        }
        if (const auto c = store::contacts(s).find(o.contact)) {
            name_ = c->name;
            first_ = book::first_name(c->name);
        }
        if (const auto a = store::accounts(s).find(o.account))
            account_ = a->name;
        today_ = rules.clocks->to_local(now, zone_).date;
    }

    cards::message card() {
        auto s = who();
        s.set("call", outcome_in_words(o_, language_, rules_) + ", " + name_).set("result", results());
        if (o_.undone) {
            const auto gone = say(mail_is_out() ? "understood.undone_late" : "understood.undone", s);
            return {gone, {cards::paragraph{{{gone, "", false, false}}}}};
        }
        cards::message out{say("understood.fallback", s), {cards::heading{say("understood.title")}}};
        out.blocks.push_back(rows());
        const auto questions = ask();
        for (const auto& q : questions)
            out.blocks.push_back(cards::paragraph{{{q, "", true, false}}});
        out.blocks.push_back(cards::actions{buttons()});
        for (const auto& d : store::drafts(s_).of_outcome(o_.id))
            add_draft(out.blocks, d);
        return out;
    }

  private:
    store::session& s_;
    const store::outcome& o_;
    const rulebook& rules_;
    std::string language_ = "en", zone_ = "UTC", name_, first_, account_;
    local_date today_{};

    std::string say(std::string_view key, const slots& s = {}) const { return rules_.say(language_, key, s); }
    slots who() const { return slots{}.set("first", first_).set("name", name_).set("account", account_); }
    bool has(std::string_view result) const { return std::ranges::find(o_.results, result) != o_.results.end(); }
    bool unsure(std::string_view field) const { return std::ranges::find(o_.unsure, field) != o_.unsure.end(); }
    std::string day(local_date d) const { return text::long_day(rules_.book, language_, d, today_); }
    std::string day(local_date d, std::optional<minute_of_day> at) const {
        return at ? text::moment(rules_.book, language_, day(d), *at) : day(d);
    }

    bool mail_is_out() const {
        return std::ranges::any_of(store::drafts(s_).of_outcome(o_.id), [](const auto& d) {
            return d.state == store::draft_state::sent || d.state == store::draft_state::approved ||
                   d.state == store::draft_state::unknown;
        });
    }

    std::string results() const {
        std::string out;
        for (const auto& r : o_.results)
            out += (out.empty() ? "" : " · ") + say("result." + r);
        if (out.empty() && o_.disposition == "connected")
            out = say("result.none");
        return out;
    }

    void row(cards::facts& rows, std::string_view title, std::string value) const {
        if (!value.empty())
            rows.rows.push_back({say(title), {{std::move(value), "", false, false}}});
    }

    cards::block rows() const {
        cards::facts rows;
        const auto when = rules_.clocks->to_local(o_.at, zone_);
        auto s = who();
        s.set("disposition", say("disposition." + o_.disposition));
        s.set("when", text::moment(rules_.book, language_,
                                   when.date == today_ ? say("dates.today")
                                                       : text::day_and_month(rules_.book, language_, when.date, today_),
                                   when.at));
        row(rows, "understood.call", say("understood.call_text", s));
        if (o_.disposition == "connected")
            row(rows, "understood.result", results());
        if (has("do_not_contact"))
            row(rows, "understood.noted", say("understood.closed", s));
        for (const auto& n : store::nurture(s_).of_outcome(o_.id))
            if (n.state != "cancelled")
                row(rows, "understood.comes_back", comes_back(n));
        if (has("meeting_booked") && o_.follow_up_date)
            row(rows, "understood.meeting", day(*o_.follow_up_date, o_.follow_up_time));
        for (const auto& r : store::referrals(s_).of_outcome(o_.id)) {
            auto t =
                slots{}.set("name", r.name).set("title", r.title).set("contact", r.contact).set("referrer", first_);
            t.set("permission", say(!r.may_name   ? "understood.permission_open"
                                    : *r.may_name ? "understood.permission_yes"
                                                  : "understood.permission_no"));
            row(rows, "understood.referral", say("understood.referral_text", t));
        }
        for (const auto& f : store::facts(s_).of_account(o_.account))
            if (f.outcome == o_.id)
                rows.rows.push_back({rules_.book.has(language_, "brief.known_label." + f.kind)
                                         ? say("brief.known_label." + f.kind)
                                         : f.kind,
                                     {{f.value, "", false, false}}});
        return rows;
    }

    std::string comes_back(const store::nurture_step& n) const {
        auto s = slots{}.set("day", day(n.due, n.at));
        const int weeks = (days_between(n.due, n.promised) + 2) / 7;
        const auto lead = slots{}.set("weeks", weeks).set("one", text::singular(rules_.book, language_, weeks));
        s.set("lead", days_between(n.due, n.promised) > 7 ? say("understood.lead", lead) : std::string{});
        return say("understood.comes_back_text", s);
    }

    std::vector<std::string> ask() const {
        std::vector<std::string> out;
        if (unsure("disposition") || o_.disposition.empty())
            out.push_back(say("ask.disposition", who()));
        if (unsure("follow_up"))
            out.push_back(say("ask.follow_up", who()));
        if (unsure("referrals"))
            out.push_back(say("ask.referral", who()));
        for (const auto& d : store::drafts(s_).of_outcome(o_.id))
            if (d.kind == store::draft_kind::referral && d.state == store::draft_state::proposed && d.to.empty())
                if (const auto c = store::contacts(s_).find(d.contact))
                    out.push_back(say("ask.referral_email", slots{}.set("name", c->name)));
        return out;
    }

    std::vector<cards::button> buttons() const {
        const auto value = fmt::format("outcome:{}", o_.id.value);
        std::vector<cards::button> out{{"correct", value, say("understood.button.correct"), look::normal, true, ""}};
        for (const auto& r : store::referrals(s_).of_outcome(o_.id))
            if (!r.may_name) {
                out.push_back({"may_name", fmt::format("referral:{}", r.id.value),
                               say("understood.button.may_name", who()), look::normal, false, ""});
                out.push_back({"may_not_name", fmt::format("referral:{}", r.id.value),
                               say("understood.button.may_not_name", who()), look::normal, false, ""});
                break;
            }
        out.push_back({"undo", value, say("understood.button.undo"), look::normal, false, ""});
        return out;
    }

    void add_draft(std::vector<cards::block>& out, const store::draft& d) const {
        const auto c = store::contacts(s_).find(d.contact);
        const auto name = c ? c->name : std::string{};
        auto s =
            slots{}.set("first", book::first_name(name)).set("name", name).set("email", d.to).set("why", d.problem);
        if (d.state == store::draft_state::discarded)
            return;
        const bool waits = d.state == store::draft_state::proposed || d.state == store::draft_state::failed;
        s.set("draft", waits ? "1" : "");
        out.push_back(cards::rule{});
        const auto kind = to_string(d.kind);
        const auto to = d.to.empty() ? say("draft.to_missing") : d.to;
        out.push_back(
            cards::box{fmt::format("{} → {}", say(fmt::format("draft.title_{}", kind), s), to), d.subject, d.body});
        const auto line = [&](std::string_view key) {
            out.push_back(cards::subtle{{{say(key, s), "", false, false}}});
        };
        switch (d.state) {
        case store::draft_state::approved: return line("draft.approved");
        case store::draft_state::sent: return line("draft.sent");
        case store::draft_state::unknown: return line("draft.unknown");
        case store::draft_state::failed: line(d.problem == "suppressed" ? "draft.suppressed" : "draft.failed"); break;
        default: break;
        }
        const auto value = fmt::format("draft:{}:{}", d.id.value, d.revision);
        std::vector<cards::button> buttons;
        if (!d.to.empty())
            buttons.push_back({"approve", value, say("draft.button.approve"), look::primary, false, ""});
        buttons.push_back(
            {"edit", value, say("draft.button.edit"), d.to.empty() ? look::primary : look::normal, true, ""});
        buttons.push_back({"discard", value, say("draft.button.discard"), look::normal, false, ""});
        out.push_back(cards::actions{std::move(buttons)});
    }
};

} // namespace

cards::message outcome_card(store::session& s, const store::outcome& o, const rulebook& rules, instant now) {
    return layout(s, o, rules, now).card();
}

std::string outcome_in_words(const store::outcome& o, std::string_view language, const rulebook& rules) {
    auto out = rules.say(language, "disposition." + o.disposition);
    for (const auto& r : o.results)
        out += " · " + rules.say(language, "result." + r);
    return out;
}

} // namespace whynow::workday
