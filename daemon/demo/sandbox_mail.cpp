#include "demo/sandbox_mail.hpp"

#include "log/log_and_continue.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <nlohmann/json.hpp>

namespace whynow::demo {

using asio::ip::tcp;
using nlohmann::json;

namespace {

constexpr std::size_t most_bytes = 1u << 20, most_mails = 200;

// "MAIL FROM:<a@b> SIZE=12" → a@b
std::string between_angles(std::string_view line) {
    const auto from = line.find('<'), to = line.find('>');
    return from == std::string_view::npos || to == std::string_view::npos || to < from
               ? std::string{}
               : std::string(line.substr(from + 1, to - from - 1));
}

std::string decoded_quoted_printable(std::string_view in) {
    std::string out;
    const auto hex = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                      : -1;
    };
    for (std::size_t i = 0; i < in.size(); ++i) {
        if (in[i] == '=' && in.substr(i + 1, 2) == "\r\n") {
            i += 2;
        } else if (in[i] == '=' && i + 2 < in.size() && hex(in[i + 1]) >= 0 && hex(in[i + 2]) >= 0) {
            out += char(hex(in[i + 1]) * 16 + hex(in[i + 2]));
            i += 2;
        } else if (in[i] != '\r') {
            out += in[i];
        }
    }
    return out;
}

std::string decoded_base64(std::string_view in) {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int have = 0;
    for (const char c : in)
        if (const auto v = letters.find(c); v != std::string_view::npos) {
            bits = bits << 6 | unsigned(v);
            if ((have += 6) >= 8)
                out += char(bits >> (have -= 8) & 0xFF);
        }
    return out;
}

json headers_of(std::string_view head) {
    auto out = json::array();
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        const auto line = head.substr(0, end);
        head = end == std::string_view::npos ? std::string_view{} : head.substr(end + 2);
        if (!line.empty() && (line.front() == ' ' || line.front() == '\t') && !out.empty()) {
            out.back()[1] = out.back()[1].get<std::string>() + std::string(line);
            continue;
        }
        const auto colon = line.find(':');
        if (colon != std::string_view::npos)
            out.push_back(
                {std::string(line.substr(0, colon)), std::string(line.substr(std::min(line.size(), colon + 2)))});
    }
    return out;
}

json mail_of(std::string from, std::string to, const std::string& raw, std::string at) {
    const auto gap = raw.find("\r\n\r\n");
    auto headers = headers_of(std::string_view(raw).substr(0, gap));
    auto body = gap == std::string::npos ? std::string{} : raw.substr(gap + 4);
    for (const auto& h : headers)
        if (http::same_name(h[0].get_ref<const std::string&>(), "Content-Transfer-Encoding")) {
            const auto how = h[1].get<std::string>();
            body = how == "quoted-printable" ? decoded_quoted_printable(body)
                   : how == "base64"         ? decoded_base64(body)
                                             : body;
        }
    return {{"from", std::move(from)},
            {"to", std::move(to)},
            {"headers", std::move(headers)},
            {"body", std::move(body)},
            {"at", std::move(at)}};
}

} // namespace

struct mail_sandbox::parts : std::enable_shared_from_this<mail_sandbox::parts> {
    stage& on;
    tcp::acceptor door;
    std::vector<json> mails;

    parts(asio::io_context& io, stage& s) : on(s), door(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {}

    asio::awaitable<void> accept() {
        const auto self = shared_from_this();
        while (door.is_open()) {
            boost::system::error_code ec;
            auto peer = co_await door.async_accept(asio::redirect_error(asio::use_awaitable, ec));
            if (ec)
                co_return;
            asio::co_spawn(door.get_executor(), talk(std::move(peer)), log::log_and_continue{"sandbox_mail"});
        }
    }

    static asio::awaitable<bool> tell(tcp::socket& peer, std::string line) {
        boost::system::error_code ec;
        line += "\r\n";
        co_await asio::async_write(peer, asio::buffer(line), asio::redirect_error(asio::use_awaitable, ec));
        co_return !ec;
    }

    // The next piece that ends so, without the end; nothing when the peer has gone or says too much.
    static asio::awaitable<std::optional<std::string>> until(tcp::socket& peer, std::string& pending,
                                                             std::string_view end) {
        boost::system::error_code ec;
        const auto n = co_await asio::async_read_until(peer, asio::dynamic_buffer(pending, most_bytes), end,
                                                       asio::redirect_error(asio::use_awaitable, ec));
        if (ec)
            co_return std::nullopt;
        std::string out = pending.substr(0, n - end.size());
        pending.erase(0, n);
        co_return out;
    }

    void keep(const std::string& from, const std::string& to, const std::string& stuffed) {
        std::string raw; // a leading dot was doubled on the way
        for (std::size_t i = 0; i < stuffed.size(); ++i)
            if (!(stuffed[i] == '.' && (i == 0 || stuffed[i - 1] == '\n')))
                raw += stuffed[i];
        mails.push_back(mail_of(from, to, raw, domain::to_iso(on.now())));
        if (mails.size() > most_mails)
            mails.erase(mails.begin());
        on.changed();
    }

    asio::awaitable<void> talk(tcp::socket peer) {
        const auto self = shared_from_this();
        std::string pending, from, to;
        if (!co_await tell(peer, "220 sandbox.example ESMTP"))
            co_return;
        while (auto line = co_await until(peer, pending, "\r\n")) {
            const auto is = [&](std::string_view word) {
                return line->size() >= word.size() &&
                       http::same_name(std::string_view(*line).substr(0, word.size()), word);
            };
            std::string answer = "250 2.0.0 Ok";
            if (is("EHLO"))
                answer = "250-sandbox.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES";
            else if (is("MAIL FROM:"))
                from = between_angles(*line);
            else if (is("RCPT TO:"))
                to = between_angles(*line);
            else if (is("DATA")) {
                if (!co_await tell(peer, "354 End data with <CR><LF>.<CR><LF>"))
                    co_return;
                const auto mail = co_await until(peer, pending, "\r\n.\r\n");
                if (!mail)
                    co_return;
                keep(from, to, *mail);
                answer = "250 2.0.0 Ok: kept in the sandbox";
            } else if (is("QUIT")) {
                static_cast<void>(co_await tell(peer, "221 2.0.0 Bye"));
                co_return;
            } else if (!is("HELO") && !is("RSET") && !is("NOOP"))
                answer = "502 5.5.1 Not implemented";
            if (!co_await tell(peer, std::move(answer)))
                co_return;
        }
    }
};

mail_sandbox::mail_sandbox(asio::io_context& io, stage& on) : parts_(std::make_shared<parts>(io, on)) {
    asio::co_spawn(io, parts_->accept(), log::log_and_continue{"sandbox_mail"});
}
mail_sandbox::~mail_sandbox() {
    boost::system::error_code ec;
    parts_->door.close(ec);
}

std::uint16_t mail_sandbox::port() const { return parts_->door.local_endpoint().port(); }
json mail_sandbox::state() const { return parts_->mails; }

} // namespace whynow::demo
