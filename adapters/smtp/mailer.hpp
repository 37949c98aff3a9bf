// Sending mail: the port, and its implementation over libcurl's SMTP.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <variant>

namespace whynow::smtp {

// One mail on its way: SMTP's envelope and the bytes of build().
struct envelope {
    std::string from;
    std::string to;
    std::string bytes;
};

// The server took the mail.
struct sent {
    std::string reply; // its words, for the record
};
// The server said no for good (5xx): the same mail will not pass. `address_dead`: it said the recipient does not
// exist or takes no mail, so nothing may be sent there any more; otherwise it is about this mail or the moment.
struct rejected {
    int code = 0;
    std::string enhanced; // "5.1.1", or empty
    bool address_dead = false;
    std::string reply;
};
// Nothing was delivered, a later try is safe: no connection, no TLS, login refused, 4xx, broken before the mail was
// whole. `code` is the server's where it spoke.
struct not_sent {
    int code = 0;
    std::string enhanced;
    std::string why; // "connect", "tls", "login", "temporary", "server", "broken", "stopped"
};
// The whole mail went out and no answer came: it may have been delivered.
struct unknown {};

using mail_result = std::variant<sent, rejected, not_sent, unknown>;

class mailer {
  public:
    virtual ~mailer() = default;
    // One mail to one recipient. Resumes on the caller's executor.
    virtual boost::asio::awaitable<mail_result> send(envelope what) = 0;
};

struct smtp_settings {
    std::string server; // "smtp://host:587", "smtps://host:465" or "host:port"
    std::string user;   // empty = no login
    std::string password;
    std::string ca_file;            // additional trust
    bool plain_on_loopback = false; // tests: no TLS needed where the host is 127.0.0.1, ::1 or localhost
    std::chrono::milliseconds deadline{25'000};
    std::chrono::milliseconds connect_deadline{10'000};
    std::size_t threads = 2; // mails under way at once
};

// Connections need TLS (implicit, or STARTTLS before anything is said) except as smtp_settings allows; certificates
// are checked. Connections are kept and used again. send() may be called from any executor.
class smtp_mailer final : public mailer {
  public:
    explicit smtp_mailer(smtp_settings settings);
    // Breaks off what is under way (its result follows the rules above) and waits for it.
    ~smtp_mailer() override;

    boost::asio::awaitable<mail_result> send(envelope what) override;

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace whynow::smtp
