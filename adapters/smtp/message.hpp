// A mail as values, and as the bytes of RFC 5322. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

namespace whynow::smtp {

struct mailbox {
    std::string name;    // UTF-8, may be empty
    std::string address; // "jerry@northwind.example"
};

struct message {
    mailbox from;
    mailbox to;       // one recipient, always
    mailbox reply_to; // no Reply-To where its address is empty
    std::string subject;
    std::string body; // UTF-8 plain text, lines end in \n or \r\n
    std::chrono::sys_seconds date{};
    std::string id;              // "<…@…>": the caller's, so that a second try carries the same
    std::string in_reply_to;     // "<…@…>" or empty
    std::string unsubscribe_url; // https: List-Unsubscribe with RFC 8058 one-click; empty = none
};

enum class message_error {
    bad_from,
    bad_recipient,
    bad_reply_to,
    bad_id,
    bad_unsubscribe,
    line_break_in_header, // CR, LF, NUL, U+2028, U+2029, U+0085 or another control character
    not_utf8,
};
std::string_view to_string(message_error e);

// The mail's bytes with CRLF line ends, every line at most 76 bytes where it can be folded and never over 998, all of
// it ASCII. What could add a header or a recipient is an error, never cleaned up silently.
std::variant<std::string, message_error> build(const message& m);

// One plain address, "local@domain.tld": a dot-atom of ASCII before the @, a domain of at least two labels after it,
// 254 bytes at most. No comments, quotes, routes, address literals or lists.
bool valid_address(std::string_view address);

} // namespace whynow::smtp
