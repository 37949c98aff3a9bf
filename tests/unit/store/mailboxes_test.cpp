#include "support.hpp"

#include <atomic>
#include <map>
#include <set>
#include <thread>

using namespace whynow::tests;

namespace {

outbox_item leaving(std::string_view key, std::string_view unique, std::int64_t due = 0) {
    outbox_item o;
    o.channel = "slack";
    o.order_key = key;
    o.unique_key = unique;
    o.purpose = "brief";
    o.payload = "{}";
    o.due = at(due);
    return o;
}

} // namespace

TEST_CASE("the inbox takes an event once, by its id and by its business key") {
    database d;
    d.write([](session& s) {
        inbox in(s);
        const auto first = in.accept({{}, "slack", "Ev1", "card:1:log", "{\"a\":1}", at(10)});
        REQUIRE(first);
        CHECK_FALSE(in.accept({{}, "slack", "Ev1", "card:2:log", "{}", at(10)}));
        CHECK_FALSE(in.accept({{}, "slack", "Ev2", "card:1:log", "{}", at(10)}));
        CHECK(in.accept({{}, "teams", "Ev1", "card:1:log", "{}", at(11)}));
        CHECK(in.accept({{}, "slack", "", "", "{}", at(12)}));
        const auto last = in.accept({{}, "slack", "", "", "{}", at(13)});
        REQUIRE(last);
        CHECK(in.undone(10).size() == 4);
        CHECK(in.undone(1).at(0).payload == "{\"a\":1}");
        CHECK(in.undone(1).at(0).business_key == "card:1:log");
        in.done(*first);
        in.failed(*last, "no such card");
        CHECK(in.undone(10).size() == 2);
        CHECK(in.forget_before(at(100)) == 1);
        CHECK(in.accept({{}, "slack", "Ev1", "card:1:log", "{}", at(10)}));
    });
}

TEST_CASE("the outbox holds back what has an older unsettled row of its order key") {
    database d;
    d.write([](session& s) {
        outbox o(s);
        const auto a1 = o.put(leaving("a", "1"));
        CHECK(o.put(leaving("a", "1")) == a1);
        const auto a2 = o.put(leaving("a", "2"));
        const auto b1 = o.put(leaving("b", "3"));
        o.put(leaving("c", "4", 1000));
        auto got = o.claim("slack", at(100), 10);
        REQUIRE(got.size() == 2);
        CHECK(got[0].id == a1);
        CHECK(got[0].state == outbox_state::sending);
        CHECK(got[0].tries == 1);
        CHECK(got[0].first_tried == at(100));
        CHECK(got[1].id == b1);
        CHECK(o.claim("slack", at(100), 10).empty());
        CHECK(o.stranded("slack").size() == 2);
        CHECK(o.next_due("slack") == at(1000)); // a2 waits for a1
        o.settle(a1, outbox_state::ambiguous, "look");
        CHECK(o.claim("slack", at(100), 10).empty());
        CHECK(o.to_look_up("slack", at(100))->id == a1);
        CHECK_FALSE(o.to_look_up("slack", at(100))); // one looks, nobody else
        CHECK(o.claim("slack", at(100), 10).empty());
        o.look_again("slack"); // the one who looked is gone
        CHECK(o.to_look_up("slack", at(100))->id == a1);
        o.settle(a1, outbox_state::ambiguous, "no answer"); // nobody will ever know: it must not hold up the rest
        CHECK(o.next_due("slack") == at(0));
        o.settle(a1, outbox_state::parked, "token revoked"); // does not block
        CHECK(o.next_due("slack") == at(0));
        CHECK(o.claim("slack", at(100), 10).at(0).id == a2);
        o.again(a2, at(200), "429", false);
        CHECK(o.find(a2)->tries == 0);
        CHECK(o.claim("slack", at(199), 10).empty());
        CHECK(o.claim("slack", at(200), 10).at(0).first_tried == at(100));
        o.again(a2, at(300), "503", true);
        CHECK(o.find(a2)->tries == 1);
        CHECK(o.find(a2)->problem == "503");
        o.settle(b1, outbox_state::sent);
        CHECK(o.with_state(outbox_state::sent, 5).size() == 1);
        const auto counts = o.counts();
        CHECK(counts.at("slack/pending") == 2);
        CHECK(counts.at("slack/parked") == 1);
        CHECK_FALSE(o.next_due("teams"));
        CHECK(o.put(leaving("", "")) != o.put(leaving("", ""))); // no keys: neither unique nor ordered
        CHECK(o.claim("slack", at(0), 10).size() == 2);
    });
}

