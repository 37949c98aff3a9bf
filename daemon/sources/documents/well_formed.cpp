#include "sources/documents/well_formed.hpp"

#include "sources/documents/plain_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace whynow::sources::documents {

namespace {

constexpr std::string_view control = "a control character stands in the text";

bool allowed(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r';
}

bool names_character(std::string_view number) { // behind "&#"
    const int base = number.starts_with('x') ? 16 : 10;
    number.remove_prefix(base == 16 ? 1 : 0);
    std::uint32_t c = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), c, base);
    if (error != std::errc{} || end != number.data() + number.size())
        return false;
    return (c >= 0x20 || c == 9 || c == 10 || c == 13) && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE &&
           c != 0xFFFF;
}

std::string_view fault_of_reference(std::string_view raw) { // begins with '&'
    const auto end = raw.substr(0, 40).find_first_of("; \t\r\n&<", 1);
    if (end == std::string_view::npos || raw[end] != ';' || end == 1)
        return "an ampersand is not escaped";
    const std::string_view name = raw.substr(1, end - 1);
    if (name.starts_with('#'))
        return names_character(name.substr(1)) ? "" : "a reference names no character";
    static constexpr std::array<std::string_view, 5> known{"amp", "lt", "gt", "quot", "apos"};
    if (std::find(known.begin(), known.end(), name) != known.end())
        return {};
    return entity(name) != 0 ? "an entity is used that XML does not know" : "an entity is not known";
}

} // namespace

std::string_view fault_of(std::string_view raw) {
    for (auto at = raw.find('&'); at != std::string_view::npos; at = raw.find('&', at + 1))
        if (const std::string_view fault = fault_of_reference(raw.substr(at)); !fault.empty())
            return fault;
    return fault_of_cdata(raw);
}

std::string_view fault_of_cdata(std::string_view raw) {
    return std::all_of(raw.begin(), raw.end(), allowed) ? std::string_view{} : control;
}

} // namespace whynow::sources::documents
