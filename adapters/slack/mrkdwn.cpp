#include "adapters/slack/mrkdwn.hpp"

#include "adapters/slack/limits.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace whynow::slack {

namespace {

using domain::text::append_utf8;
using domain::text::next_code_point;

bool dropped(char32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || (c >= 0xe0000 && c <= 0xe007f);
}
char32_t as_line_feed(char32_t c) { return c == 0x2028 || c == 0x2029 || c == 0x85 ? U'\n' : c == '\t' ? U' ' : c; }

bool word(char32_t c) { return domain::text::is_letter(c) || domain::text::is_digit(c); }

// Belongs to the character before it.
bool joins(char32_t c) {
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x20d0 && c <= 0x20ff) ||
           (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff) || c == 0x200d;
}

bool names_everybody(std::string_view after_at) {
    for (const std::string_view name : {"channel", "here", "everyone", "group"}) {
        if (after_at.size() < name.size())
            continue;
        const bool same = std::equal(name.begin(), name.end(), after_at.begin(), [](char a, char b) {
            return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
        });
        if (same)
            return true;
    }
    return false;
}

// One character, escaped. `before` and `rest` decide about edges of words.
void append_escaped(std::string& out, char32_t c, char32_t before, std::string_view rest) {
    switch (c) {
    case '&': out += "&amp;"; return;
    case '<': out += "&lt;"; return;
    case '>':
        if (before == '\n' || before == ' ')
            append_utf8(out, 0x203a);
        else
            out += "&gt;";
        return;
    case '*': append_utf8(out, 0x2217); return;
    case '`': append_utf8(out, 0x02cb); return;
    case '~': append_utf8(out, 0x223c); return;
    case '_': {
        std::size_t at = 0;
        const bool inside = word(before) && !rest.empty() && word(next_code_point(rest, at));
        append_utf8(out, inside ? U'_' : char32_t{0x02cd});
        return;
    }
    case '@':
        out += '@';
        if (names_everybody(rest))
            append_utf8(out, 0x200b);
        return;
    default: append_utf8(out, c);
    }
}

// Calls use(escaped character, belongs to the one before) for each character of the text.
template <class Use>
void each_escaped(std::string_view text, Use&& use) {
    char32_t before = '\n';
    std::string one;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = as_line_feed(next_code_point(text, at));
        if (dropped(c))
            continue;
        one.clear();
        append_escaped(one, c, before, text.substr(at));
        use(std::string_view(one), joins(c));
        before = c;
    }
}

std::size_t units_of(std::string_view one) {
    std::size_t n = 0;
    for (const char c : one) {
        const auto byte = static_cast<unsigned char>(c);
        n += (byte & 0xc0) != 0x80;
        n += byte >= 0xf0;
    }
    return n;
}

bool starts_without_case(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
           });
}

} // namespace

std::size_t units(std::string_view text) { return units_of(text); }

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    each_escaped(text, [&](std::string_view one, bool) { out += one; });
    return out;
}

std::string plain_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = as_line_feed(next_code_point(text, at));
        if (!dropped(c))
            append_utf8(out, c);
    }
    return out;
}

std::string cut(std::string_view text, std::size_t most) {
    if (units(text) <= most)
        return std::string(text);
    std::size_t used = 0;
    std::size_t safe = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto from = at;
        const char32_t c = next_code_point(text, at);
        if (!joins(c))
            safe = from;
        used += c >= 0x10000 ? 2 : 1;
        if (used + 1 > most)
            break;
    }
    return std::string(text.substr(0, safe)) + "…";
}

std::string link_target(std::string_view href) {
    if (!starts_without_case(href, "https://") && !starts_without_case(href, "http://") &&
        !starts_without_case(href, "tel:"))
        return {};
    if (href.find(':') + 1 == href.size() || href.ends_with("://"))
        return {};
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : href) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f || c == '|' || c == '<' || c == '>' || c == '"' || c == '`' || c == '\\') {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else if (c == '&') {
            out += "&amp;";
        } else {
            out += c;
        }
    }
    if (!domain::text::valid_utf8(out) || units(out) > most::url)
        return {};
    return out;
}

