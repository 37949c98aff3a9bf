#include "chat/chat.hpp"
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "workday/learning.hpp"
#include "workday/morning.hpp"
#include "workday/planning.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

struct shown {
    book::rep rep;
    local_date date{};
    std::string status; // "planned", "sent", "already planned at …"
    cards::message message;
};

class morning {
  public:
    morning(const opened& house, const brief_command& c) : rules_(*house.rules), command_(c), now_(now_or(c.now)) {
        if (c.date.empty())
            return;
        date_ = parse_iso_date(c.date);
        if (!date_)
            throw stop(exit_code::usage, "--date: \"" + c.date + "\" is no day; write 2026-03-04");
    }

    std::vector<shown> all(store::session& s) const {
        std::vector<shown> out;
        const auto reps = command_.rep.empty() ? store::reps(s).all() : std::vector{rep_called(s, command_.rep)};
        for (const auto& rep : reps)
            if (!command_.rep.empty() || rep.role == book::role::rep)
                out.push_back(one(s, rep));
        return out;
    }

  private:
    const workday::rulebook& rules_;
    const brief_command& command_;
    instant now_;
    std::optional<local_date> date_;

    shown one(store::session& s, const book::rep& rep) const {
        const auto& zone = rules_.zone_of(rep);
        const auto date = date_.value_or(rules_.clocks->to_local(now_, zone).date);
        shown out{rep, date, {}, {}};
        if (const auto there = store::briefs(s).of(rep.id, date)) {
            const auto at = rules_.clocks->to_local(there->planned_at, zone);
            out.status =
                (there->message_id.empty() ? "planned already at " : "sent already, planned at ") + to_clock(at.at);
            out.message = workday::show_brief(s, there->id, rules_);
            return out;
        }
        const auto moment = date_ && command_.now.empty()
                                ? rules_.clocks->to_instant({date, rep.brief_at.value_or(rules_.team.brief_at)}, zone)
                                : now_;
        const auto id = workday::plan_brief(s, rep, date, moment, workday::learn(s, date, rules_, moment), rules_,
                                            {.late = false, .send = command_.send});
        out.status = command_.send ? "in the outbox of the daemon" : "dry run, nothing stored";
        if (id)
            out.message = workday::show_brief(s, *id, rules_);
        return out;
    }
};

void print(const std::vector<shown>& all, bool as_json) {
    for (const auto& b : all) {
        if (as_json) {
            std::cout << dumped({{"rep", b.rep.email},
                                 {"date", to_iso(b.date)},
                                 {"status", b.status},
                                 {"text", cards::as_text(b.message)},
                                 {"message", json::parse(chat::to_json(b.message), nullptr, false)}})
                      << '\n';
            continue;
        }
        std::cout << "== " << b.rep.name << " <" << b.rep.email << ">, " << to_iso(b.date) << " (" << b.status << ")\n"
                  << cards::as_text(b.message) << "\n";
    }
}

} // namespace

int brief(const brief_command& c) {
    const auto house = open_house(c.config);
    const morning planned(house, c);
    std::vector<shown> all;
    const auto work = [&](store::session& s) { all = planned.all(s); };
    if (c.send)
        write(*house.store, work);
    else
        rehearse(*house.store, work);
    print(all, c.json);
    if (all.empty())
        std::cerr << "whynow: no reps yet; whynow import reps.csv\n";
    return all.empty() ? int(exit_code::problem) : 0;
}

int explain(const explain_command& c) {
    if (c.rep.empty())
        throw stop(exit_code::usage, "--rep is required: the e-mail of the rep whose brief it is");
    const auto house = open_house(c.config);
    const auto& rules = *house.rules;
    std::string text;
    rehearse(*house.store, [&](store::session& s) {
        const auto rep = rep_called(s, c.rep);
        store::briefs briefs(s);
        auto date = rules.clocks->to_local(clock_now(), rules.zone_of(rep)).date;
        if (!c.date.empty()) {
            const auto given = parse_iso_date(c.date);
            if (!given)
                throw stop(exit_code::usage, "--date: \"" + c.date + "\" is no day; write 2026-03-04");
            date = *given;
        }
        auto brief = c.date.empty() ? briefs.latest(rep.id) : briefs.of(rep.id, date);
        if (!brief) {
            const auto at =
                rules.clocks->to_instant({date, rep.brief_at.value_or(rules.team.brief_at)}, rules.zone_of(rep));
            const auto id = workday::plan_brief(s, rep, date, at, workday::learn(s, date, rules, at), rules,
                                                {.late = false, .send = false});
            brief = id ? briefs.find(*id) : std::nullopt;
            text = "No brief was made for " + to_iso(date) + " yet; this is what it would be.\n";
        }
        if (brief)
            text += workday::explain_brief(s, *brief, rules, c.account);
    });
    std::cout << text << (text.empty() || text.back() == '\n' ? "" : "\n");
    return text.empty() ? int(exit_code::problem) : 0;
}

} // namespace whynow::cli
