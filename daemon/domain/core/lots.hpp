// Numbers drawn by lot: the same on every machine for the same seed, and independent for every name of a stream.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <numbers>
#include <span>
#include <utility>

namespace whynow::domain {

// splitmix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): one addition and
// three mixing steps a number, period 2^64. Good for chance, not for secrets.
class lots {
  public:
    // `stream`: whose lots these are (a rep, a day, a contact …); other words, other lots.
    explicit constexpr lots(std::uint64_t seed, std::initializer_list<std::uint64_t> stream = {}) : state_(seed) {
        for (const auto word : stream)
            state_ = mixed(state_ ^ mixed(word + step));
    }

    constexpr std::uint64_t next() { return mixed(state_ += step); }
    // 0 ≤ x < 1, in steps of 2^-53.
    constexpr double uniform() { return double(next() >> 11) * 0x1p-53; }
    constexpr bool happens(double probability) { return uniform() < probability; }
    // 0 … n-1, each as likely (to within n / 2^64); n > 0.
    constexpr std::uint64_t below(std::uint64_t n) {
        return std::uint64_t((static_cast<unsigned __int128>(next()) * n) >> 64);
    }
    // Mean 0, variance 1 (Box and Muller, Annals of Mathematical Statistics 29, 1958).
    double normal() {
        const auto r = std::sqrt(-2 * std::log(1 - uniform()));
        return r * std::cos(2 * std::numbers::pi * uniform());
    }

  private:
    static constexpr std::uint64_t step = 0x9E3779B97F4A7C15ull;
    std::uint64_t state_;

    static constexpr std::uint64_t mixed(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
};

// Brings `most` of them (or all) to the front, each as likely as any other; the rest follows in some order.
template <class T>
void draw_to_front(std::span<T> all, std::size_t most, lots& by) {
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i)
        std::swap(all[i], all[i + std::size_t(by.below(all.size() - i))]);
}

} // namespace whynow::domain
