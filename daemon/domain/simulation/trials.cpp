#include "domain/simulation/trials.hpp"

#include "domain/simulation/territory.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace whynow::domain::simulation {
namespace {

using experiments::arm;

// What both arms have had up to one evening, as it was to be expected of the calls that were made; and as it was noted.
struct expected {
    double hits[2] = {}, conversations[2] = {}, meetings[2] = {}, days[2] = {};
};
struct look {
    experiments::comparison hits, meetings;
    experiments::verdict verdict = experiments::verdict::waiting;
};
struct trial {
    std::vector<look> looks; // one a working day
    std::vector<expected> truth;
};

// The calls of one morning: which leads, and whether about their news.
class chooser {
  public:
    chooser(const trial_settings& how, std::uint64_t replica) : how_(how), replica_(replica) {}

    const std::vector<std::size_t>& choose(const territory& t, arm a, int day, bool& about_news) {
        picked_.clear();
        const auto usual = how_.market.usual_calls;
        about_news = a == arm::brief && how_.what == effect::better;
        const auto leads = t.leads();
        if (about_news) {
            for (std::size_t i = 0; i < leads.size(); ++i)
                if (leads[i].callable && leads[i].news)
                    picked_.push_back(i);
            keep_best(t, std::size_t(usual * how_.budget));
            return picked_;
        }
        for (std::size_t i = 0; i < leads.size(); ++i)
            if (leads[i].callable)
                picked_.push_back(i);
        const bool half = a == arm::brief && how_.what == effect::harmful;
        keep_some(std::size_t(usual * (half ? how_.budget : 1)),
                  lots(how_.seed, {201, replica_, std::uint64_t(t.rep()), std::uint64_t(day)}));
        return picked_;
    }

  private:
    const trial_settings& how_;
    std::uint64_t replica_;
    std::vector<std::size_t> picked_;
    std::vector<std::pair<double, std::size_t>> scored_;

    void keep_best(const territory& t, std::size_t most) {
        scored_.clear();
        for (const auto i : picked_)
            scored_.emplace_back(-(t.worth(i, true) + how_.blur * double(t.leads()[i].blur)), i);
        most = std::min(most, scored_.size());
        std::ranges::nth_element(scored_, scored_.begin() + std::ptrdiff_t(most));
        picked_.clear();
        for (std::size_t i = 0; i < most; ++i)
            picked_.push_back(scored_[i].second);
        std::ranges::sort(picked_);
    }

    void keep_some(std::size_t most, lots chance) {
        draw_to_front(std::span(picked_), most, chance);
        picked_.resize(std::min(most, picked_.size()));
    }
};

trial run(const trial_settings& how, const market& in, std::uint64_t replica) {
    auto plan = how.plan;
    plan.seed = lots(how.seed, {202, in.seed(), replica}).next();
    std::vector<rep_id> reps;
    std::vector<territory> books;
    for (int r = 0; r < how.market.reps; ++r) {
        reps.push_back({r + 1});
        books.emplace_back(in, r, replica);
    }
    const auto assigned = experiments::assign(plan, reps);
    const bool paired = plan.design == experiments::design::crossover;
    const auto cycles = std::size_t(paired ? (plan.weeks + 1) / 2 : 1);
    std::vector<experiments::pair_of_arms> hits(cycles * reps.size()), meetings(hits.size());
    const auto hit_rules = experiments::rules_of(plan, reps.size(), true);
    const auto meeting_rules = experiments::rules_of(plan, reps.size(), false);
    chooser choosing(how, replica);
    trial out;
    expected sums;
    for (int day = 0; day < plan.weeks * 5; ++day) {
        for (std::size_t r = 0; r < books.size(); ++r) {
            auto& book = books[r];
            const auto a = assigned[std::size_t(day / 5) * reps.size() + r].arm;
            const auto at = std::size_t(a);
            const auto pair = r * cycles + (paired ? std::size_t(day / 10) : 0);
            auto& hit_sums = a == arm::brief ? hits[pair].brief : hits[pair].usual;
            auto& meeting_sums = a == arm::brief ? meetings[pair].brief : meetings[pair].usual;
            book.morning(day);
            bool about_news = false;
            meeting_sums.base += 1;
            sums.days[at] += 1;
            for (const auto i : choosing.choose(book, a, day, about_news)) {
                const auto p = book.chance(i, about_news);
                sums.conversations[at] += book.reach();
                sums.hits[at] += book.reach() * p;
                sums.meetings[at] += book.reach() * p * how.market.meetings * (1 - how.market.unlogged_hits);
                const auto c = book.call(i, about_news);
                if (!c.reached || !c.logged)
                    continue;
                hit_sums.base += 1;
                hit_sums.of += c.hit;
                meeting_sums.of += c.meeting;
            }
        }
        look l;
        l.hits = experiments::compare(hits, hit_rules);
        l.meetings = experiments::compare(meetings, meeting_rules);
        l.verdict =
            experiments::verdict_of(plan, l.hits, l.meetings, day + 1 == plan.weeks * 5 ? plan.weeks + 1 : day / 5 + 1);
        out.looks.push_back(l);
        out.truth.push_back(sums);
    }
    return out;
}

// What is true in one market up to one evening: the mean over the experiments there. Where nothing differs, it is zero
// by construction.
struct truth {
    double hits = 0, meetings = 0;
};
std::vector<truth> true_of(const std::vector<trial>& all, effect what) {
    std::vector<truth> out(all.front().truth.size());
    for (std::size_t d = 0; d < out.size(); ++d) {
        expected sum;
        for (const auto& t : all)
            for (std::size_t a = 0; a < 2; ++a) {
                sum.hits[a] += t.truth[d].hits[a];
                sum.conversations[a] += t.truth[d].conversations[a];
                sum.meetings[a] += t.truth[d].meetings[a];
                sum.days[a] += t.truth[d].days[a];
            }
        if (sum.conversations[0] <= 0 || sum.conversations[1] <= 0)
            continue;
        if (what == effect::better)
            out[d].hits = sum.hits[0] / sum.conversations[0] - sum.hits[1] / sum.conversations[1];
        if (what != effect::none)
            out[d].meetings = sum.meetings[0] / sum.days[0] - sum.meetings[1] / sum.days[1];
    }
    return out;
}

bool is_true(experiments::verdict v, const truth& t, const experiments::plan& p) {
    switch (v) {
    case experiments::verdict::better: return t.hits > 0;
    case experiments::verdict::worse: return t.hits < 0;
    case experiments::verdict::harm: return t.meetings < -p.tolerated_loss;
    default: return true;
    }
}

bool holds(const experiments::comparison& c, double value) { return !c.enough || (c.low <= value && value <= c.high); }

} // namespace

