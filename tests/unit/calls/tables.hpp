// Made-up tables of calls for the tests of this folder.
#pragma once

#include "domain/calls/table_learner.hpp"
#include "support/tree.hpp"

#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace whynow::test {

inline domain::calls::table_rules house_rules() {
    static const auto made = domain::calls::read_table_rules(tree_of(WHYNOW_SOURCE_DIR, "config/ranking.toml"));
    return made;
}

inline domain::calls::purpose told() { return {"won", "row", {"day"}, {}, {}, {}}; }

// Days of 20 calls each: students and early ages buy more, `rate` is the same for a whole day.
inline domain::calls::sheet table(int days, unsigned seed = 7) {
    std::mt19937 dice(seed);
    const auto share = [&] { return double(dice() % 1'000'000) / 1e6; };
    domain::calls::sheet s{{"row", "day", "age", "job", "rate", "won"}, {}};
    static constexpr const char* jobs[] = {"student", "baker", "clerk", "smith"};
    for (int d = 0; d < days; ++d)
        for (int n = 0; n < 20; ++n) {
            const auto row = s.rows.size();
            const auto job = dice() % 4;
            const auto age = 20 + int(dice() % 40);
            const auto p = 1 / (1 + std::exp(1 - (job == 0 ? 2 : 0) + (age - 40) * 0.05));
            s.rows.push_back({row + 2,
                              {std::to_string(row), "d" + std::to_string(d), std::to_string(age), jobs[job],
                               std::to_string(d % 7) + ".5", share() < p ? "yes" : "no"}});
        }
    return s;
}

inline domain::calls::sheet part(const domain::calls::sheet& s, std::size_t first, std::size_t last) {
    return {s.header, {s.rows.begin() + std::ptrdiff_t(first), s.rows.begin() + std::ptrdiff_t(last)}};
}

// One more column, made from the row.
template <class Make>
domain::calls::sheet with(domain::calls::sheet s, std::string name, Make make) {
    s.header.push_back(std::move(name));
    for (auto& r : s.rows)
        r.cells.push_back(make(r.cells));
    return s;
}

} // namespace whynow::test
