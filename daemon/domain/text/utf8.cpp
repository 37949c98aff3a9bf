#include "domain/text/utf8.hpp"

namespace whynow::domain::text {
namespace {

constexpr char32_t replacement = 0xFFFD;

// Latin-1 letters from U+00C0 without their marks; 0 = no letter (× ÷).
constexpr char latin1[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuytsaaaaaaaceeeeiiiidnooooo\0ouuuuyty";
// Latin Extended-A from U+0100, upper and lower in turn.
constexpr char extended_a[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrr"
                              "rrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

} // namespace

char32_t next_code_point(std::string_view t, std::size_t& at) {
    const auto byte = [&](std::size_t i) -> unsigned { return static_cast<unsigned char>(t[i]); };
    const unsigned first = byte(at);
    if (first < 0x80) {
        ++at;
        return first;
    }
    const int more = first >= 0xF0 && first < 0xF5   ? 3
                     : first >= 0xE0 && first < 0xF0 ? 2
                     : first >= 0xC2 && first < 0xE0 ? 1
                                                     : 0;
    if (more == 0 || at + more >= t.size()) {
        ++at;
        return replacement;
    }
    char32_t c = first & (0x3Fu >> more);
    for (int i = 1; i <= more; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) {
            ++at;
            return replacement;
        }
        c = c << 6 | (byte(at + i) & 0x3F);
    }
    constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (c < least[more] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
        ++at;
        return replacement;
    }
    at += more + 1;
    return c;
}

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += char(c);
    } else if (c < 0x800) {
        out += char(0xC0 | c >> 6);
        out += char(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += char(0xE0 | c >> 12);
        out += char(0x80 | (c >> 6 & 0x3F));
        out += char(0x80 | (c & 0x3F));
    } else {
        out += char(0xF0 | c >> 18);
        out += char(0x80 | (c >> 12 & 0x3F));
        out += char(0x80 | (c >> 6 & 0x3F));
        out += char(0x80 | (c & 0x3F));
    }
}

bool valid_utf8(std::string_view t) {
    for (std::size_t at = 0; at < t.size();) {
        const auto before = at;
        if (next_code_point(t, at) == replacement && t.substr(before, 3) != "\xEF\xBF\xBD")
            return false;
    }
    return true;
}

std::string repaired_utf8(std::string_view t) {
    std::string out;
    out.reserve(t.size());
    for (std::size_t at = 0; at < t.size();)
        append_utf8(out, next_code_point(t, at));
    return out;
}

std::size_t count_code_points(std::string_view t) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < t.size(); ++n)
        next_code_point(t, at);
    return n;
}

std::string shortened(std::string_view t, std::size_t most, std::string_view mark) {
    if (count_code_points(t) <= most)
        return std::string(t);
    const auto mark_length = count_code_points(mark);
    const auto keep = most > mark_length ? most - mark_length : 0;
    std::size_t at = 0;
    for (std::size_t n = 0; n < keep; ++n)
        next_code_point(t, at);
    auto out = std::string(t.substr(0, at));
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out.append(mark);
}

void append_folded(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += char(c >= 'A' && c <= 'Z' ? c + 32 : c == '\t' || c == '\r' ? ' ' : c);
        return;
    }
    switch (c) {
    case 0xDF:
    case 0x1E9E: out += "ss"; return;
    case 0xC6:
    case 0xE6: out += "ae"; return;
    case 0x152:
    case 0x153: out += "oe"; return;
    case 0xDE:
    case 0xFE: out += "th"; return;
    case 0x132:
    case 0x133: out += "ij"; return;
    case 0xA0:
    case 0x202F:
    case 0x3000:
    case 0x2028:
    case 0x2029: out += ' '; return;
    case 0xAD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
    case 0xFE0F: return;
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0xB4:
    case 0x60:
    case 0x2BC: out += '\''; return;
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB:
    case 0xBB:
    case 0x2033: out += '"'; return;
    case 0x2026: out += "..."; return;
    case 0x2212: out += '-'; return;
    default: break;
    }
    if (c >= 0x2010 && c <= 0x2015) {
        out += '-';
    } else if (c >= 0x2000 && c <= 0x200A) {
        out += ' ';
    } else if (c >= 0x300 && c <= 0x36F) {
        return; // a combining mark
    } else if (c >= 0xC0 && c <= 0xFF) {
        const char plain = latin1[c - 0xC0];
        if (plain)
            out += plain;
        else
            append_utf8(out, c);
    } else if (c >= 0x100 && c <= 0x17F) {
        out += extended_a[c - 0x100];
    } else if (c == 0x218 || c == 0x219) {
        out += 's';
    } else if (c == 0x21A || c == 0x21B) {
        out += 't';
    } else if (c >= 0x391 && c <= 0x3A9) {
        append_utf8(out, c + 32);
    } else if (c >= 0x410 && c <= 0x42F) {
        append_utf8(out, c + 32);
    } else if (c >= 0x400 && c <= 0x40F) {
        append_utf8(out, c + 80);
    } else if (c >= 0xFF01 && c <= 0xFF5E) {
        append_folded(out, c - 0xFEE0); // full-width forms
    } else {
        append_utf8(out, c);
    }
}

std::string folded(std::string_view t) {
    std::string out;
    out.reserve(t.size());
    for (std::size_t at = 0; at < t.size();)
        append_folded(out, next_code_point(t, at));
    return out;
}

folded_text folded_with_origin(std::string_view t) {
    folded_text out;
    out.text.reserve(t.size());
    out.origin.reserve(t.size() + 1);
    for (std::size_t at = 0; at < t.size();) {
        const auto from = at;
        append_folded(out.text, next_code_point(t, at));
        out.origin.resize(out.text.size(), from);
    }
    out.origin.push_back(t.size());
    return out;
}

bool is_letter(char32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) &&
           !(c >= 0xFE00 && c <= 0xFE0F) && !(c >= 0xFF00 && c <= 0xFF20) && c != 0xFEFF && c != 0xFFFD &&
           !(c >= 0x1F000);
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool is_upper(char32_t c) {
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    if (c < 0xDF)
        return c >= 0xC0 && c != 0xD7;
    if (c >= 0x100 && c <= 0x137)
        return c % 2 == 0;
    if (c >= 0x139 && c <= 0x148)
        return c % 2 == 1;
    if (c >= 0x14A && c <= 0x177)
        return c % 2 == 0;
    return c == 0x178 || c == 0x179 || c == 0x17B || c == 0x17D || (c >= 0x386 && c <= 0x3AB) ||
           (c >= 0x400 && c <= 0x42F);
}

} // namespace whynow::domain::text
