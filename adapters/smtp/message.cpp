#include "adapters/smtp/message.hpp"

#include "adapters/smtp/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

namespace whynow::smtp {
namespace {

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool dot_atom(std::string_view text) {
    const auto atom = [](char c) {
        return letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), atom) && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos;
}

bool label(std::string_view text) {
    const auto one = [](char c) { return letter_or_digit(c) || c == '-'; };
    return !text.empty() && text.size() <= 63 && std::all_of(text.begin(), text.end(), one) && text.front() != '-' &&
           text.back() != '-';
}

bool domain(std::string_view text) {
    int labels = 0;
    for (;; ++labels) {
        const auto dot = std::min(text.find('.'), text.size());
        if (!label(text.substr(0, dot)))
            return false;
        if (dot == text.size())
            return labels > 0;
        text.remove_prefix(dot + 1);
    }
}

bool valid_id(std::string_view id) {
    if (id.size() < 5 || id.size() > 250 || id.front() != '<' || id.back() != '>')
        return false;
    id = id.substr(1, id.size() - 2);
    const auto at = id.find('@');
    return at != std::string_view::npos && dot_atom(id.substr(0, at)) && dot_atom(id.substr(at + 1));
}

bool valid_unsubscribe(std::string_view url) {
    const auto fine = [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>' && c != ','; };
    return url.starts_with("https://") && url.size() < 900 && std::all_of(url.begin(), url.end(), fine);
}

std::string mailbox_field(std::string_view name, const mailbox& m) {
    std::string out(name);
    out += ": ";
    if (m.name.empty())
        return out + m.address + "\r\n";
    out += phrase(m.name, out.size());
    const auto last = out.rfind("\r\n");
    const auto on_line = last == std::string::npos ? out.size() : out.size() - last - 2;
    out += on_line + m.address.size() + 3 > 76 ? "\r\n <" : " <";
    return out + m.address + ">\r\n";
}

std::string date_field(std::chrono::sys_seconds at) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    char text[64];
    std::snprintf(text, sizeof text, "Date: %s, %02u %s %04d %02d:%02d:%02d +0000\r\n",
                  days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

std::optional<message_error> fault_of(const message& m) {
    for (const auto* text : {&m.from.name, &m.from.address, &m.to.name, &m.to.address, &m.reply_to.name,
                             &m.reply_to.address, &m.subject, &m.id, &m.in_reply_to, &m.unsubscribe_url}) {
        if (!valid_utf8(*text))
            return message_error::not_utf8;
        if (has_line_break_or_control(*text))
            return message_error::line_break_in_header;
    }
    if (!valid_utf8(m.body))
        return message_error::not_utf8;
    if (!valid_address(m.from.address))
        return message_error::bad_from;
    if (!valid_address(m.to.address))
        return message_error::bad_recipient;
    if (!m.reply_to.address.empty() && !valid_address(m.reply_to.address))
        return message_error::bad_reply_to;
    if (!valid_id(m.id) || (!m.in_reply_to.empty() && !valid_id(m.in_reply_to)))
        return message_error::bad_id;
    if (!m.unsubscribe_url.empty() && !valid_unsubscribe(m.unsubscribe_url))
        return message_error::bad_unsubscribe;
    return std::nullopt;
}

} // namespace

std::string_view to_string(message_error e) {
    switch (e) {
    case message_error::bad_from: return "the sender's address is not an address";
    case message_error::bad_recipient: return "the recipient's address is not one plain address";
    case message_error::bad_reply_to: return "the reply address is not an address";
    case message_error::bad_id: return "the message id is not one";
    case message_error::bad_unsubscribe: return "the unsubscribe address is not an https URL";
    case message_error::line_break_in_header: return "a line break or control character in a header";
    case message_error::not_utf8: break;
    }
    return "the text is not UTF-8";
}

bool valid_address(std::string_view address) {
    const auto at = address.find('@');
    return address.size() <= 254 && at != std::string_view::npos && at <= 64 && dot_atom(address.substr(0, at)) &&
           domain(address.substr(at + 1));
}

std::variant<std::string, message_error> build(const message& m) {
    if (const auto fault = fault_of(m))
        return *fault;
    std::string out = mailbox_field("From", m.from);
    out += mailbox_field("To", m.to);
    if (!m.reply_to.address.empty())
        out += mailbox_field("Reply-To", m.reply_to);
    out += text_field("Subject", m.subject);
    out += date_field(m.date);
    out += "Message-ID: " + m.id + "\r\n";
    if (!m.in_reply_to.empty())
        out += "In-Reply-To: " + m.in_reply_to + "\r\nReferences: " + m.in_reply_to + "\r\n";
    if (!m.unsubscribe_url.empty())
        out += "List-Unsubscribe: <" + m.unsubscribe_url + ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    out += "MIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    return out + quoted_printable(m.body);
}

} // namespace whynow::smtp
