#include "expected.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <initializer_list>

namespace whynow::test {

namespace {

std::string line_after(std::string_view text, std::string_view label) {
    const auto at = text.find(label);
    if (at == std::string_view::npos)
        return {};
    std::string out(text.substr(at + label.size(), text.find('\n', at) - at - label.size()));
    out.erase(0, out.find_first_not_of(" \t"));
    while (!out.empty() && std::isspace(static_cast<unsigned char>(out.back())) != 0)
        out.pop_back();
    return out;
}

std::string header(std::string_view comment, std::string_view name) {
    std::string lower(comment);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto at = lower.find(name);
    return at == std::string::npos ? std::string{} : line_after(comment.substr(at), ":");
}

void append_utf8(std::string& out, unsigned long c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

// A Python string literal at `at`, which moves behind it.
std::string literal(std::string_view text, std::size_t& at) {
    if (text.substr(at, 1) == "u")
        ++at;
    const char quote = text[at++];
    std::string out;
    for (; at < text.size() && text[at] != quote; ++at) {
        if (text[at] != '\\' || at + 1 >= text.size()) {
            out += text[at];
            continue;
        }
        const char c = text[++at];
        if (c == 'u' || c == 'x') {
            const std::size_t digits = c == 'u' ? 4 : 2;
            append_utf8(out, std::stoul(std::string(text.substr(at + 1, digits)), nullptr, 16));
            at += digits;
        } else {
            out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
    }
    ++at;
    return out;
}

// "(2003, 12, 31, 10, 14, 55, …)" as "2003-12-31T10:14:55Z".
std::string time_tuple(std::string_view text, std::size_t at) {
    int part[6] = {};
    const std::string copy(text.substr(at));
    if (std::sscanf(copy.c_str(), "(%d, %d, %d, %d, %d, %d", &part[0], &part[1], &part[2], &part[3], &part[4],
                    &part[5]) != 6)
        return {};
    char out[80];
    std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02dZ", part[0], part[1], part[2], part[3], part[4],
                  part[5]);
    return out;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

expected expected_of(std::string_view text) {
    expected out;
    const std::string_view comment = text.substr(0, text.find("-->"));
    out.content_type = header(comment, "content-type");
    out.content_location = header(comment, "content-location");
    out.rule = line_after(comment, "Expect:");
    const std::string_view rule = out.rule;
    for (std::size_t at = 0; at < rule.size();) {
        const auto feed = rule.find("feed", at);
        const auto entries = rule.find("entries[", at);
        at = std::min(feed, entries);
        if (at == std::string_view::npos)
            break;
        expectation e;
        if (at == entries) {
            e.entry = std::stoi(std::string(rule.substr(at + 8, 3)));
            at = rule.find(']', at) + 1;
        } else {
            at += 4;
        }
        if (rule.substr(at, 1) == ".") {
            const auto end = rule.find_first_of(" =)[", at);
            e.field = std::string(rule.substr(at + 1, end - at - 1));
            at = end;
        } else if (rule.substr(at, 2) == "['") {
            const auto end = rule.find("']", at);
            e.field = std::string(rule.substr(at + 2, end - at - 2));
            at = end + 2;
        }
        const auto value = rule.find_first_not_of(" =", at);
        if (value == std::string_view::npos || rule.substr(at, value - at).find("==") == std::string_view::npos)
            continue;
        at = value;
        if (!one_of(e.field, {"title", "link", "id", "guid", "published_parsed", "updated_parsed", "created_parsed",
                              "date_parsed", "modified_parsed", "issued_parsed"}))
            continue;
        if (rule[at] == '(')
            e.value = time_tuple(rule, at);
        else if (rule[at] == '\'' || rule[at] == '"' || rule[at] == 'u')
            e.value = literal(rule, at);
        else
            continue;
        out.of.push_back(std::move(e));
    }
    return out;
}

} // namespace whynow::test
