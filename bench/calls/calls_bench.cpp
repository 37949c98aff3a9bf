// Learns a table of calls in memory and prints microseconds per call, then walks its last part from several starts.
// Without a file: a made-up table of 30,000 calls in 300 days whose base and weights drift.
//   bench_calls [FILE OUTCOME KEY DAY,DAY AFTER_CALL,… [HISTORY…]]
#include "adapters/csv/table.hpp"
#include "domain/calls/rehearsal.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>

namespace {

using namespace whynow;
using namespace whynow::domain;

double cpu_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

calls::sheet made_up() {
    std::mt19937 dice(7);
    const auto share = [&] { return double(dice() % 1'000'000) / 1e6; };
    calls::sheet s;
    s.header = {"row", "day", "age", "tenure", "visits", "job", "region", "source", "segment", "last", "won"};
    std::size_t row = 0;
    for (int day = 0; day < 300; ++day) {
        const double base = -2.5 + 1.5 * std::sin(day / 40.0);
        for (int n = 0; n < 100; ++n, ++row) {
            const double age = 18 + 60 * share(), visits = std::floor(-2 * std::log(1 - share()));
            const auto job = dice() % 12, region = dice() % 16, source = dice() % 5, segment = dice() % 8,
                       last = dice() % 20;
            const double odds = base + 0.02 * (age - 45) + 0.3 * visits * std::cos(day / 60.0) + (job == 3 ? 0.8 : 0) +
                                (last == 0 ? 1.5 : 0);
            s.rows.push_back({row + 2,
                              {std::to_string(row), fmt::format("2026-{:03}", day), fmt::format("{:.0f}", age),
                               fmt::format("{:.1f}", 10 * share()), fmt::format("{:.0f}", visits),
                               fmt::format("job {}", job), fmt::format("region {}", region),
                               fmt::format("source {}", source), fmt::format("segment {}", segment),
                               fmt::format("last {}", last), share() < 1 / (1 + std::exp(-odds)) ? "yes" : "no"}});
        }
    }
    return s;
}

// The learner by itself: inputs as columns would make them, 22 of 67 features.
void learner_alone(const calls::table_rules& rules) {
    ranking::mixture m(rules.learning);
    m.grow(67);
    std::mt19937 dice(1);
    std::vector<ranking::inputs> all;
    for (int i = 0; i < 20'000; ++i) {
        auto& in = all.emplace_back(ranking::inputs{{0, 1}});
        for (std::uint32_t k = 0; k < 22; ++k)
            in.push_back({1 + k * 3 + std::uint32_t(dice() % 3), 1});
    }
    const auto begin = cpu_seconds();
    for (const auto& in : all)
        m.learn(in, dice() % 7 == 0);
    fmt::print("learner: {:.2f} us a call\n", (cpu_seconds() - begin) * 1e6 / double(all.size()));
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = text.find(',');
        out.emplace_back(text.substr(0, end));
        text = end == text.npos ? std::string_view() : text.substr(end + 1);
    }
    return out;
}

calls::sheet sheet_of(const char* file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto begin = cpu_seconds();
    auto table = csv::read_table(bytes);
    calls::sheet s;
    s.header = std::move(table.header);
    for (auto& r : table.rows)
        s.rows.push_back({r.line, std::move(r.cells)});
    fmt::print("read {} rows: {:.2f} us each\n", s.rows.size(), (cpu_seconds() - begin) * 1e6 / double(s.rows.size()));
    return s;
}

} // namespace

int main(int argc, char** argv) {
    constexpr std::string_view path = "config/ranking.toml";
    const char* own = std::getenv("WHYNOW_RANKING");
    std::string text(embedded::find(path).value_or(""));
    if (own) {
        std::ifstream in(own);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    const auto parsed = settings::read_toml(text, path);
    const auto rules = calls::read_table_rules(std::get<rules::node>(parsed));
    learner_alone(rules);
    const bool given = argc >= 6;
    const auto s = given ? sheet_of(argv[1]) : made_up();
    const auto told = given ? calls::purpose{argv[2], argv[3], split(argv[4]), split(argv[5]), {}, {}}
                            : calls::purpose{"won", "row", {"day"}, {}, {}, {}};
    calls::table_learner learner(told, rules);
    calls::learned_rows report;
    const auto begin = cpu_seconds();
    for (const auto& p : learner.learn(s, report))
        fmt::print("{} {}: {}; {}\n", p.line, p.column, p.what, p.cure);
    const auto learned = cpu_seconds();
    const auto kept = learner.save();
    const auto saved = cpu_seconds();
    const auto back = calls::table_learner::restore(kept, rules);
    const auto restored = cpu_seconds();
    const bool same =
        std::holds_alternative<calls::table_learner>(back) && std::get<calls::table_learner>(back).save() == kept;
    fmt::print(
        "learned {} calls, {} features: {:.2f} us each; state {} KB, written in {:.2f} ms, read in {:.2f} ms{}\n",
        report.calls, learner.columns().features().size(),
        (learned - begin) * 1e6 / double(std::max<std::size_t>(1, report.calls)), kept.size() / 1024,
        (saved - learned) * 1e3, (restored - saved) * 1e3, same ? "" : ", NOT THE SAME");
    std::vector<double> starts{0.7};
    if (argc > 6)
        starts.clear();
    for (int i = 6; i < argc; ++i)
        starts.push_back(std::atof(argv[i]));
    for (const auto from : starts) {
        const auto walked = calls::rehearse(s, calls::table_learner(told, rules), {from, {}, false});
        if (!std::holds_alternative<std::vector<calls::foretold>>(walked))
            return 1;
        const auto f = calls::figures_of(std::get<std::vector<calls::foretold>>(walked));
        fmt::print("from {:.4f}: {} calls {} hits | day half {:.3f} day AUC {:.3f} | half {:.3f} quarter {:.3f} tenth "
                   "{:.3f} block {:.3f} AUC {:.3f} | "
                   "Brier {:.4f} log loss {:.4f} calibration {:.3f}\n",
                   from, f.calls, f.hits, f.day_half, f.day_auc, f.half, f.quarter, f.tenth, f.block_half, f.auc,
                   f.brier, f.log_loss, f.calibration);
    }
    return 0;
}
