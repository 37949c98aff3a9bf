#include "http/session.hpp"

#include "http/response_head.hpp"
#include "log/log.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <optional>

namespace whynow::http {
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t first_capacity = 4u << 10;
constexpr std::size_t most_capacity = 32u << 10;
constexpr std::size_t most_lingered = 256u << 10;
constexpr std::chrono::milliseconds most_linger = 1s;

struct refusal {
    int status;
    std::string_view type, title;
};

constexpr refusal refusals[] = {
    {400, "bad-request", "The request could not be read"},
    {404, "not-found", "There is nothing at this address"},
    {405, "method-not-allowed", "This address does not take that method"},
    {408, "too-slow", "The request took too long to arrive"},
    {413, "too-large", "The body is larger than this address takes"},
    {431, "header-too-large", "The header is too large"},
    {500, "internal", "Something went wrong here"},
    {501, "not-implemented", "This transfer coding is not understood"},
    {503, "busy", "The answer took too long; try again later"},
    {505, "version", "This version of HTTP is not spoken here"},
};

response refusal_of(int status) {
    for (const auto& r : refusals)
        if (r.status == status)
            return response::problem(status, r.type, r.title);
    return response::problem(status, "error", reason_phrase(status));
}

} // namespace

std::string session_surroundings::next_id() {
    char text[20];
    const int n = std::snprintf(text, sizeof text, "-%llx", static_cast<unsigned long long>(++ids));
    std::string id;
    id.reserve(id_prefix.size() + static_cast<std::size_t>(n));
    return id.append(id_prefix).append(text, static_cast<std::size_t>(n));
}

std::string_view session_surroundings::date_line() {
    const std::time_t now = std::time(nullptr);
    if (now != date_of_) {
        std::tm utc{};
        gmtime_r(&now, &utc);
        char text[48];
        date_.assign(text, std::strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc));
        date_of_ = now;
    }
    return date_;
}

session::session(connection c, session_surroundings& around)
    : connection_(std::move(c)), around_(around), reader_(around.settings.limits.header_bytes),
      remote_(connection_.remote()) {
    enter(phase::handshake, around_.settings.limits.header_wait);
}

void session::enter(phase p, std::chrono::milliseconds most) { enter(p, most, clock::now()); }

void session::enter(phase p, std::chrono::milliseconds most, clock::time_point now) {
    phase_ = p;
    since_ = now;
    until_ = now + most;
    timed_out_ = false;
}

void session::look_at_clock(clock::time_point now) {
    if (now < until_)
        return;
    timed_out_ = true;
    if (phase_ == phase::handling)
        cancellation_.emit(asio::cancellation_type::terminal);
    else
        connection_.cancel();
}

void session::wind_down() {
    if (phase_ == phase::idle)
        connection_.cancel();
}

void session::cut() {
    cut_ = true;
    if (phase_ == phase::handling)
        cancellation_.emit(asio::cancellation_type::terminal);
    else
        connection_.close();
}

asio::awaitable<void> session::run() {
    if (connection_.is_tls() && !co_await connection_.handshake())
        co_return;
    while (!cut_ && co_await serve_one()) {
    }
    connection_.shutdown_send();
}

void session::feed() {
    from_ += reader_.take({buffer_.get() + from_, to_ - from_});
    if (from_ == to_)
        from_ = to_ = 0;
}

// Brings more bytes behind the unread ones; false where none come (closed, too slow, or no room for them).
asio::awaitable<bool> session::more() {
    if (!buffer_) {
        capacity_ = first_capacity;
        buffer_ = std::make_unique_for_overwrite<char[]>(capacity_);
    }
    if (to_ == capacity_ && from_ > 0) {
        std::memmove(buffer_.get(), buffer_.get() + from_, to_ - from_);
        to_ -= from_;
        from_ = 0;
    } else if (to_ == capacity_ && capacity_ < most_capacity) {
        auto larger = std::make_unique_for_overwrite<char[]>(capacity_ * 2);
        std::memcpy(larger.get(), buffer_.get(), to_);
        buffer_ = std::move(larger);
        capacity_ *= 2;
    }
    if (to_ == capacity_)
        co_return false;
    const auto n = co_await connection_.read(buffer_.get() + to_, capacity_ - to_);
    to_ += n;
    co_return n > 0;
}

asio::awaitable<session::header_end> session::read_header() {
    const auto& limits = around_.settings.limits;
    reader_.start();
    if (from_ == to_) {
        enter(phase::idle, answered_before_ ? limits.idle_wait : limits.header_wait);
        if (connection_.is_tls()) {
            buffer_.reset();
            capacity_ = 0;
            if (!around_.stopping)
                co_await connection_.wait_readable();
        }
        const bool came = !timed_out_ && !cut_ && !around_.stopping && co_await more();
        if (!came) {
            if (!around_.stopping || cut_ || timed_out_)
                co_return header_end::gone;
            // Bytes that came together with the stop are still a request; they get their answer.
            char first[64];
            const auto n = connection_.read_now(first, sizeof first);
            if (n == 0)
                co_return header_end::gone;
            buffer_ = std::make_unique_for_overwrite<char[]>(capacity_ = first_capacity);
            std::memcpy(buffer_.get(), first, n);
            from_ = 0;
            to_ = n;
        }
    }
    enter(phase::reading, limits.header_wait);
    began_ = since_;
    for (;;) {
        feed();
        if (reader_.at() == request_reader::state::failed)
            co_return header_end::refused;
        if (reader_.at() != request_reader::state::header)
            co_return header_end::whole;
        if (!co_await more())
            co_return timed_out_ || to_ == capacity_ ? header_end::refused : header_end::gone;
    }
}

