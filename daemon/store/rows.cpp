#include "store/rows.hpp"

#include "domain/text/utf8.hpp"

namespace whynow::store {

std::string name_key(std::string_view text) {
    const auto folded = domain::text::folded(text);
    std::string out;
    out.reserve(folded.size());
    for (const char c : folded) {
        const bool space = c == ' ' || c == '\n' || c == '\t';
        if (!space)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

std::string address_key(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto from = text.find_first_not_of(blank);
    if (from == std::string_view::npos)
        return {};
    std::string out(text.substr(from, text.find_last_not_of(blank) - from + 1));
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    return out;
}

} // namespace whynow::store
