#include "domain/ranking/mixture.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::ranking {
namespace {

// −ln p of what happened, never infinite.
double log_loss(double log_odds, bool hit) {
    const auto against = std::clamp(hit ? -log_odds : log_odds, -30.0, 30.0);
    return std::log1p(std::exp(against));
}

} // namespace

mixture::mixture(mixture_settings how) : how_(std::move(how)) {
    if (how_.experts.empty())
        how_.experts.emplace_back();
    for (const auto& e : how_.experts)
        experts_.emplace_back(e);
    loss_.resize(experts_.size());
}

void mixture::grow(std::size_t features) {
    for (auto& e : experts_)
        e.grow(features);
}

std::vector<double> mixture::voices() const {
    const auto least = *std::ranges::min_element(loss_);
    std::vector<double> out;
    double sum = 0;
    for (const auto l : loss_)
        sum += out.emplace_back(std::exp(least - l));
    for (auto& v : out)
        v /= sum;
    return out;
}

double mixture::log_odds(std::span<const input> of) const {
    const auto voice = voices();
    double sum = 0;
    for (std::size_t i = 0; i < experts_.size(); ++i)
        sum += voice[i] * experts_[i].log_odds(of);
    return sum;
}

double mixture::probability(std::span<const input> of) const { return 1 / (1 + std::exp(-log_odds(of))); }

void mixture::learn(std::span<const input> of, bool hit) {
    for (std::size_t i = 0; i < experts_.size(); ++i)
        loss_[i] = how_.keep * loss_[i] + log_loss(experts_[i].learn(of, hit), hit);
}

void mixture::night() {
    for (auto& e : experts_)
        e.night();
}

std::vector<contribution> mixture::explain(std::span<const input> of) const {
    const auto voice = voices();
    std::vector<contribution> out;
    for (const auto& f : of)
        out.push_back({f.at, 0});
    for (std::size_t e = 0; e < experts_.size(); ++e) {
        const auto share = voice[e] * experts_[e].moderation(of);
        for (std::size_t i = 0; i < of.size(); ++i)
            out[i].log_odds += share * experts_[e].weight(of[i].at) * double(of[i].x);
    }
    std::ranges::sort(out, [](const auto& a, const auto& b) {
        const auto x = std::abs(a.log_odds), y = std::abs(b.log_odds);
        return x != y ? x > y : a.at < b.at;
    });
    return out;
}

std::vector<mixture::learned> mixture::all() const {
    std::vector<learned> out;
    for (std::size_t i = 0; i < experts_.size(); ++i)
        out.push_back({loss_[i], experts_[i].means(), experts_[i].variances()});
    return out;
}

bool mixture::restore(std::span<const learned> from) {
    if (from.size() != experts_.size())
        return false;
    auto experts = experts_;
    for (std::size_t i = 0; i < from.size(); ++i)
        if (!std::isfinite(from[i].loss) || from[i].means.size() != from.front().means.size() ||
            !experts[i].restore(from[i].means, from[i].variances))
            return false;
    experts_ = std::move(experts);
    for (std::size_t i = 0; i < from.size(); ++i)
        loss_[i] = from[i].loss;
    return true;
}

} // namespace whynow::domain::ranking
