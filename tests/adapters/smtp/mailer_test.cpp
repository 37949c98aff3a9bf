#include "adapters/smtp/mailer.hpp"
#include "support/certificate.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

using namespace whynow::smtp;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// What the fake answers at each stage; an empty reply hangs up instead, "silent" says nothing and waits.
struct script {
    std::string greeting = "220 fake ready";
    std::string sender = "250 2.1.0 fine";
    std::string recipient = "250 2.1.5 fine";
    std::string data = "354 go on";
    std::string whole = "250 2.0.0 queued as 7";
    std::string login = "235 2.7.0 welcome";
    bool offers_tls = false;
};

struct seen {
    int connections = 0;
    std::vector<std::string> commands;
    std::vector<std::string> mails; // as received, dots unstuffed
    int count(std::string_view command) const {
        int n = 0;
        for (const auto& c : commands)
            n += c.starts_with(command) ? 1 : 0;
        return n;
    }
};

class fake_smtp {
  public:
    fake_smtp(asio::io_context& io, script s, const wire::certificate* cert = nullptr)
        : io_(io), script_(std::move(s)), acceptor_(io, {asio::ip::address_v4::loopback(), 0}) {
        if (cert) {
            tls_.use_certificate_chain_file(cert->file);
            tls_.use_private_key_file(cert->key, asio::ssl::context::pem);
        }
        asio::co_spawn(io, accept(), [](std::exception_ptr) {});
    }
    std::string server() const { return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }
    void rescript(script s) { script_ = std::move(s); }
    seen got;

  private:
    asio::awaitable<void> accept() {
        for (;;) {
            auto s = co_await acceptor_.async_accept(asio::use_awaitable);
            ++got.connections;
            asio::co_spawn(io_, serve(std::move(s)), [](std::exception_ptr) {});
        }
    }

    template <class Stream>
    asio::awaitable<bool> say(Stream& s, std::string line) {
        if (line.empty())
            co_return false;
        if (line == "silent") {
            std::string nothing;
            co_await asio::async_read_until(s, asio::dynamic_buffer(nothing), "\r\nnever", asio::use_awaitable);
        }
        line += "\r\n";
        co_await asio::async_write(s, asio::buffer(line), asio::use_awaitable);
        co_return true;
    }

    asio::awaitable<void> serve(tcp::socket s) {
        if (!co_await say(s, script_.greeting) || !co_await talk(s, script_.offers_tls))
            co_return;
        asio::ssl::stream<tcp::socket&> secure(s, tls_);
        co_await secure.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
        co_await talk(secure, false);
    }

    // True: STARTTLS was asked for.
    template <class Stream>
    asio::awaitable<bool> talk(Stream& s, bool offers_tls) {
        std::string waiting;
        for (;;) {
            const auto n =
                co_await asio::async_read_until(s, asio::dynamic_buffer(waiting), "\r\n", asio::use_awaitable);
            const auto line = waiting.substr(0, n - 2);
            waiting.erase(0, n);
            const auto before = got.commands.empty() ? std::string() : got.commands.back();
            got.commands.push_back(line);
            std::string reply = "250 fine";
            if (line.starts_with("EHLO"))
                reply = "250-fake\r\n" + std::string(offers_tls ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN";
            else if (line == "STARTTLS") {
                co_await say(s, "220 go");
                co_return true;
            } else if (line == "AUTH PLAIN")
                reply = "334 ";
            else if (before == "AUTH PLAIN")
                reply = script_.login;
            else if (line.starts_with("MAIL"))
                reply = script_.sender;
            else if (line.starts_with("RCPT"))
                reply = script_.recipient;
            else if (line == "DATA")
                reply = script_.data;
            else if (line == "QUIT") {
                co_await say(s, "221 2.0.0 bye");
                co_return false;
            }
            if (!co_await say(s, reply))
                co_return false;
            if (line == "DATA" && reply.starts_with("354")) {
                const auto end =
                    co_await asio::async_read_until(s, asio::dynamic_buffer(waiting), "\r\n.\r\n", asio::use_awaitable);
                auto mail = waiting.substr(0, end - 3);
                waiting.erase(0, end);
                for (auto dot = mail.find("\r\n.."); dot != std::string::npos; dot = mail.find("\r\n..", dot + 3))
                    mail.erase(dot + 2, 1);
                got.mails.push_back(mail);
                if (!co_await say(s, script_.whole))
                    co_return false;
            }
        }
    }

    asio::io_context& io_;
    script script_;
    tcp::acceptor acceptor_;
    asio::ssl::context tls_{asio::ssl::context::tls_server};
};

smtp_settings settings(const fake_smtp& f) {
    smtp_settings s;
    s.server = f.server();
    s.plain_on_loopback = true;
    s.deadline = 5s;
    return s;
}

envelope mail(std::string to = "jerry@northwind.example") {
    return {"dana@seller.example", std::move(to), "Subject: x\r\n\r\nline\r\n.dot\r\n..dots\r\nend\r\n"};
}

// Sends the mails one after the other through one mailer; the io loop runs the fake meanwhile.
std::vector<mail_result> deliver(asio::io_context& io, const smtp_settings& s, std::vector<envelope> mails) {
    std::vector<mail_result> results;
    smtp_mailer mailer(s);
    const auto all = [&]() -> asio::awaitable<void> {
        for (auto& m : mails)
            results.push_back(co_await mailer.send(m));
    };
    bool ended = false;
    asio::co_spawn(io, all(), [&](std::exception_ptr e) {
        CHECK_FALSE(e);
        ended = true;
        io.stop();
    });
    io.restart();
    io.run_for(20s);
    REQUIRE(ended);
    return results;
}

mail_result outcome_of(script s, seen* got = nullptr) {
    asio::io_context io(1);
    fake_smtp f(io, std::move(s));
    auto results = deliver(io, settings(f), {mail()});
    if (got)
        *got = f.got;
    return results.at(0);
}

} // namespace

