// Counting: what is one call, what belongs to which part, and that a list is as long as its figure.
#include "domain/digests/tally.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace whynow::domain;
using namespace whynow::domain::digests;
using outcomes::disposition;
using outcomes::result;

namespace {

local_date day(int n) { return add_days(local_date{std::chrono::year{2026} / 11 / 9}, n); }

result_set of(std::initializer_list<result> all) {
    result_set out;
    for (const auto r : all)
        out.add(r);
    return out;
}

tally week(std::optional<figure> listed = {}) {
    tally t(day(0), day(6), day(5), listed);
    t.add(shown_brief{{1}, {1}, day(0), 4, 12});
    t.add(shown_brief{{2}, {1}, day(1), 4, 12});
    t.add(shown_card{{1}, {1}, day(0), "leadership", "account", "press", 0.5, shown_card::state::answered});
    t.add(shown_card{{2}, {1}, day(0), "funding", "industry", "", 0.25, shown_card::state::open});
    return t;
}

} // namespace

TEST_CASE("several words on one card are one call, the last") {
    auto t = week();
    t.add(told_call{{7}, {1}, {1}, day(0), disposition::connected, of({result::meeting_booked})});
    t.add(told_call{{5}, {1}, {1}, day(0), disposition::voicemail, {}});
    const auto f = t.finish();
    CHECK(f.all.calls == 1);
    CHECK(f.all.conversations == 1);
    CHECK(f.all.hits == 1);
    CHECK(t.conversation({7}));
    CHECK_FALSE(t.conversation({5}));
}

TEST_CASE("not called is a word, and no call") {
    auto t = week();
    t.add(told_call{{5}, {1}, {1}, day(0), disposition::connected, of({result::needs_info})});
    t.add(told_call{{6}, {1}, {1}, day(0), disposition::not_called, {}});
    const auto f = t.finish();
    CHECK(f.all.calls == 0);
    CHECK(f.unlogged == 1); // the other card
    CHECK(f.shown_before == 2);
}

TEST_CASE("a call of a card from long ago counts in the card's parts, once it is known") {
    auto t = week();
    t.add(told_call{{5}, {1}, {99}, day(2), disposition::connected, {}});
    REQUIRE(t.unknown() == std::vector<card_id>{{99}});
    t.add(shown_card{{99}, {98}, day(-60), "ma", "competitor", "edgar", 0.1, shown_card::state::answered});
    CHECK(t.unknown().empty());
    const auto f = t.finish();
    CHECK(f.all.suggested == 2); // it was not shown in these days
    CHECK(f.by_kind.front().label == "ma");
    CHECK(f.by_kind.front().of.calls == 1);
    CHECK(f.scores.conversations == 1);
}

TEST_CASE("a call outside any brief, and one of a card that is gone") {
    auto t = week();
    t.add(told_call{{5}, {1}, {}, day(2), disposition::gatekeeper, of({result::call_back})});
    t.add(told_call{{6}, {1}, {99}, day(2), disposition::hung_up, {}});
    const auto f = t.finish();
    CHECK(f.by_source.front().label == other_calls);
    CHECK(f.by_source.front().of.calls == 2);
    CHECK(f.all.hits == 1);
    CHECK(f.scores.conversations == 0); // no score spoke of them
}

TEST_CASE("what was saved is counted on days with a brief of reps whose usual day is known") {
    auto t = week();
    t.add(told_call{{5}, {1}, {}, day(0), disposition::voicemail, {}});
    t.add(told_call{{6}, {1}, {}, day(3), disposition::voicemail, {}}); // no brief on that day
    const auto f = t.finish();
    CHECK(f.usual_calls == 24);
    CHECK(f.saved() == 23);
    CHECK(f.all.calls == 2);
}

TEST_CASE("an open card of today is not unlogged yet") {
    tally t(day(0), day(6), day(0));
    t.add(shown_brief{{1}, {1}, day(0), 4, 0});
    t.add(shown_card{{2}, {1}, day(0), "funding", "industry", "", 0.25, shown_card::state::open});
    CHECK(t.finish().unlogged == 0);
}

TEST_CASE("parts add up to the whole, and each list is as long as its figure says") {
    const auto fill = [](tally& t) {
        std::mt19937 dice(11);
        const auto of_six = [&] { return int(dice() % 6); };
        for (int rep = 1; rep <= 6; ++rep)
            for (int d = -3; d <= 8; ++d)
                t.add(shown_brief{{rep * 100 + d + 10}, {rep}, day(d), 5, double(of_six())});
        int card = 0;
        for (int rep = 1; rep <= 6; ++rep)
            for (int d = -3; d <= 8; ++d)
                for (int n = of_six(); n > 0; --n)
                    t.add(shown_card{{++card},
                                     {rep * 100 + d + 10},
                                     day(d),
                                     of_six() < 3 ? "ma" : "hiring",
                                     of_six() < 3 ? "account" : "industry",
                                     of_six() < 3 ? "press" : "",
                                     0.3,
                                     shown_card::state(dice() % 4)});
        std::int64_t outcome = 0;
        for (int rep = 1; rep <= 6; ++rep)
            for (int d = 0; d <= 6; ++d)
                for (int n = of_six(); n > 0; --n) {
                    result_set r;
                    r.bits = std::uint16_t(dice() & dice() & 0x1ffU);
                    t.add(told_call{{++outcome},
                                    {rep},
                                    {of_six() == 0 ? 0 : 1 + std::int64_t(dice() % unsigned(card))},
                                    day(d),
                                    disposition(dice() % 8),
                                    r});
                    if (of_six() == 0)
                        t.add(agreed_meeting{
                            {outcome}, {1 + std::int64_t(dice() % unsigned(card))}, day(d), of_six() < 3});
                    if (of_six() == 0)
                        t.add(named_referral{{outcome}, {}, day(d), 1 + of_six() / 2, of_six() < 3});
                }
    };
    tally once(day(0), day(6), day(4));
    fill(once);
    const auto f = once.finish();
    CHECK(f.all.hits > 5);
    for (const auto* groups : {&f.by_kind, &f.by_scope, &f.by_source}) {
        way sum;
        for (const auto& g : *groups) {
            sum.suggested += g.of.suggested;
            sum.calls += g.of.calls;
            sum.conversations += g.of.conversations;
            sum.hits += g.of.hits;
            sum.meetings += g.of.meetings;
            sum.meetings_due += g.of.meetings_due;
            sum.held += g.of.held;
            sum.referrals += g.of.referrals;
            sum.wrong += g.of.wrong;
        }
        CHECK(sum == f.all);
    }
    for (const auto which : all_figures()) {
        if (which == figure::thanks || which == figure::thanks_owed || which == figure::overdue ||
            which == figure::struggles || which == figure::feeds)
            continue; // not counted here
        tally t(day(0), day(6), day(4), which);
        fill(t);
        const auto again = t.finish();
        INFO(to_string(which));
        if (which == figure::saved) {
            int saved = 0;
            for (const auto& e : t.listed())
                saved += e.a - e.b;
            CHECK(saved == f.saved());
        } else {
            CHECK(int(t.listed().size()) == share_of(f, which).numerator);
        }
        CHECK(again.all == f.all);
    }
}

TEST_CASE("every figure has a word of its own, and only those") {
    for (const auto f : all_figures())
        CHECK(figure_from(to_string(f)) == f);
    CHECK_FALSE(figure_from("luck"));
    CHECK_FALSE(figure_from(""));
}
