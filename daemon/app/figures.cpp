#include "app/figures.hpp"

#include "store/aggregates.hpp"
#include "workday/errands.hpp"

#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace whynow::app {

void request_figures::count(std::string_view path, int status, std::chrono::nanoseconds took) {
    const auto group = status / 100 * 100;
    auto [it, fresh] = seen_.try_emplace({std::string(path), group});
    if (fresh) {
        const auto code = fmt::format("{}xx", group / 100);
        it->second = {
            into_.counter("whynow_http_requests_total", "Requests answered.", {{"path", path}, {"status", code}}),
            into_.histogram("whynow_http_seconds", "Time to the answer.", {{"path", path}})};
    }
    it->second.first.add();
    it->second.second.observe(std::chrono::duration<double>(took).count());
}

asio::awaitable<void> publish_standing(house& in) {
    std::map<std::string, std::int64_t> rows, unreached;
    const auto rules = in.rules();
    store::store::work look = [&](store::session& s) {
        rows = store::outbox(s).counts();
        for (const auto& platform : rules->team.platforms)
            if (platform != "console")
                unreached[platform] = 0;
        for (const auto& r : store::reps(s).all())
            if (const auto chat = workday::unreached_chat(s, r, *rules); !chat.empty())
                ++unreached[chat];
    };
    if (!co_await in.store->read(std::move(look)))
        co_return;
    for (const auto& [key, n] : rows) {
        const auto slash = key.find('/');
        in.metrics
            .gauge("whynow_outbox_rows", "Outbox rows by channel and state.",
                   {{"channel", key.substr(0, slash)}, {"state", key.substr(slash + 1)}})
            .set(double(n));
    }
    for (const auto& [platform, n] : unreached)
        in.metrics
            .gauge("whynow_people_unreached", "People whose own chat cannot be written to.", {{"platform", platform}})
            .set(double(n));
}

} // namespace whynow::app
