#include "domain/ranking/learner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

namespace whynow::domain::ranking {

std::string_view to_string(field f) {
    static constexpr std::string_view names[] = {"bias",
                                                 "kind",
                                                 "scope",
                                                 "age",
                                                 "sources",
                                                 "persona",
                                                 "kind_persona",
                                                 "industry",
                                                 "size",
                                                 "attempt",
                                                 "since_contact",
                                                 "last_outcome",
                                                 "referral_generation",
                                                 "weekday",
                                                 "state",
                                                 "weak",
                                                 "rep"};
    return names[std::size_t(f)];
}

double logit(double p) {
    p = std::clamp(p, 1e-6, 1 - 1e-6);
    return std::log(p / (1 - p));
}

learner::learner(learner_settings how) : how_(how), z_(slots), n_(slots), prior_(slots) {}

std::size_t learner::slot(const feature& f) {
    auto h = (std::uint64_t(f.about) << 32 | f.value) * 0x9E3779B97F4A7C15ull;
    h ^= h >> 29;
    return std::size_t(h * 0xBF58476D1CE4E5B9ull >> 50);
}

// FTRL keeps the gradient sum z; the weight is the prior plus what z says against the pull of l1 and l2.
double learner::weight(std::size_t at) const {
    const double z = z_[at];
    if (std::abs(z) <= how_.l1)
        return prior_[at];
    const double pull = (how_.beta + std::sqrt(double(n_[at]))) / how_.alpha + how_.l2;
    return prior_[at] - (z - (z < 0 ? -how_.l1 : how_.l1)) / pull;
}

void learner::set_prior(field about, std::uint32_t value, double weight) {
    prior_[slot({about, value, 1})] = float(weight);
}

double learner::log_odds(std::span<const feature> of) const {
    double sum = 0;
    for (const auto& f : of)
        sum += weight(slot(f)) * double(f.x);
    return sum;
}

double learner::probability(std::span<const feature> of) const { return 1 / (1 + std::exp(-log_odds(of))); }

void learner::learn(std::span<const feature> of, bool hit) {
    const double error = probability(of) - (hit ? 1 : 0);
    for (const auto& f : of) {
        const auto at = slot(f);
        const double g = error * double(f.x), n = n_[at];
        const double sigma = (std::sqrt(n + g * g) - std::sqrt(n)) / how_.alpha;
        z_[at] += float(g - sigma * (weight(at) - double(prior_[at])));
        n_[at] = float(n + g * g);
    }
    ++seen_;
}

void learner::forget(int days) {
    const auto keep = float(std::pow(1 - how_.forget_per_day, days));
    for (std::size_t i = 0; i < slots; ++i) {
        z_[i] *= keep;
        n_[i] *= keep;
    }
}

std::vector<part> learner::explain(std::span<const feature> of) const {
    std::vector<part> out;
    out.reserve(of.size());
    for (const auto& f : of) {
        const double w = weight(slot(f));
        out.push_back({f, w, w * double(f.x)});
    }
    std::ranges::sort(out, [](const auto& a, const auto& b) {
        const auto x = std::abs(a.contribution), y = std::abs(b.contribution);
        return x != y ? x > y : a.what.about < b.what.about;
    });
    return out;
}

std::string learner::save() const {
    std::string out = fmt::format("whynow-weights 1 {}\n", seen_);
    for (std::size_t i = 0; i < slots; ++i)
        if (n_[i] != 0 || z_[i] != 0)
            fmt::format_to(std::back_inserter(out), "{} {} {}\n", i, z_[i], n_[i]);
    return out;
}

bool learner::load(std::string_view text) {
    constexpr std::string_view head = "whynow-weights 1 ";
    if (!text.starts_with(head))
        return false;
    learner fresh(how_);
    const char* at = text.data() + head.size();
    const char* const end = text.data() + text.size();
    const auto read = [&](auto& value) {
        while (at != end && (*at == ' ' || *at == '\n'))
            ++at;
        const auto r = std::from_chars(at, end, value);
        at = r.ptr;
        return r.ec == std::errc{};
    };
    if (!read(fresh.seen_))
        return false;
    std::size_t i = 0;
    while (read(i)) {
        float z = 0, n = 0;
        if (i >= slots || !read(z) || !read(n) || !std::isfinite(z) || !std::isfinite(n) || n < 0)
            return false;
        fresh.z_[i] = z;
        fresh.n_[i] = n;
    }
    if (at != end) // torn, or not ours
        return false;
    z_ = std::move(fresh.z_);
    n_ = std::move(fresh.n_);
    seen_ = fresh.seen_;
    return true;
}

} // namespace whynow::domain::ranking
