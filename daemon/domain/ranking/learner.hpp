// What the daemon learns from its own calls: the experts of mixture.hpp over named features, each drawn towards what is
// expected of it. What a score is made of can be said exactly: weight × value of each feature.
#pragma once

#include "domain/ranking/mixture.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace whynow::domain::ranking {

// What a feature is about. Stored in saved weights: append only.
enum class field : std::uint8_t {
    bias,
    kind,
    scope,
    age,
    sources,
    persona,
    kind_persona,
    industry,
    size,
    attempt,
    since_contact,
    last_outcome,
    referral_generation,
    weekday,
    state,
    weak,
    rep,
    kind_age,
    crowd,
};
inline constexpr field last_field = field::crowd;
std::string_view to_string(field f);

struct feature {
    ranking::field about = field::bias;
    std::uint32_t value = 0; // which kind, which bucket …; 0 where the field has only one
    float x = 1;             // how much of it
};
using features = std::vector<feature>;

struct part {
    feature what;
    double weight = 0;
    double contribution = 0; // weight × x, in log-odds
};

class learner {
  public:
    explicit learner(mixture_settings how = {});

    // The weight a feature has before anything was learned, in log-odds.
    void expect(ranking::field about, std::uint32_t value, double weight);

    double log_odds(std::span<const feature> of) const;
    double probability(std::span<const feature> of) const; // 0..1
    // How unsure the log-odds are: one standard deviation.
    double spread(std::span<const feature> of) const;
    // One call and whether it was a hit.
    void learn(std::span<const feature> of, bool hit);
    // So many nights passed: everything learned fades a little.
    void forget(int days);
    // Every part of the score, the weightiest first; their contributions add up to log_odds(of).
    std::vector<part> explain(std::span<const feature> of) const;
    // What one feature weighs by itself.
    double weight(ranking::field about, std::uint32_t value) const;
    // All features that are known, each with x = 1.
    std::vector<feature> features() const;
    std::int64_t seen() const { return seen_; }

    // What was learned as text, and back; expectations are not part of it. False where the text is not ours, and
    // nothing changed.
    std::string save() const;
    bool load(std::string_view text);

  private:
    mixture_settings how_;
    mixture experts_;
    std::vector<std::pair<ranking::field, std::uint32_t>> names_;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
    std::map<std::uint64_t, double> expected_;
    std::int64_t seen_ = 0;

    std::uint32_t number(ranking::field about, std::uint32_t value);
    // Features never met weigh nothing.
    inputs known(std::span<const feature> of) const;
};

} // namespace whynow::domain::ranking
