// What becomes of a message after a try: every answer × every kind of channel.
#include "delivery/outbox_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace whynow;
using namespace whynow::delivery;
using namespace std::chrono_literals;
using store::outbox_state;

namespace {

const instant created = *domain::parse_iso_instant("2026-11-24T07:00:00Z");
const instant now = created + 60s;

constexpr std::array doubts{doubt::look_up, doubt::repeat_once, doubt::never, doubt::harmless};

step sent_with(const chat::send_result& r, int tries, doubt kind, instant at = now) {
    return after_send(r, tries, created, at, kind, 42);
}

outbox_state state(const step& s) {
    REQUIRE(std::holds_alternative<settle>(s));
    return std::get<settle>(s).state;
}

again retried(const step& s) {
    REQUIRE(std::holds_alternative<again>(s));
    return std::get<again>(s);
}

} // namespace

TEST_CASE("answers that settle on every channel") {
    for (const auto d : doubts) {
        CHECK(state(sent_with(chat::sent{}, 1, d)) == outbox_state::sent);
        CHECK(state(sent_with(chat::rejected{"channel_not_found", false, false}, 1, d)) == outbox_state::dead);
        CHECK(state(sent_with(chat::rejected{"is_archived", true, false}, 1, d)) == outbox_state::dead);
        CHECK(state(sent_with(chat::rejected{"token_revoked", false, true}, 1, d)) == outbox_state::parked);
    }
}

TEST_CASE("told to wait: exactly so long, not counted, however often, but not past the morning") {
    for (const auto d : doubts) {
        const auto a = retried(sent_with(chat::retry_later{30s, "ratelimited", false}, 99, d));
        CHECK(a.due == now + 30s);
        CHECK_FALSE(a.counts);
        CHECK(retried(sent_with(chat::retry_later{0s, "ratelimited", false}, 1, d)).due > now);
        CHECK(state(sent_with(chat::retry_later{30s, "ratelimited", false}, 1, d, created + 25h)) ==
              outbox_state::dead);
    }
}

TEST_CASE("surely not sent: again with growing distance, then dead") {
    for (const auto d : doubts) {
        auto last = 0s;
        for (int tries = 1; tries < most_tries; ++tries) {
            const auto a = retried(sent_with(chat::not_sent{"connection refused"}, tries, d));
            CHECK(a.counts);
            CHECK(a.problem == "connection refused");
            CHECK(a.due - now >= (tries < 6 ? last : 3600s));
            last = a.due - now;
        }
        CHECK(state(sent_with(chat::not_sent{"x"}, most_tries, d)) == outbox_state::dead);
        CHECK(state(sent_with(chat::not_sent{"x"}, 1, d, created + most_age + 1s)) == outbox_state::dead);
    }
}

TEST_CASE("no answer seen: each channel in its own way") {
    const chat::send_result lost = chat::ambiguous{"timeout after the request was written"};
    const auto slack = sent_with(lost, 1, doubt::look_up);
    REQUIRE(std::holds_alternative<look>(slack));
    CHECK(std::get<look>(slack).due > now);
    CHECK(retried(sent_with(lost, 1, doubt::repeat_once)).counts);
    CHECK(state(sent_with(lost, 2, doubt::repeat_once)) == outbox_state::ambiguous);
    CHECK(state(sent_with(lost, 1, doubt::never)) == outbox_state::ambiguous);
    CHECK(retried(sent_with(lost, 1, doubt::harmless)).counts);
    CHECK(state(sent_with(lost, most_tries, doubt::harmless)) == outbox_state::dead);
}

TEST_CASE("after looking: found is sent, absent is sent again, unclear looks again and gives up honestly") {
    CHECK(state(after_look(chat::found{}, 1, now, now, 42)) == outbox_state::sent);
    const auto again_now = retried(after_look(chat::absent{}, 1, now, now, 42));
    CHECK(again_now.due == now);
    CHECK(again_now.counts);
    const auto later = after_look(chat::cannot_tell{"history is down"}, 1, now, now, 42);
    REQUIRE(std::holds_alternative<look>(later));
    CHECK(std::get<look>(later).due > now);
    CHECK(state(after_look(chat::cannot_tell{"history is down"}, most_tries, now, now, 42)) == outbox_state::ambiguous);
    const auto yesterday = now - most_age - 1s; // looking counts as no try: the age ends it
    CHECK(state(after_look(chat::cannot_tell{"history is down"}, 1, yesterday, now, 42)) == outbox_state::ambiguous);
}

TEST_CASE("after a crash while sending") {
    CHECK(std::holds_alternative<look>(after_crash(now, doubt::look_up)));
    CHECK(retried(after_crash(now, doubt::repeat_once)).counts);
    CHECK(state(after_crash(now, doubt::never)) == outbox_state::ambiguous);
    CHECK_FALSE(retried(after_crash(now, doubt::harmless)).counts);
}

TEST_CASE("a mail is never sent twice by itself") {
    for (const chat::send_result& lost : {chat::send_result{chat::ambiguous{"x"}}})
        for (int tries = 1; tries <= most_tries; ++tries)
            CHECK(state(sent_with(lost, tries, doubt::never)) == outbox_state::ambiguous);
    CHECK(std::holds_alternative<settle>(after_crash(now, doubt::never)));
}

TEST_CASE("many that failed together do not come back together") {
    for (int tries = 1; tries <= most_tries; ++tries) {
        std::set<std::chrono::seconds> seen;
        for (std::uint64_t row = 1; row <= 500; ++row)
            seen.insert(back_off(tries, row));
        const auto least = *seen.begin(), most = *seen.rbegin();
        INFO(tries, " ", least.count(), " ", most.count());
        CHECK(double((most - least).count()) >= 0.1 * double(least.count()));
        CHECK(double(most.count()) <= 1.25 * double(least.count()));
        if (least >= 100s) // and they lie spread, not in two heaps
            CHECK(seen.size() > 15);
    }
    CHECK(back_off(1, 1) < 7s);
    CHECK(back_off(100, 1) <= 4320s);
    CHECK(back_off(3, 7) == back_off(3, 7));
}
