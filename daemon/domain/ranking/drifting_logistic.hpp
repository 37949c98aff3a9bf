// Bayesian logistic regression whose weights drift: learned one call at a time, forgotten a little every night. After
// McCormick, Raftery, Madigan and Burd, "Dynamic logistic regression and dynamic model averaging for binary
// classification", Biometrics 68, 2012; docs/ranking.md has the formulas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace whynow::domain::ranking {

// One feature of a call by its number, and how much of it there is. Number 0 is the base, 1 in every call.
struct input {
    std::uint32_t at = 0;
    float x = 1;
};
using inputs = std::vector<input>;

struct drift_settings {
    double variance = 0.1;     // of a weight before anything is known, in squared log-odds
    double base_variance = 2;  // of the base
    double keep = 0.999;       // share of a weight that outlives a night; its variance returns to `variance` as slowly
    double base_drift = 0.01;  // share of base_variance that the base moves in a night
    double base_keep = 1;      // share of the base that outlives a night: 1 lets it follow the world
    std::size_t together = 96; // so many features know how they depend on each other, later ones stand alone
    bool operator==(const drift_settings&) const = default;
};

class drifting_logistic {
  public:
    explicit drifting_logistic(drift_settings how = {});

    // Features known so far; those new start at weight 0. Never fewer than before.
    void grow(std::size_t features);
    std::size_t size() const { return learned_.size(); }
    // The weight a feature has before anything is known, and to which it goes back; 0 where nobody says. What was
    // learned is kept as the difference, so a new expectation moves what stands on the old one.
    void expect(std::uint32_t at, double weight) { expected_[at] = weight; }

    // Every input's number must be below size(), and be named once.
    // What is expected, and what was learned drawn towards it by how unsure the weights are (MacKay's moderated
    // output): Σ (expected + moderation × learned) × x …
    double log_odds(std::span<const input> of) const;
    // … with this factor, 0..1. An expectation is what is foretold before the first call, so it stands as it is.
    double moderation(std::span<const input> of) const;
    double expected(std::uint32_t at) const { return expected_[at]; }
    double learned(std::uint32_t at) const { return learned_[at]; }
    // How unsure Σ weight × x is, in squared log-odds.
    double variance(std::span<const input> of) const;

    // One call; returns the log-odds it had before.
    double learn(std::span<const input> of, bool hit);
    void night();

    // All that was learned as numbers, and back; false (nothing changed) where they do not belong together.
    std::vector<double> means() const { return learned_; } // beyond what was expected
    std::vector<float> variances() const;                  // rows of the lower triangle, then those that stand alone
    bool restore(std::span<const double> means, std::span<const float> variances);

  private:
    drift_settings how_;
    std::vector<double> expected_, learned_; // a weight is their sum
    std::size_t together_ = 0, stride_ = 0;
    std::vector<float> shared_; // covariances of the first `together_`, square, `stride_` wide
    std::vector<float> alone_;
    std::vector<float> gain_; // of the call being learned

    float* row(std::size_t i) { return shared_.data() + i * stride_; }
    const float* row(std::size_t i) const { return shared_.data() + i * stride_; }
    double prior(std::size_t i) const { return i == 0 ? how_.base_variance : how_.variance; }
};

} // namespace whynow::domain::ranking
