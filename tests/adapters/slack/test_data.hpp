// What the tests of this folder share: files of tests/data/slack, a Slack that answers from a list, a block checker.
#pragma once

#include "domain/core/time.hpp"
#include "http/client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <deque>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace slack_test {

using whynow::domain::instant;

inline const instant noon{std::chrono::seconds{1764000000}};

inline std::string file(const std::string& path) {
    std::ifstream in(std::string(WHYNOW_SOURCE_DIR) + "/tests/" + path, std::ios::binary);
    if (!in)
        throw std::runtime_error("no " + path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}
inline std::string data(const std::string& name) { return file("data/slack/" + name); }
inline std::string interaction(const std::string& name) {
    return "payload=" + whynow::http::percent_encoded(data(name));
}

// Plays Slack: keeps what was asked, answers from the list in order (the last one again and again).
class recorded_client final : public whynow::http::client {
  public:
    using result = boost::system::result<whynow::http::response>;
    std::vector<whynow::http::outgoing> asked;
    std::deque<result> answers;

    void says(std::string json, int status = 200, std::string retry_after = {}) {
        auto r = whynow::http::response::json(status, std::move(json));
        if (!retry_after.empty())
            r.fields.set("Retry-After", retry_after);
        answers.emplace_back(std::move(r));
    }
    void breaks(whynow::http::client_errc e) { answers.emplace_back(whynow::http::make_error_code(e)); }

    boost::asio::awaitable<result> exchange(whynow::http::outgoing what) override {
        asked.push_back(std::move(what));
        if (answers.empty())
            throw std::logic_error("asked more than expected");
        auto out = answers.front();
        if (answers.size() > 1)
            answers.pop_front();
        co_return out;
    }
};

template <class T>
T run(boost::asio::awaitable<T> task) {
    boost::asio::io_context io;
    auto future = boost::asio::co_spawn(io, std::move(task), boost::asio::use_future);
    io.run();
    return future.get();
}

} // namespace slack_test
