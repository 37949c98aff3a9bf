#include "adapters/slack/blocks.hpp"
#include "adapters/teams/cards.hpp"
#include "chat/chat.hpp"
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "web/pages.hpp"
#include "workday/figure_table.hpp"
#include "workday/weekly.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

struct made {
    book::rep manager;
    digests::figures figures;
    cards::message message;
};

workday::week week_called(const std::string& name) {
    if (auto w = workday::week_named(name))
        return *w;
    throw stop(exit_code::usage, "--week: \"" + name + "\" is no week; write 2026-W47 (ISO 8601)");
}

// The days that are asked for: a week by its name, the last so many, else last week and this one so far.
workday::week days_of(const std::string& name, int days, local_date today) {
    if (!name.empty())
        return week_called(name);
    if (days > 0)
        return {add_days(today, 1 - days), today, {}};
    return {workday::week_before(today).from, today, {}};
}

made digest_of(store::session& s, const book::rep& viewer, const digest_command& c, const workday::rulebook& rules,
               instant now) {
    const auto today = rules.clocks->to_local(now, rules.zone_of(viewer)).date;
    const auto days = days_of(c.week, c.days, today);
    made out{viewer, workday::figures_of(s, workday::seen_by(viewer), days.from, days.to, rules, now), {}};
    const auto& language = rules.language_of(viewer);
    out.message = workday::with_experiment(digests::digest(out.figures, language, today, rules.book,
                                                           workday::links_to_lists(days.from, days.to, rules)),
                                           s, language, rules, now);
    return out;
}

std::string as_json(const made& m) {
    auto j = json::parse(workday::to_json(m.figures));
    j["manager"] = m.manager.email;
    j["text"] = cards::as_text(m.message);
    j["message"] = json::parse(chat::to_json(m.message), nullptr, false);
    return dumped(j);
}

// What the adapter puts into chat.postMessage, but for the channel.
std::string as_slack(const made& m) {
    const auto r = slack::render(m.message, {.charts = true});
    return dumped({{"text", r.text}, {"blocks", json::parse(r.blocks, nullptr, false)}});
}

void print(const std::vector<made>& all, const std::string& format, const workday::rulebook& rules, instant now) {
    bool first = true;
    for (const auto& m : all) {
        if (format == "json")
            std::cout << as_json(m) << '\n';
        else if (format == "csv")
            std::cout << workday::to_csv(m.figures, m.manager.email, first);
        else if (format == "slack")
            std::cout << as_slack(m) << '\n';
        else if (format == "teams")
            std::cout << adapters::teams::card_json(m.message) << '\n';
        else if (format == "html")
            std::cout << web::digest_file(m.figures, {m.manager, now}, rules);
        else
            std::cout << "== " << m.manager.name << " <" << m.manager.email << ">\n"
                      << cards::as_text(m.message) << "\n";
        first = false;
    }
}

} // namespace

int digest(const digest_command& c) {
    const auto house = open_house(c.config);
    const auto now = now_or(c.now);
    if (!c.week.empty())
        week_called(c.week);
    std::vector<made> all;
    read(*house.store, [&](store::session& s) {
        const auto who = c.manager.empty() ? store::reps(s).all() : std::vector{rep_called(s, c.manager)};
        for (const auto& m : who)
            if (!c.manager.empty() || m.role != book::role::rep)
                all.push_back(digest_of(s, m, c, *house.rules, now));
    });
    if (c.format == "html" && all.size() > 1)
        throw stop(exit_code::usage, "--format html is one page: name one manager with --manager EMAIL");
    print(all, c.format, *house.rules, now);
    if (all.empty())
        std::cerr << "whynow: nobody has the role manager; name one with --manager EMAIL\n";
    return all.empty() ? int(exit_code::problem) : 0;
}

int explain_figure(const explain_figure_command& c) {
    const auto which = digests::figure_from(c.name);
    if (!which)
        throw stop(exit_code::usage,
                   "there is no figure \"" + c.name + "\"; there are: " + digests::names_of_figures());
    const auto house = open_house(c.config);
    const auto now = now_or(c.now);
    const auto& rules = *house.rules;
    workday::figure_list list;
    workday::week days;
    std::string language = rules.team.language;
    read(*house.store, [&](store::session& s) {
        const auto viewer = c.manager.empty() ? std::nullopt : std::optional(rep_called(s, c.manager));
        if (viewer)
            language = rules.language_of(*viewer);
        const auto& zone = viewer ? rules.zone_of(*viewer) : rules.team.zone;
        days = days_of(c.week, c.days, rules.clocks->to_local(now, zone).date);
        list = workday::list_of(s, viewer ? workday::seen_by(*viewer) : store::whose{}, *which, days.from, days.to,
                                rules, now, language);
    });
    if (c.format == "json") {
        for (const auto& r : list.rows)
            std::cout << dumped({{"day", r.day.ok() ? json(to_iso(r.day)) : json()},
                                 {"who", r.who},
                                 {"account", r.account},
                                 {"reason", r.reason},
                                 {"what", r.what},
                                 {"rep", r.rep}})
                      << '\n';
        return 0;
    }
    std::cout << rules.say(language, "digest.name." + c.name) << ", " << to_iso(days.from) << " – " << to_iso(days.to)
              << ": " << workday::in_words(list.number, language, rules) << '\n';
    for (const auto& r : list.rows) {
        std::string line;
        for (const auto& part : {r.day.ok() ? to_iso(r.day) : std::string{}, r.who, r.account, r.reason, r.what, r.rep})
            if (!part.empty())
                line += (line.empty() ? "  " : " · ") + part;
        std::cout << line << '\n';
    }
    if (list.rows.empty())
        std::cout << "  " << rules.say(language, "digest.list.none") << '\n';
    return 0;
}

} // namespace whynow::cli