asio::awaitable<bool> session::read_body(const route& r) {
    reader_.allow_body(r.body_limit);
    if (reader_.at() == request_reader::state::body) {
        enter(phase::reading, around_.settings.limits.body_wait);
        if (reader_.wants_continue() && from_ == to_ && !reader_.version_1_0() &&
            !co_await connection_.write("HTTP/1.1 100 Continue\r\n\r\n"))
            co_return false;
    }
    if (from_ != to_ && reader_.at() == request_reader::state::body)
        feed();
    while (reader_.at() == request_reader::state::body) {
        if (!co_await more())
            co_return false;
        feed();
    }
    co_return reader_.at() == request_reader::state::done;
}

asio::awaitable<bool> session::serve_one() {
    const auto end = co_await read_header();
    if (end == header_end::gone)
        co_return false;
    id_ = around_.next_id();
    if (end == header_end::refused) {
        const bool failed = reader_.at() == request_reader::state::failed;
        co_return co_await refuse(failed ? reader_.failure() : timed_out_ ? 408 : 431);
    }
    request& r = reader_.current();
    auto match = around_.routes.find(r.method, r.path);
    if (!match.found)
        co_return co_await refuse(match.allowed.empty() ? 404 : 405, std::move(match.allowed));
    if (reader_.declares_more_than(match.found->body_limit))
        co_return co_await refuse(413);
    if (!co_await read_body(*match.found)) {
        if (reader_.at() == request_reader::state::failed)
            co_return co_await refuse(reader_.failure());
        co_return timed_out_ || to_ == capacity_ ? co_await refuse(timed_out_ ? 408 : 400) : false;
    }
    const bool head_only = r.method == "HEAD";
    const bool keep = reader_.keep_alive();
    r.captures = std::move(match.captures);
    r.remote = remote_;
    r.id = id_;
    enter(phase::handling, match.found->deadline);
    auto what = co_await ask(*match.found, std::move(r));
    const int status = what.status;
    const bool late = timed_out_;
    const bool kept = co_await answer(std::move(what), keep && !late, head_only);
    note(match.found->path, status);
    co_return kept;
}

asio::awaitable<response> session::ask(const route& r, request&& what) {
    std::optional<response> got;
    std::string why;
    try {
        got = co_await r.handler(std::move(what));
    } catch (const std::exception& e) {
        why = e.what();
    } catch (...) {
        why = "unknown";
    }
    if (timed_out_ || cut_)
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    if (got)
        co_return std::move(*got);
    if (timed_out_ || cut_) {
        log::warn("request_too_long", {{"id", id_}, {"route", r.path}});
        co_return refusal_of(503);
    }
    log::error("request_failed", {{"id", id_}, {"route", r.path}, {"why", why}});
    co_return refusal_of(500);
}

asio::awaitable<bool> session::answer(response&& what, bool keep, bool head_only) {
    const bool kept = keep && !around_.stopping && !cut_;
    out_.clear();
    append_head(out_, what, {around_.date_line(), id_, kept, reader_.version_1_0()});
    const bool with_body = !head_only && may_have_body(what.status);
    const bool together = what.body.size() <= most_capacity;
    if (with_body && together)
        out_ += what.body;
    enter(phase::writing, around_.settings.limits.write_wait);
    bool sent = co_await connection_.write(out_);
    if (sent && with_body && !together)
        sent = co_await connection_.write(what.body);
    answered_before_ = true;
    if (out_.capacity() > most_capacity)
        out_ = {};
    if (sent && !kept && reader_.at() != request_reader::state::done)
        co_await linger();
    co_return sent&& kept;
}

asio::awaitable<bool> session::refuse(int status, std::string allowed) {
    auto what = refusal_of(status);
    if (!allowed.empty())
        what.fields.add("Allow", std::move(allowed));
    const bool whole = reader_.at() == request_reader::state::done;
    const bool keep = whole && reader_.keep_alive();
    const bool head_only = whole && reader_.current().method == "HEAD";
    const bool kept = co_await answer(std::move(what), keep, head_only);
    note({}, status);
    co_return kept;
}

// Closing with unread bytes would reset the connection and could take the answer from the peer's hands.
asio::awaitable<void> session::linger() {
    connection_.shutdown_send();
    enter(phase::writing, most_linger);
    if (!buffer_)
        buffer_ = std::make_unique_for_overwrite<char[]>(capacity_ = first_capacity);
    for (std::size_t seen = 0; seen < most_lingered && !timed_out_ && !cut_;) {
        const auto n = co_await connection_.read(buffer_.get(), capacity_);
        if (n == 0)
            break;
        seen += n;
    }
}

void session::note(std::string_view path, int status) {
    const auto took = clock::now() - began_;
    if (around_.settings.on_done)
        around_.settings.on_done(path, status, took);
    if (log::enabled(log::level::debug))
        log::debug("request", {{"id", id_},
                               {"route", path},
                               {"status", status},
                               {"ms", std::chrono::duration<double, std::milli>(took).count()}});
}

} // namespace whynow::http
