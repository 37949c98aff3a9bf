#include "adapters/teams/markdown.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::adapters::teams {

namespace text = domain::text;

namespace {

constexpr std::string_view zero_width_space = "\u200b";

bool alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool inner_letter(char c) { return alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80; }

// Controls, and the characters that turn the reading direction of what follows.
bool dropped(char32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0xfeff || (c >= 0xe0000 && c <= 0xe007f);
}

std::string cleaned(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        const char32_t c = text::next_code_point(raw, at);
        if (c == 0x2028 || c == 0x2029)
            out += '\n';
        else if (c == '\t')
            out += ' ';
        else if (!dropped(c))
            text::append_utf8(out, c);
    }
    return out;
}

bool entity_at(std::string_view line, std::size_t at) {
    auto end = at + 1;
    while (end < line.size() && end < at + 32 && (alphanumeric(line[end]) || line[end] == '#'))
        ++end;
    return end > at + 1 && end < line.size() && line[end] == ';';
}

// How many characters at the front of a line need a backslash before the last of them ("1." → "1\.").
std::size_t opener_length(std::string_view line) {
    if (line.empty())
        return 0;
    if (line[0] == '#' || line[0] == '>' || line[0] == '-' || line[0] == '+' || line[0] == '=' || line[0] == ':' ||
        line[0] == '|')
        return 1;
    const auto end = std::find_if_not(line.begin(), line.end(), digit) - line.begin();
    const auto n = static_cast<std::size_t>(end);
    return n > 0 && n < line.size() && (line[n] == '.' || line[n] == ')') ? n + 1 : 0;
}

bool starts_bare_link(std::string_view rest) {
    return rest.starts_with("://") || (rest.size() > 4 && (rest[0] | 32) == 'w' && (rest[1] | 32) == 'w' &&
                                       (rest[2] | 32) == 'w' && rest[3] == '.');
}

void append_escaped(std::string& out, std::string_view line, std::size_t at) {
    const char c = line[at];
    const char before = at > 0 ? line[at - 1] : ' ';
    const char after = at + 1 < line.size() ? line[at + 1] : ' ';
    switch (c) {
    case '\\':
    case '*':
    case '`':
    case '[':
    case ']':
    case '~':
    case '<': (out += '\\') += c; return;
    case '_':
        if (!inner_letter(before) || !inner_letter(after))
            out += '\\';
        out += c;
        return;
    case '&':
        if (entity_at(line, at))
            out += '\\';
        out += c;
        return;
    case '{': // {{DATE(…)}} is a function of the card language
        out += c;
        if (after == '{')
            out += zero_width_space;
        return;
    default: out += c;
    }
}

// `line_start`: the words begin a line of the TextBlock, where lists, headings and quotes begin.
void append_line(std::string& out, std::string_view line, bool line_start) {
    const auto opener = line_start ? opener_length(line) : 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (opener > 0 && i + 1 == opener)
            out += '\\';
        if (starts_bare_link(line.substr(i))) {
            const std::size_t length = line[i] == ':' ? 1 : 3;
            out += line.substr(i, length);
            out += zero_width_space;
            i += length - 1;
            continue;
        }
        append_escaped(out, line, i);
    }
}

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && s.front() == ' ')
        s.remove_prefix(1);
    while (!s.empty() && s.back() == ' ')
        s.remove_suffix(1);
    return s;
}

