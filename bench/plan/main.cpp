// Plans a morning in memory: 1,000 reps × 100 accounts, 1,000,000 signals (or so many thousands as the first argument
// says). Prints CPU seconds of scoring and top-k, and
// of composing and rendering every brief.
#include "domain/briefs/brief_message.hpp"
#include "domain/ranking/choice.hpp"
#include "domain/ranking/event_worth.hpp"
#include "schedule/system_zones.hpp"
#include "workday/rulebook.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <random>
#include <sys/resource.h>

namespace {

using namespace whynow;
using namespace whynow::domain;
using namespace std::chrono_literals;

double cpu_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

struct signal_at {
    std::uint32_t account;
    triggers::kind kind;
    int age;
    int sources;
};

constexpr int reps = 1000, accounts_each = 100;

std::vector<signal_at> signals_of(std::mt19937& random, int signals_each) {
    std::vector<signal_at> out;
    out.reserve(signals_each);
    for (int i = 0; i < signals_each; ++i)
        out.push_back({std::uint32_t(random() % accounts_each), triggers::kind(1 + random() % 15), int(random() % 120),
                       int(1 + random() % 4)});
    return out;
}

ranking::prospect seen(const signal_at& s, int rep) {
    ranking::prospect p;
    p.kind = s.kind;
    p.age_days = s.age;
    p.sources = s.sources;
    p.persona = book::persona(1 + s.account % 9);
    p.employees = int(s.account * 37);
    p.weekday = 2;
    p.rep = std::uint32_t(rep);
    return p;
}

briefs::call_facts facts_of(const signal_at& s, int n, local_date today) {
    briefs::call_facts f;
    f.contact.name = fmt::format("Jerry Smith{}", char('a' + n % 26));
    f.contact.title = "VP Operations";
    f.contact.phone = "+1 206 555 0134";
    f.account = "Northwind";
    f.events.push_back({s.kind, triggers::scope::account, triggers::state::confirmed,
                        "Northwind names Maria Voss chief financial officer", "", "", add_days(today, -s.age),
                        "Trade Daily", "https://trade.example/1"});
    f.rep_name = "Dana Fox";
    f.rep_company = "Acme Tools";
    f.today = today;
    return f;
}

} // namespace

int main(int argc, char** argv) {
    const int signals_each = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1000; // a rep
    auto loaded = workday::rulebook::load("", {}, schedule::system_zones());
    if (!std::holds_alternative<std::shared_ptr<const workday::rulebook>>(loaded))
        return 1;
    const auto rules = std::get<0>(loaded);
    auto known = ranking::untaught(rules->choice.learning, rules->events->kinds);
    std::mt19937 random(7);
    const auto ages = known.days();
    ranking::features features;
    for (int i = 0; i < 5000; ++i) { // a team that has learned something
        ranking::features_of(seen({std::uint32_t(random() % accounts_each), triggers::kind(1 + random() % 15),
                                   int(random() % 60), int(1 + random() % 4)},
                                  int(random() % reps)),
                             ages, features);
        known.scores.learn(features, random() % 3 == 0);
    }
    std::vector<std::vector<signal_at>> all;
    for (int r = 0; r < reps; ++r)
        all.push_back(signals_of(random, signals_each));

    const auto begin = cpu_seconds();
    std::vector<ranking::chosen> chosen;
    chosen.reserve(reps);
    // As a morning does: the best event of each account, then the whole score of each account.
    const ranking::event_worth worth(known);
    std::vector<std::pair<float, std::size_t>> best(accounts_each);
    for (int r = 0; r < reps; ++r) {
        const auto& mine = all[std::size_t(r)];
        std::ranges::fill(best, std::pair(-1e9F, mine.size()));
        for (std::size_t i = 0; i < mine.size(); ++i) {
            const auto& s = mine[i];
            const auto w = worth.of(s.kind, triggers::scope::account, triggers::state::reported, s.age, s.sources);
            if (w > best[s.account].first)
                best[s.account] = {w, i};
        }
        std::vector<ranking::scored> candidates;
        candidates.reserve(accounts_each);
        for (const auto& [w, i] : best) {
            if (i == mine.size())
                continue;
            const auto& s = mine[i];
            ranking::features_of(seen(s, r), ages, features);
            candidates.push_back({i, {s.account + 1}, {s.account + 1}, known.scores.probability(features)});
        }
        chosen.push_back(ranking::choose(std::move(candidates), 8, rules->choice));
    }
    const auto scored = cpu_seconds();

    const local_date today = 2026y / std::chrono::March / 3;
    std::size_t cards = 0, refused = 0, bytes = 0;
    for (int r = 0; r < reps; ++r) {
        std::vector<briefs::shown_call> calls;
        for (const auto& c : chosen[std::size_t(r)].calls) {
            auto made = briefs::compose(facts_of(all[std::size_t(r)][c.index], r, today), rules->book, *rules->law,
                                        *rules->spoken);
            if (auto* card = std::get_if<briefs::call_card>(&made))
                calls.push_back({std::move(*card), {c.contact.value}, int(calls.size()) + 1, false, {}});
            else
                ++refused;
        }
        cards += calls.size();
        bytes +=
            cards::as_text(briefs::brief_message({today, 8, accounts_each, false, "en"}, calls, 1, rules->book)).size();
    }
    const auto rendered = cpu_seconds();
    fmt::print("scoring and top-k of {} signals: {:.3f} s CPU\n", reps * signals_each, scored - begin);
    fmt::print("{} briefs composed, linted and rendered ({} cards, {} refused, {} bytes of text): {:.3f} s CPU\n", reps,
               cards, refused, bytes, rendered - scored);
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    fmt::print("peak {} MB\n", used.ru_maxrss / 1024);
    return 0;
}
