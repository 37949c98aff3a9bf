#include "adapters/smtp/encoding.hpp"

#include <algorithm>

namespace whynow::smtp {
namespace {

constexpr std::size_t longest_line = 76;
constexpr std::size_t longest_word = 75;
constexpr std::string_view word_start = "=?UTF-8?Q?";
constexpr std::string_view word_end = "?=";

unsigned byte_at(std::string_view s, std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; }

// The length of the well-formed character at the front, 0 where there is none.
std::size_t character(std::string_view s) {
    const unsigned a = byte_at(s, 0), b = byte_at(s, 1);
    const auto tails = [&](std::size_t n) {
        for (std::size_t i = 1; i < n; ++i)
            if ((byte_at(s, i) & 0xC0u) != 0x80u)
                return std::size_t{0};
        return n;
    };
    if (a < 0x80)
        return s.empty() ? 0 : 1;
    if (a < 0xC2 || a > 0xF4)
        return 0;
    if (a < 0xE0)
        return tails(2);
    if (a < 0xF0)
        return (a == 0xE0 && b < 0xA0) || (a == 0xED && b > 0x9F) ? 0 : tails(3);
    return (a == 0xF0 && b < 0x90) || (a == 0xF4 && b > 0x8F) ? 0 : tails(4);
}

void append_hex(std::string& out, char c) {
    static constexpr char digits[] = "0123456789ABCDEF";
    const auto u = static_cast<unsigned char>(c);
    out += '=';
    out += digits[u >> 4];
    out += digits[u & 15];
}

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string in_word(std::string_view one) {
    std::string out;
    for (const char c : one) {
        if (c == ' ')
            out += '_';
        else if (letter_or_digit(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/')
            out += c;
        else
            append_hex(out, c);
    }
    return out;
}

std::string encoded_words(std::string_view text, std::size_t used) {
    std::string out;
    std::string word(word_start);
    std::size_t room = std::min(longest_word, longest_line - std::min(used, longest_line - 30));
    while (!text.empty()) {
        const auto n = std::max<std::size_t>(1, character(text));
        const auto more = in_word(text.substr(0, n));
        if (word.size() + more.size() + word_end.size() > room) {
            out += word;
            out += word_end;
            out += "\r\n ";
            word = word_start;
            room = longest_word;
        }
        word += more;
        text.remove_prefix(n);
    }
    out += word;
    out += word_end;
    return out;
}

// Whether the text can stand as it is: ASCII, no look of an encoded word, no run that would break the line limit.
bool plain(std::string_view text) {
    std::size_t run = 0, longest = 0;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80)
            return false;
        run = c == ' ' ? 0 : run + 1;
        longest = std::max(longest, run);
    }
    const bool edges = text.starts_with(' ') || text.ends_with(' ') || text.find("  ") != std::string_view::npos;
    return longest < 60 && !edges && text.find("=?") == std::string_view::npos;
}

std::string folded(std::string_view text, std::size_t used) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find(' ', 1), text.size()); // a word with the space before it
        if (used + end > longest_line && !out.empty()) {
            out += "\r\n";
            used = 0;
        }
        out += text.substr(0, end);
        used += end;
        text.remove_prefix(end);
    }
    return out;
}

} // namespace

bool valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto n = character(text);
        if (n == 0)
            return false;
        text.remove_prefix(n);
    }
    return true;
}

bool has_line_break_or_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned a = byte_at(text, i), b = byte_at(text, i + 1), c = byte_at(text, i + 2);
        if (a < 0x20 || a == 0x7F || (a == 0xC2 && b < 0xA0))
            return true; // C0, DEL, C1 (U+0085 among them)
        if (a == 0xE2 && b == 0x80 && (c == 0xA8 || c == 0xA9))
            return true;
    }
    return false;
}

std::string text_field(std::string_view name, std::string_view value) {
    std::string out(name);
    out += ": ";
    out += plain(value) ? folded(value, out.size()) : encoded_words(value, out.size());
    return out + "\r\n";
}

std::string phrase(std::string_view text, std::size_t used) {
    if (!plain(text) || text.size() > 50)
        return encoded_words(text, used);
    const bool atoms = std::all_of(text.begin(), text.end(), [](char c) { return letter_or_digit(c) || c == ' '; });
    if (atoms)
        return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

std::string quoted_printable(std::string_view text) {
    std::string out, line;
    const auto end_line = [&] {
        if (!line.empty() && line.back() == ' ') { // a space at the end of a line does not survive the way
            line.pop_back();
            line += "=20";
        }
        out += line + "\r\n";
        line.clear();
    };
    while (!text.empty()) {
        if (text.front() == '\n' || text.starts_with("\r\n")) {
            end_line();
            text.remove_prefix(text.front() == '\n' ? 1 : 2);
            continue;
        }
        const auto n = std::max<std::size_t>(1, character(text));
        std::string more;
        for (const char c : text.substr(0, n)) {
            if (c >= ' ' && c <= '~' && c != '=')
                more += c;
            else
                append_hex(more, c);
        }
        // Leave room for the soft break, or for "=20" at the end.
        if (line.size() + more.size() > longest_line - 3) {
            out += line + "=\r\n";
            line.clear();
        }
        line += more;
        text.remove_prefix(n);
    }
    if (!line.empty())
        end_line();
    return out;
}

} // namespace whynow::smtp