TEST_CASE("a mail arrives as it was built; the connection is kept for the next") {
    asio::io_context io(1);
    fake_smtp f(io, {});
    const auto results = deliver(io, settings(f), {mail(), mail("ann@northwind.example")});
    REQUIRE(results.size() == 2);
    REQUIRE(std::holds_alternative<sent>(results[0]));
    CHECK(std::get<sent>(results[0]).reply == "2.0.0 queued as 7");
    CHECK(std::holds_alternative<sent>(results[1]));
    REQUIRE(f.got.mails.size() == 2);
    CHECK(f.got.mails[0] == mail().bytes);
    CHECK(f.got.connections == 1);
    CHECK(f.got.count("RCPT TO:<jerry@northwind.example>") == 1);
    CHECK(f.got.count("RCPT TO:<ann@northwind.example>") == 1);
    CHECK(f.got.count("EHLO seller.example") == 1);
}

TEST_CASE("a mail without a line that begins with a dot is known to be sent") {
    asio::io_context io(1);
    fake_smtp f(io, {});
    const auto results =
        deliver(io, settings(f), {{"dana@seller.example", "jerry@northwind.example", "Subject: x\r\n\r\nplain\r\n"}});
    CHECK(std::holds_alternative<sent>(results.at(0)));
    CHECK(f.got.mails.size() == 1);
}

TEST_CASE("refusals are told apart: dead address, refused mail, temporary") {
    script s;
    s.recipient = "550 5.1.1 no such user";
    auto r = std::get<rejected>(outcome_of(s));
    CHECK(r.code == 550);
    CHECK(r.enhanced == "5.1.1");
    CHECK(r.address_dead);
    s.recipient = "550 unknown";
    CHECK(std::get<rejected>(outcome_of(s)).address_dead);
    s.recipient = "550 5.7.1 blocked by policy";
    CHECK_FALSE(std::get<rejected>(outcome_of(s)).address_dead);
    s.recipient = "552 5.2.2 mailbox full";
    CHECK_FALSE(std::get<rejected>(outcome_of(s)).address_dead);
    s.recipient = "450 4.2.1 greylisted, come back";
    auto later = std::get<not_sent>(outcome_of(s));
    CHECK(later.code == 450);
    CHECK(later.enhanced == "4.2.1");
    CHECK(later.why == "temporary");

    s = {};
    s.sender = "553 5.1.8 bad sender";
    CHECK_FALSE(std::get<rejected>(outcome_of(s)).address_dead);
    s = {};
    s.data = "554 5.7.1 no";
    CHECK(std::get<rejected>(outcome_of(s)).code == 554);
    s = {};
    s.whole = "554 5.7.1 spam";
    CHECK(std::get<rejected>(outcome_of(s)).code == 554);
    s.whole = "550 5.1.1 found out late";
    CHECK(std::get<rejected>(outcome_of(s)).address_dead);
    s.whole = "451 4.3.0 try later";
    CHECK(std::get<not_sent>(outcome_of(s)).code == 451);
}

TEST_CASE("a server that is not ready is no verdict on the mail") {
    script s;
    s.greeting = "421 4.3.2 too busy";
    CHECK(std::get<not_sent>(outcome_of(s)).code == 421);
    s.greeting = "554 no service";
    const auto r = std::get<not_sent>(outcome_of(s));
    CHECK(r.code == 554);
    CHECK(r.why == "server");
    s.greeting = "";
    CHECK(std::holds_alternative<not_sent>(outcome_of(s)));
}

