#include "domain/dates/atoms.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace whynow::domain::dates {

namespace {

bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Hyphens and apostrophes between letters only part words; anywhere else a hyphen is a mark.
bool parts_words(const std::string& t, std::size_t i) {
    if (t[i] == '/') // w/c, w/e
        return i > 0 && t[i - 1] == 'w' && (i < 2 || is_space(t[i - 2])) && i + 2 < t.size() && is_space(t[i + 2]);
    if (t[i] == '\'')
        return true;
    if (t[i] != '-')
        return false;
    const bool digit_before = i > 0 && is_digit(t[i - 1]);
    const bool digit_after = i + 1 < t.size() && is_digit(t[i + 1]);
    const bool word_before = i > 0 && is_word_byte(t[i - 1]);
    const bool word_after = i + 1 < t.size() && is_word_byte(t[i + 1]);
    return (word_before && (word_after || digit_after)) || (digit_before && word_after);
}

std::size_t chunk_end(const std::string& t, std::size_t i) {
    constexpr std::size_t longest = 256;
    const auto end = std::min(t.size(), i + longest);
    while (i < end && !is_space(t[i]) && t[i] != '\n')
        ++i;
    return i;
}

// "monday.com"
bool is_domain(std::string_view chunk) {
    while (!chunk.empty() && !is_word_byte(chunk.back()))
        chunk.remove_suffix(1);
    const auto dot = chunk.rfind('.');
    if (dot == std::string_view::npos || dot < 3 || !is_word_byte(chunk.front()))
        return false;
    constexpr std::array<std::string_view, 10> ends{"com", "net", "org", "io", "de", "fr", "es", "uk", "ai", "co"};
    return std::ranges::find(ends, chunk.substr(dot + 1)) != ends.end();
}

bool is_address(std::string_view chunk) {
    return (chunk.find('@') != std::string_view::npos && chunk.find('@') > 0 &&
            chunk.find('.', chunk.find('@')) != std::string_view::npos) ||
           chunk.find("://") != std::string_view::npos || chunk.starts_with("www.") || is_domain(chunk);
}

// Digits with the separators of a telephone number, seven digits or more, and no date by its shape.
std::size_t phone_end(const std::string& t, std::size_t i) {
    std::size_t end = i;
    std::size_t digits = 0;
    std::vector<std::size_t> runs;
    bool open = false;
    constexpr std::size_t longest = 40;
    for (std::size_t k = i; k < t.size(); ++k) {
        if (k == i + longest)
            return i; // a table of numbers
        if (is_digit(t[k])) {
            open ? void(++runs.back()) : runs.push_back(1);
            open = true;
            ++digits;
            end = k + 1;
        } else if (std::string_view("+-.()/ ").find(t[k]) != std::string_view::npos) {
            open = false;
        } else {
            break;
        }
    }
    const bool plus = t[i] == '+';
    if (digits < 7 || (runs.size() == 1 && runs[0] == 8 && !plus && t.compare(i, 2, "20") == 0))
        return i;
    if (!plus && (runs.front() <= 2 || (runs.size() >= 3 && runs[0] == 4 && runs[1] <= 2)))
        if (runs.size() < 2 || runs.front() != 2 || digits < 9 || t.find('/', i) < end || t[i] != '0')
            return i; // 12.10.2026, 2026-03-20
    return end;
}

// Behind "a.m.", "p. m." at i; i where there is none.
std::size_t half_day_end(const std::string& t, std::size_t i) {
    if ((t[i] != 'a' && t[i] != 'p') || i + 1 >= t.size() || t[i + 1] != '.')
        return i;
    auto m = i + 2;
    if (m < t.size() && t[m] == ' ')
        ++m;
    if (m >= t.size() || t[m] != 'm' || (m + 1 < t.size() && (is_word_byte(t[m + 1]) || is_digit(t[m + 1]))))
        return i;
    return m + 1 < t.size() && t[m + 1] == '.' ? m + 2 : m + 1;
}

} // namespace

std::vector<atom> atoms_of(const std::string& t) {
    std::vector<atom> out;
    std::size_t last_end = 0;
    for (std::size_t i = 0; i < t.size() && out.size() < longest_text;) {
        if (is_space(t[i]) || parts_words(t, i)) {
            ++i;
            continue;
        }
        const bool chunk_start = i == 0 || is_space(t[i - 1]) || t[i - 1] == '\n' || t[i - 1] == '(';
        std::size_t end = i + 1;
        atom a;
        if (chunk_start && is_address(std::string_view(t).substr(i, chunk_end(t, i) - i))) {
            end = chunk_end(t, i);
            a.blocked = true;
        } else if (chunk_start && (is_digit(t[i]) || t[i] == '+') && phone_end(t, i) > i) {
            end = phone_end(t, i);
            a.blocked = true;
        } else if (is_digit(t[i])) {
            while (end < t.size() && is_digit(t[end]))
                ++end;
        } else if (is_word_byte(t[i])) {
            while (end < t.size() && is_word_byte(t[end]))
                ++end;
            if (const auto behind = half_day_end(t, i); behind > end) {
                a.from = i;
                a.text = std::string{t[i], 'm'};
                end = behind;
            }
        } else {
            a.mark = t[i];
        }
        if (a.text.empty())
            a.text = t.substr(i, end - i);
        a.from = i;
        a.to = end;
        a.glued = !out.empty() && last_end == i;
        last_end = end;
        out.push_back(std::move(a));
        i = end;
    }
    return out;
}

} // namespace whynow::domain::dates
