#include "sources/documents/charset.hpp"

#include "domain/text/utf8.hpp"
#include "sources/documents/charset_guess.hpp"
#include "sources/documents/charset_names.hpp"
#include "sources/documents/icu.hpp"
#include "sources/documents/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>

namespace whynow::sources::documents {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
    return out;
}

std::string trimmed_label(std::string_view label) {
    const std::string_view around = " \t\r\n\"';,";
    const auto from = label.find_first_not_of(around);
    if (from == std::string_view::npos)
        return {};
    const auto to = label.find_last_not_of(around);
    return lower(label.substr(from, std::min<std::size_t>(to - from + 1, 60)));
}

std::string charset_of_type(std::string_view content_type) {
    const std::string type = lower(content_type);
    for (auto at = type.find("charset"); at != std::string::npos; at = type.find("charset", at + 7)) {
        auto value = type.find_first_not_of(" \t", at + 7);
        if (value == std::string::npos || type[value] != '=')
            continue;
        return trimmed_label(std::string_view(type).substr(value + 1, type.find(';', value) - value - 1));
    }
    return {};
}

bool text_or_xml(std::string_view content_type) {
    const std::string type = lower(content_type.substr(0, content_type.find_first_of("; \t")));
    return type.empty() || type.starts_with("text/") || type.find("xml") != std::string::npos;
}

// The encoding an XML declaration names, from text that is at least ASCII-like.
std::string declared_in(std::string_view head) {
    const auto start = head.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || head.substr(start, 5) != "<?xml")
        return {};
    head = head.substr(start, head.find('>', start) - start);
    auto at = head.find("encoding");
    if (at == std::string_view::npos || (at = head.find('=', at)) == std::string_view::npos)
        return {};
    at = head.find_first_of("\"'", at);
    if (at == std::string_view::npos)
        return {};
    return trimmed_label(head.substr(at + 1, head.find(head[at], at + 1) - at - 1));
}

struct mark {
    std::string_view bytes;
    std::string_view encoding;
};
using namespace std::string_view_literals;
constexpr std::array<mark, 5> order_marks{{{"\xEF\xBB\xBF"sv, "utf-8"},
                                           {"\xFF\xFE\0\0"sv, "utf-32le"},
                                           {"\0\0\xFE\xFF"sv, "utf-32be"},
                                           {"\xFF\xFE"sv, "utf-16le"},
                                           {"\xFE\xFF"sv, "utf-16be"}}};
// "<" or "<?" in the families of encodings that cannot be read as ASCII.
constexpr std::array<mark, 7> openings{{{"<\0\0\0"sv, "utf-32le"},
                                        {"\0\0\0<"sv, "utf-32be"},
                                        {"<\0?\0"sv, "utf-16le"},
                                        {"\0<\0?"sv, "utf-16be"},
                                        {"<\0"sv, "utf-16le"},
                                        {"\0<"sv, "utf-16be"},
                                        {"\x4C\x6F\xA7\x94"sv, "ibm-37"}}};

template <std::size_t N>
const mark* begins_with(std::string_view bytes, const std::array<mark, N>& marks) {
    const auto at = std::find_if(marks.begin(), marks.end(), [&](const mark& m) { return bytes.starts_with(m.bytes); });
    return at == marks.end() ? nullptr : &*at;
}

struct close_converter {
    void operator()(UConverter* c) const { the_icu().ucnv_close(c); }
};
using converter = std::unique_ptr<UConverter, close_converter>;

converter open_converter(std::string_view label) {
    for (const std::string& name : converter_names(label)) {
        UErrorCode status = U_ZERO_ERROR;
        converter c(the_icu().ucnv_open(name.c_str(), &status));
        if (U_SUCCESS(status) && c)
            return c;
    }
    return nullptr;
}

struct cell {
    std::array<char, 4> utf8{};
    std::size_t size = 0; // 0: the encoding has nothing there

    void set(std::string_view text) { size = text.copy(utf8.data(), utf8.size()); }
};
using table = std::array<cell, 256>;