std::string spaced(std::string_view raw) {
    auto out = cleaned(raw);
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

std::string host_of(std::string_view url) {
    const auto from = url.find("://");
    return from == std::string_view::npos ? std::string(url)
                                          : std::string(url.substr(from + 3, url.find('/', from + 3) - from - 3));
}

std::string_view marks(const domain::cards::span& s) {
    return s.strong && s.emphasis ? "***" : s.strong ? "**" : s.emphasis ? "*" : "";
}

void append_span(std::string& out, const domain::cards::span& s) {
    const auto words = spaced(s.text);
    const auto core = trimmed(words);
    const auto target = link_target(s.href);
    const auto lead = static_cast<std::size_t>(core.data() - words.data());
    if (core.empty() && target.empty()) {
        out += words;
        return;
    }
    out.append(core.empty() ? 0 : lead, ' ');
    const auto mark = marks(s);
    const bool line_start = out.empty() && mark.empty() && target.empty();
    out += mark;
    if (!target.empty())
        out += '[';
    append_line(out, core.empty() ? host_of(target) : std::string(core), line_start);
    if (!target.empty())
        ((out += "](") += target) += ')';
    out += mark;
    out.append(core.empty() ? 0 : words.size() - lead - core.size(), ' ');
}

char32_t upper(char32_t c) {
    const bool lower_ascii = c >= 'a' && c <= 'z';
    const bool lower_latin = c >= 0xe0 && c <= 0xfe && c != 0xf7;
    const bool lower_greek = c >= 0x3b1 && c <= 0x3c9 && c != 0x3c2;
    const bool lower_cyrillic = c >= 0x430 && c <= 0x44f;
    if (lower_ascii || lower_latin || lower_greek || lower_cyrillic)
        return c - 32;
    if (c >= 0x450 && c <= 0x45f)
        return c - 80;
    if ((c >= 0x100 && c <= 0x137 && c != 0x131) || (c >= 0x14a && c <= 0x177))
        return c & ~char32_t{1};
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
        return c % 2 == 0 ? c - 1 : c;
    return c;
}

void append_percent(std::string& out, unsigned char c) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    ((out += '%') += hex[c >> 4]) += hex[c & 15];
}

bool hex_digit(char c) { return digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

std::string telephone(std::string_view number) {
    std::string out = "tel:";
    for (const char c : number)
        if (digit(c) || (c == '+' && out.size() == 4))
            out += c;
        else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' && c != '/')
            return {};
    return out.size() > 5 ? out : std::string{};
}

} // namespace

std::string literal(std::string_view raw) {
    const auto words = spaced(raw);
    std::string out;
    append_line(out, trimmed(words), true);
    return out;
}

std::string literal_paragraphs(std::string_view raw) {
    const auto whole = cleaned(raw);
    std::string out;
    for (std::string_view rest = whole; !rest.empty();) {
        const auto end = rest.find('\n');
        if (const auto line = trimmed(rest.substr(0, end)); !line.empty()) {
            if (!out.empty())
                out += "\n\n";
            append_line(out, line, true);
        }
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return out;
}

std::string markdown(const domain::cards::rich& rich) {
    std::string out;
    for (const auto& s : rich)
        append_span(out, s);
    return out;
}

std::string one_line(std::string_view raw) {
    const auto words = spaced(raw);
    std::string out;
    for (const char c : trimmed(words)) {
        if (c == '(' && out.ends_with(']'))
            out += ' ';
        out += c == '<' || c == '>' ? ' ' : c;
    }
    return out;
}

std::string link_target(std::string_view href) {
    if (href.starts_with("tel:"))
        return telephone(href.substr(4));
    const auto scheme = href.starts_with("https://") ? 8u : href.starts_with("http://") ? 7u : 0u;
    if (scheme == 0 || href.size() > 2000)
        return {};
    const auto authority = href.substr(scheme, href.find_first_of("/?#", scheme) - scheme);
    if (authority.empty() || !std::all_of(authority.begin(), authority.end(),
                                          [](char c) { return alphanumeric(c) || c == '.' || c == '-' || c == ':'; }))
        return {};
    std::string out(href.substr(0, scheme + authority.size()));
    const auto rest = href.substr(out.size());
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const auto c = static_cast<unsigned char>(rest[i]);
        if (c < 0x20 || c == 0x7f)
            return {};
        const bool escape = c == '%' && i + 2 < rest.size() && hex_digit(rest[i + 1]) && hex_digit(rest[i + 2]);
        if (escape || alphanumeric(rest[i]) ||
            std::string_view("-._~:/?#@!$&',=+").find(rest[i]) != std::string_view::npos)
            out += rest[i];
        else
            append_percent(out, c);
    }
    return out;
}

std::string upper_case(std::string_view raw) {
    std::string out;
    while (!raw.empty()) {
        const auto end = std::min(raw.find(' '), raw.size() - 1) + 1;
        const auto word = raw.substr(0, end);
        if (word.find('@') != std::string_view::npos)
            out += word;
        else
            for (std::size_t at = 0; at < word.size();)
                text::append_utf8(out, upper(text::next_code_point(word, at)));
        raw.remove_prefix(end);
    }
    return out;
}

} // namespace whynow::adapters::teams
