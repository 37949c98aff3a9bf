#include "adapters/csv/encoding.hpp"

#include "domain/text/utf8.hpp"

#include <array>

namespace whynow::csv {
namespace {

using domain::text::append_utf8;

unsigned unit_at(std::string_view bytes, std::size_t at, bool little) {
    const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return little ? unsigned(a) | unsigned(b) << 8 : unsigned(a) << 8 | unsigned(b);
}

std::string from_utf16(std::string_view bytes, bool little) {
    std::string out;
    out.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto unit = unit_at(bytes, i, little);
        if (unit < 0xD800 || unit > 0xDFFF) {
            append_utf8(out, char32_t(unit));
            continue;
        }
        const auto low = unit < 0xDC00 && i + 3 < bytes.size() ? unit_at(bytes, i + 2, little) : 0;
        if (low >= 0xDC00 && low <= 0xDFFF) {
            append_utf8(out, char32_t(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
            i += 2;
        } else {
            append_utf8(out, U'\uFFFD');
        }
    }
    return out;
}

// 0x80 to 0x9F of Windows-1252; the rest is Latin-1.
constexpr std::array<char32_t, 32> windows{0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                           0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                           0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                           0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

std::string from_windows_1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto b = static_cast<unsigned char>(c);
        append_utf8(out, b >= 0x80 && b <= 0x9F ? windows[b - 0x80] : char32_t(b));
    }
    return out;
}

bool begins_with(std::string_view bytes, std::string_view mark) { return bytes.substr(0, mark.size()) == mark; }

} // namespace

decoded decode(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (begins_with(bytes, "\xEF\xBB\xBF"sv))
        bytes.remove_prefix(3);
    else if (begins_with(bytes, "\xFF\xFE"sv))
        return {from_utf16(bytes.substr(2), true), "read as UTF-16 (little endian)", {}};
    else if (begins_with(bytes, "\xFE\xFF"sv))
        return {from_utf16(bytes.substr(2), false), "read as UTF-16 (big endian)", {}};
    if (begins_with(bytes, "PK\x03\x04"sv))
        return {{}, {}, "this is a spreadsheet or an archive, not CSV"};
    if (bytes.size() >= 4 && (bytes.substr(0, 4).find('\0') != bytes.npos))
        return {{}, {}, "this is UTF-16 without a mark, or no text at all"};
    if (domain::text::valid_utf8(bytes))
        return {std::string(bytes), {}, {}};
    return {from_windows_1252(bytes), "not UTF-8; read as Windows-1252", {}};
}

} // namespace whynow::csv
