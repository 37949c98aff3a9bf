#include "sources/documents/plain_text.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace whynow::sources::documents {

namespace {

bool ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool ascii_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

// What windows-1252 has at 0x80-0x9F, where XML's numbers name control characters nobody means.
constexpr std::array<char32_t, 32> c1{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// The byte of a character that windows-1252 has and Latin-1 has not; 0 where there is none.
char32_t windows_1252_byte(char32_t character) {
    const auto* at = std::find(c1.begin(), c1.end(), character);
    return at == c1.end() ? 0 : static_cast<char32_t>(0x80 + (at - c1.begin()));
}

int digit_of(char c, int base) {
    if (ascii_digit(c))
        return c - '0';
    const char l = lower(c);
    return base == 16 && l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

struct reference {
    std::size_t length = 0; // of the whole "&…;"; 0 = none
    char32_t character = 0; // 0 = a name nobody knows
};

reference numeric_reference(std::string_view text) { // "&#…"
    const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const int base = hex ? 16 : 10;
    const std::size_t begin = hex ? 3 : 2;
    std::size_t at = begin;
    std::uint64_t value = 0;
    for (; at < text.size() && digit_of(text[at], base) >= 0; ++at)
        value = std::min<std::uint64_t>(
            value * static_cast<unsigned>(base) + static_cast<unsigned>(digit_of(text[at], base)), 0x110000);
    if (at == begin)
        return {};
    if (at < text.size() && text[at] == ';')
        ++at;
    char32_t c = static_cast<char32_t>(value);
    if (c >= 0x80 && c <= 0x9F)
        c = c1[c - 0x80];
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    return {at, c};
}

reference reference_at(std::string_view text) { // begins with '&'
    if (text.size() > 2 && text[1] == '#')
        return numeric_reference(text);
    std::size_t at = 1;
    while (at < text.size() && at < 34 && (ascii_letter(text[at]) || ascii_digit(text[at])))
        ++at;
    if (at == 1)
        return {};
    const char32_t named = entity(text.substr(1, at - 1));
    if (at < text.size() && text[at] == ';')
        return {at + 1, named};
    // The oldest names may go without their semicolon, but not in "?a=1&copy=2".
    const bool old = named != 0 && named <= 0xFF && (at >= text.size() || text[at] != '=');
    return old ? reference{at, named} : reference{};
}

constexpr std::array<std::string_view, 36> breaking{
    "address", "article",  "aside",      "blockquote", "br",     "center", "dd",   "div", "dl",
    "dt",      "fieldset", "figcaption", "figure",     "footer", "form",   "h1",   "h2",  "h3",
    "h4",      "h5",       "h6",         "header",     "hr",     "li",     "main", "nav", "ol",
    "option",  "p",        "pre",        "section",    "table",  "td",     "th",   "tr",  "ul"};
constexpr std::array<std::string_view, 56> inline_tags{
    "a",        "abbr",  "acronym", "audio",    "b",      "bdo",    "big",   "body", "button", "caption",
    "cite",     "code",  "col",     "colgroup", "del",    "dfn",    "dir",   "em",   "embed",  "font",
    "head",     "html",  "i",       "iframe",   "img",    "input",  "ins",   "kbd",  "label",  "legend",
    "map",      "mark",  "menu",    "meta",     "object", "param",  "q",     "s",    "samp",   "script",
    "select",   "small", "source",  "span",     "strike", "strong", "style", "sub",  "sup",    "tbody",
    "textarea", "tfoot", "thead",   "tt",       "u",      "video"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

struct tag {
    std::string name; // lower case; "!" for comments and declarations
    bool closing = false;
    std::size_t end = 0; // behind '>'
};

// A tag at `from` (which holds '<'), or one with end 0.
tag tag_at(std::string_view html, std::size_t from) {
    tag t;
    std::size_t at = from + 1;
    if (at < html.size() && html[at] == '/') {
        t.closing = true;
        ++at;
    }
    if (at >= html.size())
        return t;
    if (html[at] == '!' || html[at] == '?') {
        t.name = "!";
        const bool comment = html.substr(at, 3) == "!--";
        const auto close = html.find(comment ? "-->" : ">", at);
        t.end = close == std::string_view::npos ? html.size() : close + (comment ? 3 : 1);
        return t;
    }
    if (!ascii_letter(html[at]))
        return t;
    const std::size_t name_from = at;
    while (at < html.size() && (ascii_letter(html[at]) || ascii_digit(html[at]) || html[at] == ':' || html[at] == '-'))
        ++at;
    t.name = lowered(html.substr(name_from, std::min<std::size_t>(at - name_from, 40)));
    for (char quote = 0; at < html.size(); ++at) {
        if (quote != 0) {
            if (html[at] == quote)
                quote = 0;
            else if (html[at] == '<')
                break; // a quote nobody closed
        } else if ((html[at] == '"' || html[at] == '\'') && html[at - 1] == '=') {
            quote = html[at];
        } else if (html[at] == '>') {
            t.end = at + 1;
            return t;
        } else if (html[at] == '<') {
            break;
        }
    }
    const auto close = html.substr(0, at).find('>', name_from);
    if (close == std::string_view::npos && at == html.size() && at - name_from == t.name.size())
        return t; // "a<b" ends here, a comparison
    t.end = close == std::string_view::npos ? at : close + 1;
    return t;
}

} // namespace

std::string decode_references(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto amp = text.find('&', at);
        out.append(text.substr(at, amp - at));
        if (amp == std::string_view::npos)
            break;
        const reference r = reference_at(text.substr(amp));
        if (r.length != 0 && r.character != 0) {
            domain::text::append_utf8(out, r.character);
            at = amp + r.length;
            continue;
        }
        out += '&';
        at = amp + 1;
    }
    return out;
}

std::string html_to_text(std::string_view html) {
    std::string out;
    out.reserve(html.size());
    for (std::size_t at = 0; at < html.size();) {
        const auto open = html.find('<', at);
        out.append(html.substr(at, open - at));
        if (open == std::string_view::npos)
            break;
        const tag t = tag_at(html, open);
        if (t.end == 0) {
            out += '<';
            at = open + 1;
            continue;
        }
        at = t.end;
        if (contains(breaking, t.name))
            out += '\n';
        if (t.closing || (t.name != "script" && t.name != "style"))
            continue;
        while (at < html.size()) { // to its own end tag; the rest is gone where there is none
            const auto close = html.find("</", at);
            at = close == std::string_view::npos ? html.size() : close + 2;
            if (lowered(html.substr(at, t.name.size())) == t.name) {
                at = std::min(html.find('>', at), html.size() - 1) + 1;
                break;
            }
        }
    }
    return decode_references(out);
}

std::string undoubled(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    bool high = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = domain::text::next_code_point(text, at);
        char32_t byte = c;
        if (c > 0xFF) {
            byte = windows_1252_byte(c);
            // Beside those leads the pair may be what it seems: a capital at the end of a sentence and its dots.
            const auto lead = bytes.empty() ? 0u : static_cast<unsigned char>(bytes.back());
            const bool third = bytes.size() > 1 && bytes[bytes.size() - 2] == '\xE2';
            if (byte == 0 || (lead != 0xC2 && lead != 0xC3 && lead != 0xE2 && !third))
                return std::string(text);
        }
        high = high || byte >= 0x80;
        bytes += static_cast<char>(byte);
    }
    return high && domain::text::valid_utf8(bytes) ? bytes : std::string(text);
}

bool looks_like_html(std::string_view text) {
    bool sign = false;
    std::size_t next = 0;
    for (auto at = text.find_first_of("<&"); at != std::string_view::npos; at = text.find_first_of("<&", next)) {
        next = at + 1;
        if (text[at] == '&') {
            const reference r = reference_at(text.substr(at));
            if (r.length != 0 && r.character == 0)
                return false;
            sign = sign || r.length != 0;
            continue;
        }
        const tag t = tag_at(text, at);
        if (t.end == 0)
            continue;
        next = t.end;
        if (t.name != "!" && !contains(breaking, t.name) && !contains(inline_tags, t.name))
            return false;
        sign = sign || t.closing || t.name == "br" || t.name == "img" || t.name == "hr" ||
               text.substr(t.end - 2, 2) == "/>";
    }
    return sign;
}

std::string tidy(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool blank = false;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = domain::text::next_code_point(text, at);
        if (c <= 0x20 || c == 0xA0 || c == 0x2028 || c == 0x2029 || c == 0x3000) {
            blank = blank || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c >= 0x80;
            continue;
        }
        if (c >= 0x80 && c <= 0x9F) // what windows-1252 has there was meant
            c = c1[c - 0x80];
        if (c == 0x7F || (c >= 0x80 && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
            c == 0xFEFF || c == 0xFFFE || c == 0xFFFF)
            continue;
        if (blank && !out.empty())
            out += ' ';
        blank = false;
        domain::text::append_utf8(out, c);
    }
    return out;
}

} // namespace whynow::sources::documents
