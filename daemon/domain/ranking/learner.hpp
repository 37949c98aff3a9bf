// Online logistic regression (FTRL-proximal, McMahan et al., KDD 2013) over hashed features, pulled towards a prior per
// feature. What a score is made of can be said exactly: weight × value of each feature.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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
};
std::string_view to_string(field f);

struct feature {
    ranking::field about = field::bias;
    std::uint32_t value = 0; // which kind, which bucket …; 0 where the field has only one
    float x = 1;             // how much of it
};
using features = std::vector<feature>;

struct learner_settings {
    double alpha = 0.05, beta = 1, l1 = 0, l2 = 0.5;
    double forget_per_day = 0.002;
};

struct part {
    feature what;
    double weight = 0;
    double contribution = 0; // weight × x, in log-odds
};

class learner {
  public:
    static constexpr std::size_t slots = 1u << 14;

    explicit learner(learner_settings how = {});

    // The weight a feature has before anything was learned, in log-odds.
    void set_prior(ranking::field about, std::uint32_t value, double weight);

    double log_odds(std::span<const feature> of) const;
    double probability(std::span<const feature> of) const; // 0..1
    // One call and whether it was a hit.
    void learn(std::span<const feature> of, bool hit);
    // So many nights passed: everything learned fades a little.
    void forget(int days);
    // Every part of the score, the weightiest first.
    std::vector<part> explain(std::span<const feature> of) const;
    std::int64_t seen() const { return seen_; }

    // What was learned as text, and back; priors are not part of it. False where the text is not ours.
    std::string save() const;
    bool load(std::string_view text);

  private:
    learner_settings how_;
    std::vector<float> z_, n_, prior_;
    std::int64_t seen_ = 0;

    static std::size_t slot(const feature& f);
    double weight(std::size_t at) const;
};

double logit(double probability);

} // namespace whynow::domain::ranking
