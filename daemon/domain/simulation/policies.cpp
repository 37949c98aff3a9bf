#include "domain/simulation/policies.hpp"

#include "domain/ranking/choice.hpp"
#include "domain/ranking/experience.hpp"
#include "domain/simulation/territory.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace whynow::domain::simulation {
namespace {

constexpr std::uint64_t market_stream = 301, random_stream = 302, draw_stream = 303;

ranking::prospect prospect_of(const lead& l, int rep, int calendar_day) {
    ranking::prospect p;
    p.kind = triggers::kind(l.kind);
    p.age_days = l.age_days;
    p.sources = l.sources;
    p.persona = book::persona(l.persona);
    p.employees = l.employees;
    p.attempts = l.attempts;
    p.days_since_contact = l.last_call < 0 ? -1 : calendar_day - l.last_call;
    p.last_outcome = l.spoken ? (l.last_was_hit ? 1 : 2) : 0;
    p.weekday = unsigned(calendar_day % 7) + 1;
    p.rep = std::uint32_t(rep) + 1;
    return p;
}

std::vector<std::size_t> reasons_of(const territory& t) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < t.leads().size(); ++i)
        if (t.leads()[i].callable && t.leads()[i].news)
            out.push_back(i);
    return out;
}

// The `most` of highest worth.
std::vector<std::size_t> best_of(const territory& t, std::vector<std::size_t> all, std::size_t most) {
    most = std::min(most, all.size());
    std::ranges::partial_sort(all, all.begin() + std::ptrdiff_t(most), std::ranges::greater{},
                              [&](std::size_t i) { return t.worth(i, true); });
    all.resize(most);
    return all;
}

double expected_hits(const territory& t, const std::vector<std::size_t>& calls) {
    double sum = 0;
    for (const auto i : calls)
        sum += t.reach() * t.chance(i, true);
    return sum;
}

// The daemon at work in one market, and the log it keeps.
class team {
  public:
    team(const policy_settings& how, const market& in, const triggers::kind_table& kinds)
        : how_(how), known_(ranking::untaught(how.rules.learning, kinds)), untaught_(known_) {
        for (int r = 0; r < how.market.reps; ++r)
            books_.emplace_back(in, r, 0, how.rules.half_lives);
        budget_ = int(how.market.usual_calls * how.rules.budget);
    }

    void day(int working_day, policy_week& into) {
        today_ = territory::calendar_day(working_day);
        std::vector<std::pair<ranking::features, bool>> learned;
        std::vector<std::pair<int, int>> aged;
        const auto ages = known_.days();
        for (auto& book : books_) {
            book.morning(working_day);
            const auto all = reasons_of(book);
            into.regret += expected_hits(book, best_of(book, all, std::size_t(budget_)));
            const auto finalists = score(book, all, ages);
            const auto drawn = ranking::draw(
                finalists, budget_,
                {.seed = lots(how_.seed, {draw_stream, std::uint64_t(book.rep()), std::uint64_t(working_day)}).next(),
                 .share = how_.rules.share,
                 .noise = how_.rules.noise});
            const bool logs = working_day >= how_.weeks * 5 / 2;
            if (logs)
                log_morning(book, finalists, drawn);
            for (std::size_t f = 0; f < finalists.size(); ++f) {
                if (!drawn.called[f])
                    continue;
                const auto i = finalists[f].index;
                const auto kind = book.leads()[i].kind;
                const auto age = book.leads()[i].age_days;
                const auto p = book.reach() * book.chance(i, true);
                into.policy += p;
                into.regret -= p;
                const auto features = features_[f];
                const auto c = book.call(i, true);
                if (logs) {
                    log_[first_of_morning_ + f].hit = c.hit && c.logged;
                    ++calls_;
                    reached_ += c.reached && c.logged;
                }
                if (!c.reached || !c.logged)
                    continue;
                learned.emplace_back(features, c.hit);
                aged.emplace_back(kind, age);
            }
        }
        for (std::size_t n = 0; n < learned.size(); ++n) {
            known_.scores.learn(learned[n].first, learned[n].second);
            known_.learn_age(triggers::kind(aged[n].first), aged[n].second, learned[n].second);
        }
        known_.forget(territory::calendar_day(working_day + 1) - today_);
    }

