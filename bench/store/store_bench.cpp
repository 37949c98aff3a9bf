// Goals of the store on a disk that really syncs: more than 20,000 durable inbox rows a second with 16 webhooks waiting
// at a time; 100,000 contacts imported in one transaction in well under 8 s.
#include "store/store.hpp"

#include <fmt/core.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>

namespace {

using namespace whynow::store;
using engine = whynow::store::store;
using seconds = std::chrono::duration<double>;

double since(std::chrono::steady_clock::time_point start) {
    return seconds(std::chrono::steady_clock::now() - start).count();
}

// `at_once` senders, each of which sends the next webhook when the last one is durable.
struct webhooks {
    engine& db;
    int most;
    std::atomic<int> next = 0, done = 0;
    std::promise<void> all;

    void send() {
        const int n = next++;
        if (n >= most)
            return;
        db.post_write(
            [n](session& s) {
                inbox(s).accept({{},
                                 "slack",
                                 "Ev" + std::to_string(n),
                                 "card:" + std::to_string(n),
                                 std::string(600, 'x'),
                                 instant{std::chrono::seconds{n}}});
            },
            [this](boost::system::error_code failed, std::exception_ptr) {
                if (failed)
                    std::abort();
                send();
                if (++done == most)
                    all.set_value();
            });
    }
};

void inserts(engine& db, int at_once, int most) {
    webhooks w{.db = db, .most = most};
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < at_once; ++i)
        w.send();
    w.all.get_future().wait();
    fmt::print(stderr, "inbox, {:4} at a time: {:9.0f} durable rows/s\n", at_once, most / since(start));
}

void contacts_import(engine& db, const char* what) {
    const auto start = std::chrono::steady_clock::now();
    (void)db.write_now([](session& s) {
        book::account a;
        for (int i = 0; i < 100'000; ++i) {
            if (i % 20 == 0) {
                a = {};
                a.name = "Account " + std::to_string(i);
                a.domain = "d" + std::to_string(i) + ".example";
                accounts(s).upsert(a);
            }
            book::contact c;
            c.name = "Person Number " + std::to_string(i);
            c.title = "VP Operations";
            c.account = a.id;
            c.email = "p" + std::to_string(i) + "@d.example";
            c.phone = "+1 555 0100";
            c.zone = "America/New_York";
            contacts(s).upsert(c);
        }
    });
    fmt::print(stderr, "100,000 contacts {}: {:.2f} s\n", what, since(start));
}

void claims(engine& db) {
    (void)db.write_now([](session& s) {
        for (int i = 0; i < 20'000; ++i)
            outbox(s).put({.channel = "slack",
                           .order_key = "k" + std::to_string(i % 2000),
                           .unique_key = "u" + std::to_string(i),
                           .purpose = "brief",
                           .payload = "{}"});
    });
    const auto start = std::chrono::steady_clock::now();
    int got = 0;
    for (bool more = true; more;)
        (void)db.write_now([&](session& s) {
            const auto claimed = outbox(s).claim("slack", instant{std::chrono::seconds{9}}, 100);
            for (const auto& item : claimed)
                outbox(s).settle(item.id, outbox_state::sent);
            got += static_cast<int>(claimed.size());
            more = !claimed.empty();
        });
    fmt::print(stderr, "outbox, {} claimed and settled: {:.2f} s\n", got, since(start));
}

} // namespace

// Arguments: a folder on the disk to measure (default: the present one).
int main(int count, char** arguments) {
    const auto folder = std::filesystem::path(count > 1 ? arguments[1] : ".") / "whynow-store-bench";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    {
        auto db = engine::open({.path = (folder / "bench.db").string()}).value();
        inserts(*db, 1, 2'000);
        inserts(*db, 16, 100'000);
        inserts(*db, 200, 200'000);
        contacts_import(*db, "new");
        contacts_import(*db, "again");
        claims(*db);
    }
    const auto start = std::chrono::steady_clock::now();
    auto db = engine::open({.path = (folder / "bench.db").string()}).value();
    fmt::print(stderr, "opened with its check: {:.2f} s\n", since(start));
    db.reset();
    std::filesystem::remove_all(folder);
    return 0;
}