std::string_view to_string(effect e) {
    constexpr std::array<std::string_view, 3> names{"none", "better", "harmful"};
    return names[std::size_t(e)];
}

trial_figures run_trials(const trial_settings& how, const triggers::kind_table& kinds, int runs) {
    trial_figures f;
    std::vector<double> ends;
    int widths = 0;
    for (int m = 0; f.runs < runs; ++m) {
        const market in(how.market, kinds, lots(how.seed, {203, std::uint64_t(m)}).next(), how.plan.weeks);
        std::vector<trial> all;
        for (int r = 0; r < std::max(how.replicas, 1) && f.runs + int(all.size()) < runs; ++r)
            all.push_back(run(how, in, std::uint64_t(r)));
        const auto truths = true_of(all, how.what);
        f.true_difference += truths.back().hits * double(all.size());
        f.true_meetings += truths.back().meetings * double(all.size());
        for (const auto& t : all) {
            ++f.runs;
            bool hits = true, meetings = true;
            for (std::size_t d = 0; d < t.looks.size(); ++d) {
                hits &= holds(t.looks[d].hits, truths[d].hits);
                meetings &= holds(t.looks[d].meetings, truths[d].meetings);
            }
            f.hits_covered += hits;
            f.meetings_covered += meetings;
            f.both_covered += hits && meetings;
            const auto end = std::ranges::find_if(t.looks, experiments::settled, &look::verdict);
            const auto at = std::size_t(end - t.looks.begin());
            if (end == t.looks.end())
                continue;
            using enum experiments::verdict;
            f.better += end->verdict == better;
            f.worse += end->verdict == worse;
            f.harm += end->verdict == harm;
            f.not_shown += end->verdict == not_shown;
            f.false_stops += !is_true(end->verdict, truths[at], how.plan);
            if (end->verdict != not_shown)
                ends.push_back(double(at + 1) / 5);
            if (t.looks.back().hits.enough) {
                f.width += t.looks.back().hits.high - t.looks.back().hits.low;
                ++widths;
            }
        }
    }
    if (f.runs > 0) {
        f.true_difference /= f.runs;
        f.true_meetings /= f.runs;
    }
    if (widths > 0)
        f.width /= widths;
    if (!ends.empty()) {
        std::ranges::nth_element(ends, ends.begin() + std::ptrdiff_t(ends.size() / 2));
        f.weeks_to_stop = ends[ends.size() / 2];
    }
    return f;
}

} // namespace whynow::domain::simulation