const table& windows_1252() {
    static const table made = [] {
        table out;
        for (std::size_t i = 0; i < out.size(); ++i) // character references have the upper part's table already
            out[i].set(i < 0x80 ? std::string(1, static_cast<char>(i))
                                : decode_references("&#" + std::to_string(i) + ";"));
        return out;
    }();
    return made;
}

// Where every character is one byte: big documents must not take long. Nothing where a byte is none.
std::optional<std::string> through(const table& cells, std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2 + 16);
    std::array<char, 4096> chunk;
    std::size_t used = 0;
    for (const char c : bytes) {
        const cell& one = cells[static_cast<unsigned char>(c)];
        if (one.size == 0)
            return std::nullopt;
        std::copy(one.utf8.begin(), one.utf8.end(), chunk.begin() + static_cast<std::ptrdiff_t>(used));
        used += one.size;
        if (used + 4 > chunk.size()) {
            out.append(chunk.data(), used);
            used = 0;
        }
    }
    return out.append(chunk.data(), used);
}

std::string from_windows_1252(std::string_view bytes) { return *through(windows_1252(), bytes); }

// `from` must stop at what is not its encoding.
table table_of(UConverter* from) {
    table out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char byte = static_cast<char>(i);
        const char* source = &byte;
        std::array<UChar, 4> units{};
        UChar* target = units.data();
        UErrorCode status = U_ZERO_ERROR;
        the_icu().ucnv_resetToUnicode(from);
        the_icu().ucnv_toUnicode(from, &target, units.data() + units.size(), &source, source + 1, nullptr, true,
                                 &status);
        std::string text;
        if (U_SUCCESS(status) && target == units.data() + 1)
            domain::text::append_utf8(text, units[0]);
        out[i].set(text);
    }
    return out;
}

// Strict: nothing where the bytes are not that encoding. Otherwise U+FFFD stands for what is not.
std::optional<std::string> convert(std::string_view bytes, std::string_view label, bool strict) {
    const converter from = open_converter(label);
    if (!from)
        return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    const converter to(the_icu().ucnv_open("utf-8", &status));
    if (strict)
        the_icu().ucnv_setToUCallBack(from.get(), the_icu().stop_at_what_is_none, nullptr, nullptr, nullptr, &status);
    if (strict && the_icu().ucnv_getType(from.get()) == UCNV_SBCS)
        return through(table_of(from.get()), bytes);
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 4 + 64);
    std::array<char, 16 * 1024> chunk;
    std::array<UChar, 8 * 1024> pivot;
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    const char* source = bytes.data();
    const char* const end = bytes.data() + bytes.size();
    for (bool reset = true;; reset = false) {
        char* target = chunk.data();
        status = U_ZERO_ERROR;
        the_icu().ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source, end, pivot.data(),
                                 &pivot_source, &pivot_target, pivot.data() + pivot.size(), reset, true, &status);
        out.append(chunk.data(), static_cast<std::size_t>(target - chunk.data()));
        if (status != U_BUFFER_OVERFLOW_ERROR)
            break;
    }
    if (U_FAILURE(status))
        return std::nullopt;
    if (strict && out.find("\xEF\xBF\xBD") != std::string::npos)
        return std::nullopt;
    return out;
}

bool is_ascii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Whether an incomplete but otherwise right sequence of UTF-8 begins at `at`.
bool cut_short(std::string_view bytes, std::size_t at) {
    const auto is_more = [&](std::size_t i) {
        return i < bytes.size() && (static_cast<unsigned char>(bytes[i]) & 0xC0) == 0x80;
    };
    return static_cast<unsigned char>(bytes[at]) >= 0xE0 && is_more(at + 1);
}

// Damaged UTF-8: what is none was most often windows-1252 that somebody pasted.
std::string mixed_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    std::size_t clean = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t before = at;
        const char32_t c = domain::text::next_code_point(bytes, at);
        if (c != 0xFFFD || at - before > 1)
            continue;
        out.append(bytes.substr(clean, before - clean));
        if (cut_short(bytes, before)) {
            while (at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80)
                ++at;
            out += "\xEF\xBF\xBD";
        } else {
            const cell& one = windows_1252()[static_cast<unsigned char>(bytes[before])];
            out.append(one.utf8.data(), one.size);
        }
        clean = at;
    }
    return out.append(bytes.substr(std::min(clean, bytes.size())));
}

