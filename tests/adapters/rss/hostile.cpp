#include "hostile.hpp"

#include "domain/text/utf8.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <sys/resource.h>

namespace whynow::test {

namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WHYNOW_UNDER_SANITIZER
#endif
#endif

// Unoptimised code and sanitizers are given more; what grows with the square of the size needs more still.
#if defined(WHYNOW_UNDER_SANITIZER)
constexpr int patience = 50;
#elif defined(NDEBUG)
constexpr int patience = 1;
#else
constexpr int patience = 10;
#endif

long most_kib_so_far() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss;
}

bool clean(std::string_view text) {
    return domain::text::valid_utf8(text) &&
           std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

void check_clean(const rss::feed& f) {
    CHECK(f.entries.size() <= 5'000);
    CHECK(f.problems.size() <= 20);
    CHECK(clean(f.title));
    for (const auto& p : f.problems)
        CHECK(p.size() < 400);
    for (const auto& e : f.entries) {
        REQUIRE(clean(e.title));
        REQUIRE(clean(e.summary));
        REQUIRE(clean(e.link));
        REQUIRE(e.title.find("root:") == std::string::npos);
        REQUIRE(e.title.find("<script") == std::string::npos);
        REQUIRE(e.title.find("lollol") == std::string::npos);
        REQUIRE(e.title.size() <= 4'000);
        REQUIRE(e.link.find("script:") == std::string::npos);
        REQUIRE(!e.link.starts_with("data:"));
        REQUIRE(!e.link.starts_with("file:"));
    }
}

} // namespace

std::string repeated(std::string_view what, std::size_t times) {
    std::string out;
    out.reserve(what.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += what;
    return out;
}

std::string in_rss(std::string_view inside) {
    return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title>" + std::string(inside) +
           "</channel></rss>";
}

std::string wide(std::string_view ascii) {
    std::string out = "\xFF\xFE";
    for (const char c : ascii) {
        out += c;
        out += '\0';
    }
    return out;
}

void check_harmless(const std::vector<hostile>& feeds, int most_milliseconds) {
    std::string slow;
    for (const hostile& h : feeds) {
        CAPTURE(h.name);
        rss::feed f;
        std::clock_t took = 1'000'000;
        [[maybe_unused]] const long before = most_kib_so_far();
        for (int round = 0; round < 3 && took > most_milliseconds; ++round) { // other tests may run beside this one
            const std::clock_t begin = std::clock();
            f = rss::read_feed(h.bytes, h.content_type, "http://example.com/feed");
            took = std::min(took, (std::clock() - begin) * 1000 / CLOCKS_PER_SEC);
        }
        if (took > most_milliseconds / 2)
            slow += h.name + " " + std::to_string(took) + " ms; ";
        CHECK(took <= most_milliseconds * patience);
#ifndef WHYNOW_UNDER_SANITIZER
        CHECK(most_kib_so_far() - before <= 96 * 1024);
#endif
        check_clean(f);
    }
    MESSAGE(feeds.size() << " feeds; slowest: " << slow);
}

} // namespace whynow::test
