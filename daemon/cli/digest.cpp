#include "chat/chat.hpp"
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "workday/weekly.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {

int digest(const digest_command& c) {
    const auto house = open_house(c.config);
    const auto now = now_or(c.now);
    std::vector<std::pair<book::rep, cards::message>> all;
    read(*house.store, [&](store::session& s) {
        const auto who = c.manager.empty() ? store::reps(s).all() : std::vector{rep_called(s, c.manager)};
        for (const auto& m : who)
            if (!c.manager.empty() || m.role != book::role::rep)
                all.emplace_back(m, workday::digest_now(s, m, *house.rules, now));
    });
    for (const auto& [manager, message] : all) {
        if (c.json)
            std::cout << dumped({{"manager", manager.email},
                                 {"text", cards::as_text(message)},
                                 {"message", json::parse(chat::to_json(message), nullptr, false)}})
                      << '\n';
        else
            std::cout << "== " << manager.name << " <" << manager.email << ">\n" << cards::as_text(message) << "\n";
    }
    if (all.empty())
        std::cerr << "whynow: nobody has the role manager; name one with --manager EMAIL\n";
    return all.empty() ? int(exit_code::problem) : 0;
}

} // namespace whynow::cli
