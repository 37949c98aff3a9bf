#include "adapters/csv/table.hpp"
#include "domain/calls/table_learner.hpp"
#include "fuzz.hpp"

using namespace whynow;
using namespace whynow::domain;

// A table of calls: its first column is the key, its last the outcome. And the memory that learning leaves, torn.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto rules = calls::read_table_rules(fuzz::rules_of("ranking.toml"));
    const auto text = fuzz::text_of(data, size);
    auto t = csv::read_table(text);
    if (t.header.size() < 2)
        return 0;
    calls::sheet s;
    s.header = t.header;
    for (auto& r : t.rows)
        s.rows.push_back({r.line, std::move(r.cells)});
    calls::table_learner learner(
        {t.header.back(), t.header.front(), {}, {}, {}, t.rows.empty() ? "" : s.rows[0].cells.back()}, rules);
    calls::learned_rows report;
    if (!learner.learn(s, report).empty())
        return 0;
    std::vector<calls::ranked_row> ranked;
    if (learner.rank(s, {.reasons = true}, ranked).empty())
        for (const auto& r : ranked)
            fuzz::must(r.probability >= 0 && r.probability <= 1);
    auto kept = learner.save();
    const auto back = calls::table_learner::restore(kept, rules);
    fuzz::must(std::holds_alternative<calls::table_learner>(back));
    fuzz::must(std::get<calls::table_learner>(back).save() == kept);
    kept[size * 31 % kept.size()] ^= 4;
    fuzz::must(std::holds_alternative<std::string>(calls::table_learner::restore(kept, rules)));
    return 0;
}
