#include "domain/ranking/drifting_logistic.hpp"

#include "domain/ranking/odds.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace whynow::domain::ranking {
namespace {

double moderated(double variance) { return 1 / std::sqrt(1 + std::numbers::pi / 8 * std::max(variance, 0.0)); }

// Twice as many numbers at once where the processor can; the same numbers to the last bit, as no steps are fused.
// Sanitizers do not stand functions that are chosen before they have begun.
#if defined(__clang__) && defined(__x86_64__)
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
#define WIDE __attribute__((target_clones("avx2", "default")))
#endif
#endif
#ifndef WIDE
#define WIDE
#endif

// a[i] -= by * b[i]; both hold whole groups of eight.
void take_away(float* __restrict a, const float* __restrict b, float by, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        a[i] -= by * b[i];
}

// rows[i] -= by[i] * by, for each of the first `n` rows; a variance never falls to nothing.
WIDE void take_away_from_all(float* __restrict rows, const float* __restrict by, std::size_t n, std::size_t stride) {
    for (std::size_t i = 0; i < n; ++i) {
        if (by[i] == 0)
            continue;
        float* __restrict row = rows + i * stride;
        for (std::size_t j = 0; j < stride; ++j)
            row[j] -= by[i] * by[j];
        row[i] = std::max(row[i], 1e-6F);
    }
}
#undef WIDE

} // namespace

drifting_logistic::drifting_logistic(drift_settings how) : how_(how) {
    how_.together = std::max<std::size_t>(how_.together, 1);
    grow(1);
}

void drifting_logistic::grow(std::size_t features) {
    const auto had = learned_.size();
    if (features <= had)
        return;
    learned_.resize(features);
    expected_.resize(features);
    const auto together = std::min(features, how_.together);
    const auto stride = (together + 7) / 8 * 8;
    if (stride != stride_) {
        std::vector<float> wider(stride * stride);
        for (std::size_t i = 0; i < together_; ++i)
            std::copy_n(row(i), together_, wider.data() + i * stride);
        shared_ = std::move(wider);
        stride_ = stride;
        gain_.resize(stride);
    }
    for (auto i = together_; i < together; ++i)
        row(i)[i] = float(prior(i));
    together_ = together;
    alone_.resize(features - together, float(how_.variance));
}

double drifting_logistic::variance(std::span<const input> of) const {
    double sum = 0;
    for (const auto& a : of) {
        if (a.at >= together_) {
            sum += double(alone_[a.at - together_]) * double(a.x) * double(a.x);
            continue;
        }
        double part = 0;
        for (const auto& b : of)
            if (b.at < together_)
                part += double(row(a.at)[b.at]) * double(b.x);
        sum += part * double(a.x);
    }
    return sum;
}

double drifting_logistic::moderation(std::span<const input> of) const { return moderated(variance(of)); }

double drifting_logistic::log_odds(std::span<const input> of) const {
    double expected = 0, learned = 0;
    for (const auto& f : of) {
        expected += expected_[f.at] * double(f.x);
        learned += learned_[f.at] * double(f.x);
    }
    return expected + learned * moderation(of);
}

// One step of the extended Kalman filter: the covariance shrinks along what this call showed.
double drifting_logistic::learn(std::span<const input> of, bool hit) {
    std::ranges::fill(gain_, 0.0F);
    double expected = 0, learned = 0, variance = 0;
    for (const auto& f : of) {
        expected += expected_[f.at] * double(f.x);
        learned += learned_[f.at] * double(f.x);
        if (f.at < together_)
            take_away(gain_.data(), row(f.at), -f.x, stride_);
        else
            variance += double(alone_[f.at - together_]) * double(f.x) * double(f.x);
    }
    for (const auto& f : of)
        if (f.at < together_)
            variance += double(gain_[f.at]) * double(f.x);
    variance = std::max(variance, 0.0);
    const auto before = expected + learned * moderated(variance);
    const auto p = logistic(before);
    const auto curvature = std::max(p * (1 - p), 1e-4);
    const auto scale = 1 / (1 + curvature * variance);
    const auto step = ((hit ? 1 : 0) - p) * scale;
    for (const auto& f : of)
        if (f.at >= together_) {
            auto& v = alone_[f.at - together_];
            const auto k = double(v) * double(f.x);
            learned_[f.at] += k * step;
            v = std::max(float(double(v) - curvature * scale * k * k), 1e-6F);
        }
    // The root on both sides keeps the covariance the same above and below its diagonal, to the last bit.
    const auto root = float(std::sqrt(curvature * scale));
    for (std::size_t i = 0; i < together_; ++i) {
        learned_[i] += double(gain_[i]) * step;
        gain_[i] *= root;
    }
    take_away_from_all(shared_.data(), gain_.data(), together_, stride_);
    return before;
}

void drifting_logistic::night() {
    const auto keep = how_.keep;
    learned_[0] *= how_.base_keep;
    for (std::size_t i = 1; i < learned_.size(); ++i)
        learned_[i] *= keep;
    for (std::size_t i = 0; i < together_; ++i)
        for (std::size_t j = 0; j < together_; ++j)
            row(i)[j] *= float((i == 0 ? how_.base_keep : keep) * (j == 0 ? how_.base_keep : keep));
    for (std::size_t i = 1; i < together_; ++i)
        row(i)[i] += float((1 - keep * keep) * how_.variance);
    row(0)[0] = float(std::min(double(row(0)[0]) + how_.base_drift * how_.base_variance, how_.base_variance));
    for (auto& v : alone_)
        v = float(keep * keep * double(v) + (1 - keep * keep) * how_.variance);
}

std::vector<float> drifting_logistic::variances() const {
    std::vector<float> out;
    out.reserve(together_ * (together_ + 1) / 2 + alone_.size());
    for (std::size_t i = 0; i < together_; ++i)
        out.insert(out.end(), row(i), row(i) + i + 1);
    out.insert(out.end(), alone_.begin(), alone_.end());
    return out;
}

bool drifting_logistic::restore(std::span<const double> means, std::span<const float> variances) {
    drifting_logistic fresh(how_);
    fresh.grow(means.size());
    const auto triangle = fresh.together_ * (fresh.together_ + 1) / 2;
    if (means.empty() || variances.size() != triangle + fresh.alone_.size() ||
        !std::ranges::all_of(means, [](double m) { return std::isfinite(m); }) ||
        !std::ranges::all_of(variances, [](float v) { return std::isfinite(v); }))
        return false;
    std::ranges::copy(means, fresh.learned_.begin());
    std::copy_n(expected_.begin(), std::min(expected_.size(), fresh.expected_.size()), fresh.expected_.begin());
    auto from = variances.begin();
    for (std::size_t i = 0; i < fresh.together_; ++i)
        for (std::size_t j = 0; j <= i; ++j, ++from)
            fresh.row(i)[j] = fresh.row(j)[i] = *from;
    std::copy(from, variances.end(), fresh.alone_.begin());
    *this = std::move(fresh);
    return true;
}

} // namespace whynow::domain::ranking
