#include "domain/triggers/filing.hpp"

#include <algorithm>

namespace whynow::domain::triggers {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<item_heading> item_headings(std::string_view text) {
    std::vector<item_heading> out;
    for (std::size_t at = text.find("Item "); at != std::string_view::npos; at = text.find("Item ", at + 1)) {
        const auto code = text.substr(at + 5, 4);
        if (code.size() < 4 || !is_digit(code[0]) || code[1] != '.' || !is_digit(code[2]) || !is_digit(code[3]))
            continue;
        const auto end = std::min(text.find_first_of(";\n<", at), text.size());
        out.push_back({std::string(code), at, end});
    }
    return out;
}

bool known_form(std::string_view title) { return title.starts_with("8-K"); }

} // namespace

filing read_filing(const signals::signal& item) {
    filing out;
    out.headings = item_headings(item.summary);
    out.codes = item.item_codes;
    if (out.codes.empty() && (known_form(item.title) || item.source.starts_with("edgar")))
        for (const auto& h : out.headings)
            out.codes.push_back(h.code);
    return out;
}

std::string most_telling(const filing& f, const std::vector<std::string>& telling) {
    for (const auto& code : telling)
        if (std::find(f.codes.begin(), f.codes.end(), code) != f.codes.end())
            return code;
    return f.codes.front();
}

std::string text_below(const filing& f, const signals::signal& item) {
    auto out = item.summary;
    for (auto h = f.headings.rbegin(); h != f.headings.rend(); ++h)
        out.erase(h->from, std::min(h->to + 1, out.size()) - h->from);
    return out;
}

std::string heading_of(const filing& f, const signals::signal& item, std::string_view code) {
    for (const auto& h : f.headings)
        if (h.code == code)
            return item.summary.substr(h.from, h.to - h.from);
    return item.title;
}

} // namespace whynow::domain::triggers