TEST_CASE("broken before the mail is whole is safe, after it is unknown") {
    script s;
    s.sender = "";
    CHECK(std::holds_alternative<not_sent>(outcome_of(s)));
    s = {};
    s.recipient = "";
    CHECK(std::holds_alternative<not_sent>(outcome_of(s)));
    s = {};
    s.data = "";
    CHECK(std::holds_alternative<not_sent>(outcome_of(s)));
    s = {};
    s.whole = "";
    seen got;
    CHECK(std::holds_alternative<unknown>(outcome_of(s, &got)));
    CHECK(got.mails.size() == 1);
    CHECK(got.count("RCPT") == 1);
}

TEST_CASE("a silent server is left at the deadline") {
    for (const bool late : {false, true}) {
        asio::io_context io(1);
        script s;
        (late ? s.whole : s.recipient) = "silent";
        fake_smtp f(io, s);
        auto quick = settings(f);
        quick.deadline = 100ms;
        const auto from = std::chrono::steady_clock::now();
        const auto result = deliver(io, quick, {mail()}).at(0);
        CHECK(std::chrono::steady_clock::now() - from < 3s);
        CHECK(result.index() == (late ? mail_result(unknown{}).index() : mail_result(not_sent{}).index()));
    }
}

TEST_CASE("one refused recipient leaves the next mail alone") {
    asio::io_context io(1);
    script s;
    s.recipient = "550 5.1.1 no";
    fake_smtp f(io, s);
    const auto set = settings(f);
    CHECK(std::holds_alternative<rejected>(deliver(io, set, {mail("gone@northwind.example")}).at(0)));
    f.rescript({});
    CHECK(std::holds_alternative<sent>(deliver(io, set, {mail()}).at(0)));
}

TEST_CASE("nobody listens, no TLS, several recipients: nothing is said") {
    asio::io_context io(1);
    fake_smtp f(io, {});
    auto strict = settings(f);
    strict.plain_on_loopback = false;
    const auto plain = std::get<not_sent>(deliver(io, strict, {mail()}).at(0));
    CHECK(plain.why == "tls");
    CHECK(f.got.count("MAIL") == 0);
    CHECK(f.got.count("AUTH") == 0);
    auto nobody = settings(f);
    nobody.server = "smtp://127.0.0.1:1";
    CHECK(std::get<not_sent>(deliver(io, nobody, {mail()}).at(0)).why == "connect");
    for (const char* bad : {"a@b.example,c@d.example", "a@b.example>\r\nRCPT TO:<c@d.example", ""})
        CHECK(std::holds_alternative<rejected>(deliver(io, settings(f), {mail(bad)}).at(0)));
    CHECK(f.got.count("MAIL") == 0);
}

TEST_CASE("STARTTLS, then login, then the mail; a refused login and a strange certificate send nothing") {
    const wire::certificate cert;
    asio::io_context io(1);
    script s;
    s.offers_tls = true;
    fake_smtp f(io, s, &cert);
    auto set = settings(f);
    set.plain_on_loopback = false;
    set.user = "dana";
    set.password = "secret";
    CHECK(std::get<not_sent>(deliver(io, set, {mail()}).at(0)).why == "tls");
    CHECK(f.got.count("AUTH") == 0);
    set.ca_file = cert.file;
    CHECK(std::holds_alternative<sent>(deliver(io, set, {mail()}).at(0)));
    CHECK(f.got.count("AUTH PLAIN") == 1);
    CHECK(f.got.count("AGRhbmEAc2VjcmV0") == 1);
    CHECK(f.got.mails.size() == 1);
    s.login = "535 5.7.8 wrong";
    f.rescript(s);
    const auto refused = std::get<not_sent>(deliver(io, set, {mail()}).at(0));
    CHECK(refused.why == "login");
    CHECK(refused.code == 535);
    CHECK(f.got.mails.size() == 1);
}

TEST_CASE("a mailer that goes breaks off what is under way") {
    asio::io_context io(1);
    script s;
    s.recipient = "silent";
    fake_smtp f(io, s);
    auto set = settings(f);
    set.deadline = 20s;
    std::optional<mail_result> result;
    auto mailer = std::make_unique<smtp_mailer>(set);
    const auto one = [&]() -> asio::awaitable<void> { result = co_await mailer->send(mail()); };
    asio::co_spawn(io, one(), [](std::exception_ptr) {});
    while (f.got.count("RCPT") == 0)
        io.run_one_for(1s);
    const auto from = std::chrono::steady_clock::now();
    mailer.reset();
    io.run_for(100ms);
    CHECK(std::chrono::steady_clock::now() - from < 3s);
    REQUIRE(result);
    CHECK(std::get<not_sent>(*result).why == "stopped");
}