void markup::append(std::string_view piece, std::size_t size) {
    if (used_ + size > most_ && used_ > 0) {
        pieces_.emplace_back();
        used_ = 0;
    }
    pieces_.back() += piece;
    used_ += size;
}

void markup::raw(std::string_view ours) { append(ours, units(ours)); }

// Slack wants the delimiters close around words and on one line: blanks go outside, a line feed ends the span.
void markup::wrapped(std::string_view foreign, std::string_view before, std::string_view after) {
    const auto first = foreign.find_first_not_of(" \n\t");
    if (first == std::string_view::npos)
        return text(foreign);
    const auto last = foreign.find_last_not_of(" \n\t");
    text(foreign.substr(0, first));
    const auto core = foreign.substr(first, last - first + 1);
    std::string piece;
    std::size_t size = 0;
    const auto around = units(before) + units(after);
    const auto flush = [&] {
        if (size == 0)
            return;
        append(std::string(before) + piece + std::string(after), size + around);
        piece.clear();
        size = 0;
    };
    each_escaped(core, [&](std::string_view one, bool joined) {
        if (one == "\n") {
            flush();
            append(one, 1);
            return;
        }
        if (size + units(one) + around > most_ && !joined)
            flush();
        piece += one;
        size += units(one);
    });
    flush();
    text(foreign.substr(last + 1));
}

void markup::text(std::string_view foreign) {
    std::string word_so_far;
    std::size_t size = 0;
    const auto flush = [&] {
        append(word_so_far, size);
        word_so_far.clear();
        size = 0;
    };
    each_escaped(foreign, [&](std::string_view one, bool joined) {
        const auto n = units(one);
        if (size + n > most_ && !joined)
            flush();
        word_so_far += one;
        size += n;
        if (one == " " || one == "\n")
            flush();
    });
    if (size > 0)
        flush();
}

void markup::strong(std::string_view foreign) { wrapped(foreign, "*", "*"); }
void markup::code(std::string_view foreign) { wrapped(foreign, "`", "`"); }

void markup::span(const domain::cards::span& s) {
    const auto target = s.href.empty() ? std::string{} : link_target(s.href);
    if (target.empty()) {
        if (s.strong && s.emphasis)
            wrapped(s.text, "*_", "_*");
        else if (s.strong)
            strong(s.text);
        else if (s.emphasis)
            wrapped(s.text, "_", "_");
        else
            text(s.text);
        return;
    }
    auto label = s.text.empty() ? s.href : s.text;
    std::replace(label.begin(), label.end(), '\n', ' ');
    std::replace(label.begin(), label.end(), '|', '/');
    auto shown = escaped(cut(label, 150));
    const std::string_view mark = s.strong ? "*" : s.emphasis ? "_" : "";
    raw(std::string(mark) + "<" + target + "|" + shown + ">" + std::string(mark));
}

void markup::rich(const domain::cards::rich& r) {
    for (const auto& s : r)
        span(s);
}

// A line is one unit, so that no piece begins in the middle of a quoted line; only a very long one goes on in the next
// piece, as a quote again.
void markup::quote(std::string_view foreign) {
    for (bool first = true;; first = false) {
        const auto end = foreign.find('\n');
        if (!first)
            line();
        markup inner(most_ - 3);
        inner.text(foreign.substr(0, end));
        const auto parts = inner.take();
        if (parts.empty())
            raw(">");
        for (std::size_t i = 0; i < parts.size(); ++i)
            raw((i > 0 ? "\n> " : "> ") + parts[i]);
        if (end == std::string_view::npos)
            return;
        foreign.remove_prefix(end + 1);
    }
}

std::vector<std::string> markup::take() {
    auto out = std::move(pieces_);
    pieces_.assign(1, {});
    used_ = 0;
    for (auto& piece : out) {
        piece.erase(0, piece.find_first_not_of(" \n"));
        piece.erase(piece.find_last_not_of(" \n") + 1);
    }
    std::erase(out, std::string{});
    return out;
}

} // namespace whynow::slack
