#include "adapters/webhook/signals.hpp"
#include "app/sourcing.hpp"
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "workday/intake.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {

int signal_add(const signal_command& c) {
    const auto now = clock_now();
    const auto received = webhook::read_signals(whole_file(c.file), now);
    if (!received.refusal.empty())
        throw stop(exit_code::problem, c.file + ": " + received.refusal);
    const auto house = open_house(c.config);
    std::vector<workday::incoming> items;
    for (const auto& item : received.accepted)
        items.push_back(app::incoming_of(
            item, item.source.empty() || item.source == "webhook" ? "webhook" : "webhook:" + item.source));
    workday::intake_counts counts;
    write(*house.store, [&](store::session& s) { counts = workday::intake().take(s, items, *house.rules, now); });
    std::cout << webhook::answer_json(std::size_t(counts.accepted), std::size_t(counts.duplicates), received.rejected)
              << '\n';
    return received.rejected.empty() ? 0 : 1;
}

int signal_list(const signal_command& c) {
    const auto store = open_store(read_settings(c.config));
    read(*store, [&](store::session& s) {
        for (const auto& i : store::signal_log(s).recent(instant{}, c.most)) {
            if (c.json)
                std::cout << dumped({{"id", i.id.value},
                                     {"published", to_iso(i.published)},
                                     {"source", i.source},
                                     {"publisher", i.publisher},
                                     {"title", i.title},
                                     {"url", i.url}})
                          << '\n';
            else
                std::cout << fmt::format("{}  {}  {}\n    {}\n", to_iso(i.published), i.source, i.title, i.url);
        }
    });
    return 0;
}

} // namespace whynow::cli