// Reading by one label; nothing where the bytes contradict it.
std::optional<std::string> read_as(std::string_view bytes, std::string_view label) {
    if (label == "utf-8" || label == "utf8" || label == "utf_8")
        return domain::text::valid_utf8(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
    if (practical(label) == "us-ascii")
        return is_ascii(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
    if (eight_bit(label) && domain::text::valid_utf8(bytes) && !is_ascii(bytes))
        return std::nullopt;
    if (practical(label) == "windows-1252")
        return from_windows_1252(bytes);
    return convert(bytes, label, true);
}

std::string without_nul(std::string text, std::vector<std::string>& problems) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    if (text.find('\0') != std::string::npos) {
        problems.emplace_back("there are NUL characters");
        std::erase(text, '\0');
    }
    return text;
}

// The labels to try, the most trustworthy first.
struct candidates {
    std::vector<std::string> labels;
    std::size_t body_from = 0;
};

candidates candidates_of(std::string_view bytes, std::string_view content_type) {
    candidates out;
    const auto add = [&](std::string label) {
        if (!label.empty() && std::find(out.labels.begin(), out.labels.end(), label) == out.labels.end())
            out.labels.push_back(std::move(label));
    };
    const std::string_view head = bytes.substr(0, 1024);
    if (const mark* m = begins_with(bytes, order_marks)) {
        out.body_from = m->bytes.size();
        add(std::string(m->encoding));
        add(declared_in(head.substr(out.body_from)));
        return out;
    }
    const mark* family = begins_with(bytes, openings);
    const std::string sent = charset_of_type(content_type);
    const bool binding = text_or_xml(content_type); // elsewhere a charset has no meaning, but better that than none
    if (binding && (family == nullptr || wide(sent) == wide(family->encoding)))
        add(sent);
    if (family != nullptr && family->encoding == "ibm-37") {
        add(declared_in(convert(head, "ibm-37", false).value_or("")));
        add("ibm-37");
    } else if (family != nullptr) {
        add(std::string(family->encoding));
    } else if (std::string declared = declared_in(head); !wide(declared)) {
        add(std::move(declared)); // a declaration that can be read as ASCII is not in UTF-16, whatever it says
    }
    if (!binding && family == nullptr)
        add(sent);
    return out;
}

} // namespace

decoded decode(std::string_view bytes, std::string_view content_type, std::vector<std::string>& problems) {
    candidates tried = candidates_of(bytes, content_type);
    const std::string_view body = bytes.substr(tried.body_from);
    const bool told = !tried.labels.empty();
    for (const std::string& label : tried.labels) {
        if (refused(label)) {
            problems.push_back("encoding " + label + " is never read");
            return {{}, label, true};
        }
        if (auto text = read_as(body, label))
            return {without_nul(std::move(*text), problems), label, false};
        problems.push_back("the bytes are not " + label);
    }
    if (!told && body.find("\x1B$") != std::string_view::npos) // ASCII to look at
        for (const char* shifting : {"iso-2022-jp", "iso-2022-kr"})
            if (auto text = read_as(body, shifting))
                return {without_nul(std::move(*text), problems), shifting, false};
    if (domain::text::valid_utf8(body))
        return {without_nul(std::string(body), problems), "utf-8", false};
    if (mostly_utf8(body)) {
        problems.push_back("some bytes are not UTF-8");
        return {without_nul(mixed_utf8(body), problems), "utf-8", false};
    }
    if (!told)
        problems.push_back("no encoding is declared and the bytes are not UTF-8");
    for (const std::string& seen : looks_like(body))
        if (auto text = read_as(body, seen))
            return {without_nul(std::move(*text), problems), seen, false};
    return {without_nul(from_windows_1252(body), problems), "windows-1252", false};
}

} // namespace whynow::sources::documents
