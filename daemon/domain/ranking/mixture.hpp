// Several learners of the same calls that trust what they see more or less and forget it sooner or later, weighed by
// how well each foresaw the last calls.
#pragma once

#include "domain/core/lines.hpp"
#include "domain/core/rules.hpp"
#include "domain/ranking/drifting_logistic.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace whynow::domain::ranking {

struct mixture_settings {
    std::vector<drift_settings> experts{{.variance = 0.03, .keep = 0.9995, .base_drift = 0.005},
                                        {.variance = 0.1, .keep = 0.999, .base_drift = 0.01},
                                        {.variance = 0.3, .keep = 0.998, .base_drift = 0.02}};
    double keep = 0.995; // share of a past loss that still counts at the next call: the last 200 calls or so
};

// "heard" (keep), "together" and the list "expert" of a table of config/ranking.toml.
mixture_settings read_mixture_settings(const rules::node& from);

// One feature's share of the log-odds of a call.
struct contribution {
    std::uint32_t at = 0;
    double log_odds = 0;
};

class mixture {
  public:
    explicit mixture(mixture_settings how = {});

    void grow(std::size_t features);
    std::size_t size() const { return experts_.front().size(); }

    // The weight every expert gives a feature before anything is known.
    void expect(std::uint32_t at, double weight);

    double log_odds(std::span<const input> of) const;
    // How unsure the log-odds are: their standard deviation, of the experts' own doubt and of what they differ by.
    double spread(std::span<const input> of) const;
    double probability(std::span<const input> of) const;
    void learn(std::span<const input> of, bool hit);
    void night();

    // What each feature adds, the weightiest first; their sum is log_odds(of).
    std::vector<contribution> explain(std::span<const input> of) const;
    // How much each expert is heard; together 1.
    std::vector<double> voices() const;

    // What was learned, one after another; restore() wants as many experts as there are.
    struct learned {
        double loss = 0;
        std::vector<double> means;
        std::vector<float> variances;
    };
    std::vector<learned> all() const;
    bool restore(std::span<const learned> from);

  private:
    mixture_settings how_;
    std::vector<drifting_logistic> experts_;
    std::vector<double> loss_;
};

// One expert after another: "expert", "means", "variances".
void write(lines::writer& to, std::span<const mixture::learned> all);
// Takes the line named `what` if it is one of them; false where it is another's.
bool read_learned(std::string_view what, lines::reader& from, std::vector<mixture::learned>& all);

} // namespace whynow::domain::ranking
