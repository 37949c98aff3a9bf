// Lots: the same for the same seed, another row for another name, and as spread as chance should be.
#include "domain/core/lots.hpp"

#include <doctest/doctest.h>

#include <array>

using whynow::domain::lots;

TEST_CASE("the same seed and name draw the same lots, another name draws others") {
    lots a(7, {1, 2}), again(7, {1, 2}), other(7, {2, 1}), longer(7, {1, 2, 0});
    const auto first = a.next();
    CHECK(first == again.next());
    CHECK(first != other.next());
    CHECK(first != longer.next());
}

TEST_CASE("lots are even, normal ones have mean 0 and variance 1") {
    lots l(42);
    constexpr int n = 100'000;
    double sum = 0, normal = 0, squares = 0;
    std::array<int, 7> faces{};
    for (int i = 0; i < n; ++i) {
        const auto u = l.uniform();
        CHECK_MESSAGE((u >= 0 && u < 1), u);
        sum += u;
        const auto z = l.normal();
        normal += z;
        squares += z * z;
        ++faces[l.below(faces.size())];
    }
    CHECK(sum / n == doctest::Approx(0.5).epsilon(0.01));
    CHECK(normal / n == doctest::Approx(0).epsilon(0.02));
    CHECK(squares / n == doctest::Approx(1).epsilon(0.02));
    for (const auto f : faces)
        CHECK(double(f) / n == doctest::Approx(1.0 / 7).epsilon(0.05));
}
