#include "domain/ranking/mixture.hpp"

#include "domain/ranking/odds.hpp"

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

mixture_settings read_mixture_settings(const rules::node& n) {
    mixture_settings out;
    out.keep = n["heard"].number(out.keep);
    const drift_settings usual;
    const auto together = std::max<std::int64_t>(1, n["together"].integer(std::int64_t(usual.together)));
    if (!n["expert"].items().empty())
        out.experts.clear();
    for (const auto& e : n["expert"].items())
        out.experts.push_back({e["variance"].number(usual.variance), e["base_variance"].number(usual.base_variance),
                               e["keep"].number(usual.keep), e["base_drift"].number(usual.base_drift),
                               e["base_keep"].number(usual.base_keep), std::size_t(together)});
    return out;
}

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

void mixture::expect(std::uint32_t at, double weight) {
    for (auto& e : experts_)
        e.expect(at, weight);
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

double mixture::spread(std::span<const input> of) const {
    const auto voice = voices();
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < experts_.size(); ++i) {
        const auto s = experts_[i].log_odds(of);
        sum += voice[i] * s;
        squares += voice[i] * (s * s + experts_[i].variance(of));
    }
    return std::sqrt(std::max(squares - sum * sum, 0.0));
}

double mixture::probability(std::span<const input> of) const { return logistic(log_odds(of)); }

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
        const auto moderation = experts_[e].moderation(of);
        for (std::size_t i = 0; i < of.size(); ++i)
            out[i].log_odds += voice[e] *
                               (experts_[e].expected(of[i].at) + moderation * experts_[e].learned(of[i].at)) *
                               double(of[i].x);
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

void write(lines::writer& to, std::span<const mixture::learned> all) {
    for (const auto& e : all) {
        to.line_of("expert", std::initializer_list<double>{e.loss});
        to.line_of("means", e.means);
        to.line_of("variances", e.variances);
    }
}

bool read_learned(std::string_view what, lines::reader& from, std::vector<mixture::learned>& all) {
    if (what == "expert")
        all.push_back({from.number<double>(), {}, {}});
    else if (what == "means" && !all.empty())
        all.back().means = from.numbers<double>();
    else if (what == "variances" && !all.empty())
        all.back().variances = from.numbers<float>();
    else
        return false;
    return true;
}

} // namespace whynow::domain::ranking