    replay_check check(other which) const {
        replay_check out;
        // What is foretold is a hit in a conversation; a call becomes one as often as it did so far.
        const auto reach = calls_ > 0 ? double(reached_) / calls_ : 0;
        const auto& by = by_other_[std::size_t(which)];
        auto rows = log_;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].foretold *= reach;
            rows[i].new_propensity = by.called[i] ? 1 : 0;
        }
        out.told = experiments::replay(rows);
        out.truth = by.calls > 0 ? (1 - how_.market.unlogged_hits) * by.hits / by.calls : 0;
        return out;
    }

  private:
    const policy_settings& how_;
    ranking::experience known_, untaught_;
    std::vector<territory> books_;
    int budget_ = 0, today_ = 0;
    std::vector<ranking::features> features_; // of the finalists of the morning
    std::vector<experiments::considered> log_;
    std::size_t first_of_morning_ = 0;
    std::uint64_t mornings_ = 0;
    int calls_ = 0, reached_ = 0;
    struct by_other {
        std::vector<bool> called; // of the rows of the log
        double hits = 0;          // to be expected
        int calls = 0;
    };
    std::array<by_other, others.size()> by_other_;

    std::vector<ranking::scored> score(const territory& book, const std::vector<std::size_t>& all,
                                       const ranking::half_lives& ages) {
        std::vector<ranking::scored> out;
        std::vector<ranking::features> features(book.leads().size());
        for (const auto i : all) {
            auto& f = features[i];
            ranking::features_of(prospect_of(book.leads()[i], book.rep(), today_), ages, f);
            const auto id = std::int64_t(i) + 1;
            out.push_back(ranking::score(known_.scores, f, i, {id}, {id}));
        }
        auto finalists = ranking::finalists_of(std::move(out), how_.rules).in;
        features_.clear();
        for (const auto& f : finalists)
            features_.push_back(std::move(features[f.index]));
        return finalists;
    }

    // Everybody who was considered, and whom the others would have called.
    void log_morning(const territory& book, const std::vector<ranking::scored>& finalists,
                     const ranking::drawn& drawn) {
        ++mornings_;
        first_of_morning_ = log_.size();
        for (std::size_t f = 0; f < finalists.size(); ++f)
            log_.push_back({.morning = mornings_,
                            .propensity = drawn.propensity[f],
                            .chosen = drawn.called[f],
                            .hit = false,
                            .foretold = finalists[f].probability,
                            .new_propensity = 0});
        for (const auto which : others) {
            auto& by = by_other_[std::size_t(which)];
            std::vector<std::pair<double, std::size_t>> order;
            for (std::size_t f = 0; f < finalists.size(); ++f)
                order.emplace_back(
                    which == other::untaught ? -untaught_.scores.log_odds(features_[f]) : -finalists[f].log_odds, f);
            std::ranges::sort(order);
            by.called.resize(log_.size());
            for (std::size_t n = 0; n < std::min(order.size(), std::size_t(budget_)); ++n) {
                const auto f = order[n].second;
                by.called[first_of_morning_ + f] = true;
                by.hits += book.reach() * book.chance(finalists[f].index, true);
                ++by.calls;
            }
        }
    }
};

// The same days by another rule of choice that learns nothing.
template <class Choose>
void play(const policy_settings& how, const market& in, std::vector<policy_week>& weeks, double policy_week::* into,
          Choose choose) {
    std::vector<territory> books;
    for (int r = 0; r < how.market.reps; ++r)
        books.emplace_back(in, r, 0, how.rules.half_lives);
    const auto budget = std::size_t(how.market.usual_calls * how.rules.budget);
    for (int day = 0; day < how.weeks * 5; ++day)
        for (auto& book : books) {
            book.morning(day);
            const auto calls = choose(book, reasons_of(book), budget, day);
            weeks[std::size_t(day / 5)].*into += expected_hits(book, calls);
            for (const auto i : calls)
                book.call(i, true);
        }
}

} // namespace

std::string_view to_string(other o) { return o == other::untaught ? "untaught" : "best_by_score"; }

policy_figures run_policies(const policy_settings& how, const triggers::kind_table& kinds) {
    policy_figures out;
    out.weeks.resize(std::size_t(std::max(how.weeks, 0)));
    for (int m = 0; m < how.markets; ++m) {
        const market in(how.market, kinds, lots(how.seed, {market_stream, std::uint64_t(m)}).next(), how.weeks);
        team ours(how, in, kinds);
        for (int day = 0; day < how.weeks * 5; ++day)
            ours.day(day, out.weeks[std::size_t(day / 5)]);
        auto& checks = out.replays.emplace_back();
        for (const auto which : others)
            checks[std::size_t(which)] = ours.check(which);
        play(how, in, out.weeks, &policy_week::oracle,
             [](const territory& t, std::vector<std::size_t> all, std::size_t most, int) {
                 return best_of(t, std::move(all), most);
             });
        play(how, in, out.weeks, &policy_week::random,
             [&](const territory& t, std::vector<std::size_t> all, std::size_t most, int day) {
                 lots chance(how.seed, {random_stream, std::uint64_t(m), std::uint64_t(t.rep()), std::uint64_t(day)});
                 draw_to_front(std::span(all), most, chance);
                 all.resize(std::min(most, all.size()));
                 return all;
             });
    }
    for (auto& w : out.weeks)
        for (auto part : {&policy_week::policy, &policy_week::random, &policy_week::oracle, &policy_week::regret})
            w.*part /= std::max(how.markets, 1);
    return out;
}

} // namespace whynow::domain::simulation
