#include "log/log.hpp"
#include "log/log_and_continue.hpp"
#include "log/metrics.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace whynow;

namespace {

struct caught {
    caught() {
        log::set_sink([this](std::string_view line) { lines.emplace_back(line); });
    }
    ~caught() {
        log::set_sink({});
        log::set_level(log::level::info);
    }
    std::vector<std::string> lines;
};

} // namespace

TEST_CASE("whatever is logged is one line of valid JSON") {
    caught c;
    const std::string every = [] {
        std::string s;
        for (int i = 0; i < 256; ++i)
            s += static_cast<char>(i);
        return s;
    }();
    log::warn("a \"quoted\"\nevent", {{"bytes", every},
                                      {"n", -7},
                                      {"big", std::int64_t{1} << 60},
                                      {"d", 0.25},
                                      {"nan", std::nan("")},
                                      {"yes", true},
                                      {"text", "Gr\xC3\xB6\xC3\x9F"
                                               "e \xF0\x9F\x98\x80 \xED\xA0\x80"}});
    REQUIRE(c.lines.size() == 1);
    CHECK(c.lines[0].find('\n') == c.lines[0].size() - 1);
    const auto j = nlohmann::json::parse(c.lines[0]);
    CHECK(j["level"] == "warn");
    CHECK(j["event"] == "a \"quoted\"\nevent");
    CHECK(j["n"] == -7);
    CHECK(j["big"] == std::int64_t{1} << 60);
    CHECK(j["d"] == 0.25);
    CHECK(j["nan"].is_null());
    CHECK(j["yes"] == true);
    CHECK(j["at"].get<std::string>().size() == 24);
    CHECK(j["text"].get<std::string>().starts_with("Gr\xC3\xB6\xC3\x9F"
                                                   "e \xF0\x9F\x98\x80 \xEF\xBF\xBD"));
}

TEST_CASE("levels are kept, threads do not mix lines") {
    caught c;
    log::debug("quiet");
    CHECK(c.lines.empty());
    CHECK_FALSE(log::enabled(log::level::debug));
    log::set_level(log::level::debug);
    log::debug("loud");
    CHECK(c.lines.size() == 1);
    std::vector<std::thread> all;
    for (int t = 0; t < 4; ++t)
        all.emplace_back([] {
            for (int i = 0; i < 100; ++i)
                log::info("x", {{"i", i}});
        });
    for (auto& t : all)
        t.join();
    CHECK(c.lines.size() == 401);
}

TEST_CASE("what escapes a coroutine is logged once, with its name") {
    caught c;
    const log::log_and_continue handler{"the coroutine"};
    handler(nullptr);
    CHECK(c.lines.empty());
    handler(std::make_exception_ptr(std::runtime_error("broke")));
    handler(std::make_exception_ptr(7));
    REQUIRE(c.lines.size() == 2);
    const auto j = nlohmann::json::parse(c.lines[0]);
    CHECK(j["what"] == "the coroutine");
    CHECK(j["why"] == "broke");
}

TEST_CASE("metrics count by name and labels and print as Prometheus reads them") {
    log::metrics m;
    const auto a = m.counter("whynow_requests_total", "Requests answered", {{"route", "/a"}, {"status", "200"}});
    a.add();
    m.counter("whynow_requests_total", "ignored", {{"status", "200"}, {"route", "/a"}}).add(2);
    m.counter("whynow_requests_total", "", {{"route", "b\"\n"}, {"status", "404"}}).add();
    m.gauge("whynow_outbox", "Waiting").set(5);
    m.gauge("whynow_outbox", "Waiting").add(-2);
    m.histogram("whynow_seconds", "Time").observe(0.02);
    const auto text = m.text();
    CHECK(text.find("# HELP whynow_requests_total Requests answered\n") != std::string::npos);
    CHECK(text.find("# TYPE whynow_requests_total counter\n") != std::string::npos);
    CHECK(text.find("whynow_requests_total{route=\"/a\",status=\"200\"} 3\n") != std::string::npos);
    CHECK(text.find("route=\"b\\\"\\n\"") != std::string::npos);
    CHECK(text.find("whynow_outbox 3\n") != std::string::npos);
    CHECK(text.find("whynow_seconds_bucket{le=\"0.025\"} 1\n") != std::string::npos);
    CHECK(text.find("whynow_seconds_bucket{le=\"0.01\"} 0\n") != std::string::npos);
    CHECK_THROWS(m.counter("bad name", ""));
    log::counter{}.add();
    log::gauge{}.set(1);
    log::histogram{}.observe(1);
}