TEST_CASE("20 producers, 200 items each, 8 claimers: every item once, in the order of its key") {
    database d;
    constexpr int producers = 20, each = 200, claimers = 8;
    std::atomic<int> claimed = 0;
    std::mutex mutex;
    std::map<std::string, int> times;
    std::map<std::string, std::int64_t> newest_of_key;
    std::vector<int> share(claimers);
    bool in_order = true;
    std::vector<std::thread> threads;
    for (int p = 0; p < producers; ++p)
        threads.emplace_back([&d, p] {
            for (int i = 0; i < each; ++i)
                (void)d.db->write_now([&](session& s) {
                    outbox(s).put(leaving("k" + std::to_string(p * 10 + i % 10), std::to_string(p * each + i)));
                });
        });
    for (int c = 0; c < claimers; ++c)
        threads.emplace_back([&, c] {
            while (claimed < producers * each) {
                std::vector<outbox_item> got;
                (void)d.db->write_now([&](session& s) { got = outbox(s).claim("slack", at(1), 5); });
                if (got.empty())
                    std::this_thread::sleep_for(std::chrono::milliseconds{1});
                {
                    const std::lock_guard lock(mutex);
                    for (const auto& item : got) {
                        ++times[item.unique_key];
                        auto& newest = newest_of_key[item.order_key];
                        in_order &= newest < item.id.value;
                        newest = item.id.value;
                    }
                }
                (void)d.db->write_now([&](session& s) {
                    for (const auto& item : got)
                        outbox(s).settle(item.id, outbox_state::sent);
                });
                share[static_cast<std::size_t>(c)] += static_cast<int>(got.size());
                claimed += static_cast<int>(got.size());
            }
        });
    for (auto& t : threads)
        t.join();
    CHECK(times.size() == producers * each);
    CHECK(std::all_of(times.begin(), times.end(), [](const auto& t) { return t.second == 1; }));
    CHECK(in_order);
    for (const auto n : share)
        CHECK(n >= producers * each / 100);
}

TEST_CASE("suppressions and documents") {
    database d;
    d.write([](session& s) {
        suppressions(s).add(" Jerry@Northwind.example", "unsubscribed", at(1));
        suppressions(s).add("jerry@northwind.example", "bounced", at(2));
        CHECK(suppressions(s).has("JERRY@northwind.example"));
        suppressions(s).remove("Jerry@northwind.example");
        CHECK_FALSE(suppressions(s).has("jerry@northwind.example"));
        documents docs(s);
        CHECK_FALSE(docs.get("weights"));
        docs.put("weights", "{}");
        docs.put("weights", std::string("{\"a\":\0}", 7));
        CHECK(docs.get("weights") == std::string("{\"a\":\0}", 7));
        CHECK(docs.first("digest:7:2026-W47", at(1)));
        CHECK_FALSE(docs.first("digest:7:2026-W47", at(2)));
    });
}

TEST_CASE("a person decides about what ended unsent: again as if it were new, or never") {
    database d;
    d.write([](session& s) {
        outbox o(s);
        const auto dead = o.put(leaving("a", "1")), doubtful = o.put(leaving("b", "2")),
                   parked = o.put(leaving("c", "3"));
        const auto looked_for = o.put(leaving("d", "4")), sent = o.put(leaving("e", "5")),
                   waiting = o.put(leaving("f", "6"));
        auto letter = leaving("g", "draft:4:2");
        letter.channel = "mail";
        const auto mail = o.put(letter);
        o.settle(dead, outbox_state::dead, "channel_not_found");
        o.settle(doubtful, outbox_state::ambiguous, "no answer");
        o.settle(parked, outbox_state::parked, "token_revoked");
        o.settle(looked_for, outbox_state::ambiguous, "look");
        o.settle(sent, outbox_state::sent);
        o.settle(mail, outbox_state::ambiguous, "no answer");
        for (const auto id : {looked_for, sent, waiting})
            CHECK_FALSE(o.revive(id, at(500)));
        CHECK_FALSE(o.revive(mail, at(500))); // it may have arrived: only its draft can be approved anew
        CHECK_FALSE(o.revive({999}, at(500)));
        CHECK(o.revive(dead, at(500)));
        CHECK(o.find(dead)->state == outbox_state::pending);
        CHECK(o.find(dead)->tries == 0);
        CHECK(o.find(dead)->created_at == at(500));
        CHECK_FALSE(o.revive(dead, at(501)));
        CHECK(o.drop(doubtful));
        CHECK(o.drop(mail));
        CHECK_FALSE(o.drop(doubtful));
        for (const auto id : {looked_for, sent, waiting})
            CHECK_FALSE(o.drop(id));
        CHECK(o.find(doubtful)->state == outbox_state::dropped);
        CHECK(o.put(leaving("b", "2")) == doubtful); // still never twice
        CHECK(o.claim("slack", at(600), 10).size() == 2);
    });
}
