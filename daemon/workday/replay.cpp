#include "workday/replay.hpp"

#include "domain/ranking/choice.hpp"
#include "store/experiments.hpp"
#include "store/learning.hpp"
#include "workday/content.hpp"
#include "workday/experiment.hpp"
#include "workday/learning.hpp"

#include <algorithm>
#include <map>

namespace whynow::workday {
namespace {

constexpr int taught_from = 365; // days before the first morning, as the daemon's first version

// The other settings, learning day after day.
class pupil {
  public:
    pupil(store::session& s, const ranking::choice_rules& policy, local_date from, const rulebook& rules)
        : known_(ranking::untaught(policy.learning, rules.events->kinds)),
          calls_(store::learning(s).judged(add_days(from, -taught_from))) {}

    // What it knows on that morning; days may not go back.
    const ranking::experience& on(local_date day) {
        for (; next_ < calls_.size() && calls_[next_].day < day; ++next_) {
            const auto hit = verdict(calls_[next_]);
            if (!hit)
                continue;
            pass(calls_[next_].day);
            learn_one(known_, calls_[next_], *hit);
        }
        pass(day);
        return known_;
    }

  private:
    ranking::experience known_;
    std::vector<store::judged_call> calls_;
    std::size_t next_ = 0;
    std::optional<local_date> day_;

    void pass(local_date day) {
        if (day_ && day > *day_)
            known_.forget(days_between(*day_, day));
        if (!day_ || day > *day_)
            day_ = day;
    }
};

class rehearsal {
  public:
    rehearsal(store::session& s, const ranking::choice_rules& policy, const rulebook& rules, pupil by)
        : s_(s), policy_(policy), rules_(rules), by_(std::move(by)) {}

    void morning(const store::brief& b) {
        const auto candidates = store::learning(s_).considered(b.id);
        if (candidates.empty() || week_of(s_, b.rep, b.date, rules_).usual)
            return;
        const auto first = rows_.size();
        for (const auto& c : candidates)
            rows_.push_back(row_of(b, c));
        const auto& known = by_.on(b.date);
        std::vector<ranking::scored> scored;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const auto f = features_from(candidates[i].features);
            scored.push_back(ranking::score(known.scores, f, i, candidates[i].account, candidates[i].contact));
        }
        const auto finalists = ranking::finalists_of(std::move(scored), policy_).in;
        const auto budget = std::max(1, int(b.budget * policy_.budget / rules_.choice.budget));
        const auto drawn = ranking::draw(finalists, budget, {std::uint64_t(b.id.value), policy_.share, policy_.noise});
        for (std::size_t i = 0; i < finalists.size(); ++i)
            rows_[first + finalists[i].index].new_propensity = drawn.propensity[i];
    }

    replay_report report() {
        // What is foretold is an open door in a conversation; a call became one so often.
        const auto reach = out_.calls > 0 ? double(out_.conversations) / out_.calls : 0;
        for (auto& r : rows_)
            r.foretold *= reach;
        out_.told = experiments::replay(rows_);
        out_.considered = int(rows_.size());
        return out_;
    }

  private:
    store::session& s_;
    const ranking::choice_rules& policy_;
    const rulebook& rules_;
    pupil by_;
    std::vector<experiments::considered> rows_;
    replay_report out_;

    experiments::considered row_of(const store::brief& b, const store::considered_call& c) {
        experiments::considered r;
        r.morning = std::uint64_t(b.id.value);
        r.propensity = c.propensity;
        r.foretold = c.probability;
        r.chosen = bool(c.card);
        if (!r.chosen)
            return r;
        ++out_.calls;
        const auto o = store::outcomes(s_).of_card(c.card);
        if (o && was_with_them(o->disposition))
            ++out_.conversations;
        r.hit = o && opened_a_door(o->disposition, o->results);
        return r;
    }
};

} // namespace

replay_report replay_policy(store::session& s, const ranking::choice_rules& policy, local_date from, local_date to,
                            const rulebook& rules) {
    auto mornings = store::experiment_log(s).mornings(from, to);
    std::ranges::sort(mornings, [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second < b.second : a.first < b.first;
    });
    rehearsal again(s, policy, rules, pupil(s, policy, from, rules));
    for (const auto& [rep, day] : mornings)
        if (const auto b = store::briefs(s).of(rep, day))
            again.morning(*b);
    auto out = again.report();
    out.from = from;
    out.to = to;
    return out;
}

} // namespace whynow::workday
