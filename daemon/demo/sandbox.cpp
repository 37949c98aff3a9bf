#include "demo/sandbox.hpp"

namespace whynow::demo {

asio::awaitable<http::response> to_daemon(stage& s, std::string path, std::string body,
                                          std::vector<std::pair<std::string, std::string>> fields) {
    http::outgoing out;
    out.method = "POST";
    out.url = s.daemon + path;
    for (auto& [name, value] : fields)
        out.fields.add(std::move(name), std::move(value));
    out.body = std::move(body);
    out.any_address = true;
    out.deadline = std::chrono::milliseconds{20'000};
    auto got = co_await s.client->exchange(std::move(out));
    if (!got) {
        http::response none;
        none.status = 0;
        none.body = got.error().message();
        co_return none;
    }
    co_return std::move(*got);
}

} // namespace whynow::demo
