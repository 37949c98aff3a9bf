#include "sources/documents/charset.hpp"

#include "domain/text/utf8.hpp"
#include "sources/documents/plain_text.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

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

bool refused(std::string_view label) {
    return label.starts_with("utf-7") || label.starts_with("utf7") || label.starts_with("unicode-1-1-utf-7") ||
           label.starts_with("scsu") || label.starts_with("bocu") || label.starts_with("iso-2022-cn-ext") ||
           label.starts_with("imap") || label.starts_with("cesu");
}

// What an encoding's name means in practice: supersets for those that senders confuse, names ICU does not know.
std::string_view practical(std::string_view label) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 34> table{{
        {"iso-8859-1", "windows-1252"},
        {"iso8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"latin-1", "windows-1252"},
        {"iso_8859-1", "windows-1252"},
        {"l1", "windows-1252"},
        {"ascii", "us-ascii"},
        {"iso-8859-9", "windows-1254"},
        {"gb2312", "gb18030"},
        {"gb_2312-80", "gb18030"},
        {"gbk", "gb18030"},
        {"cp936", "gb18030"},
        {"x-gbk", "gb18030"},
        {"euc-cn", "gb18030"},
        {"euc-kr", "windows-949"},
        {"euckr", "windows-949"},
        {"ks_c_5601-1987", "windows-949"},
        {"cp949", "windows-949"},
        {"shift_jis", "windows-31j"},
        {"shift-jis", "windows-31j"},
        {"sjis", "windows-31j"},
        {"x-sjis", "windows-31j"},
        {"cp932", "windows-31j"},
        {"big5", "big5-hkscs"},
        {"tis-620", "windows-874"},
        {"iso-8859-11", "windows-874"},
        {"utf8", "utf-8"},
        {"unicode", "utf-16"},
        {"ucs-2", "utf-16"},
        {"iso-10646-ucs-2", "utf-16"},
        {"u16", "utf-16"},
        {"cp_is", "ibm-861"},
        {"cp-is", "ibm-861"},
        {"mac", "macintosh"},
    }};
    for (const auto& [from, to] : table)
        if (label == from)
            return to;
    return label;
}

struct close_converter {
    void operator()(UConverter* c) const { ucnv_close(c); }
};
using converter = std::unique_ptr<UConverter, close_converter>;

converter open_converter(std::string label) {
    std::vector<std::string> names{label};
    std::string dashed = label;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    names.push_back(std::string(practical(dashed)));
    names.push_back(dashed);
    for (const char* prefix : {"cp", "ibm", "x-cp", "csibm", "windows", "cspc"})
        if (dashed.starts_with(prefix)) {
            std::string number = dashed.substr(std::string_view(prefix).size());
            number.erase(0, number.find_first_not_of("-0"));
            names.push_back("ibm-" + number);
            names.push_back("windows-" + number);
        }
    if (dashed.starts_with("x-"))
        names.push_back(dashed.substr(2));
    names.front() = std::string(practical(label));
    for (const std::string& name : names) {
        UErrorCode status = U_ZERO_ERROR;
        converter c(ucnv_open(name.c_str(), &status));
        if (U_SUCCESS(status) && c)
            return c;
    }
    return nullptr;
}

// The encoding most often met after UTF-8, without ICU: big documents of it must not take long.
std::string from_windows_1252(std::string_view bytes) {
    struct cell {
        std::array<char, 4> utf8{};
        std::size_t size = 1;
    };
    static const std::array<cell, 256> table = [] {
        std::array<cell, 256> made;
        for (std::size_t i = 0; i < made.size(); ++i) { // character references have the upper part's table already
            const std::string one =
                i < 0x80 ? std::string(1, static_cast<char>(i)) : decode_references("&#" + std::to_string(i) + ";");
            made[i].size = one.copy(made[i].utf8.data(), one.size());
        }
        return made;
    }();
    std::string out;
    out.reserve(bytes.size() * 2 + 16);
    std::array<char, 4096> chunk;
    std::size_t used = 0;
    for (const char c : bytes) {
        const cell& one = table[static_cast<unsigned char>(c)];
        std::copy(one.utf8.begin(), one.utf8.end(), chunk.begin() + static_cast<std::ptrdiff_t>(used));
        used += one.size;
        if (used + 4 > chunk.size()) {
            out.append(chunk.data(), used);
            used = 0;
        }
    }
    return out.append(chunk.data(), used);
}

// Strict: nothing where the bytes are not that encoding. Otherwise U+FFFD stands for what is not.
std::optional<std::string> convert(std::string_view bytes, std::string_view label, bool strict) {
    const converter from = open_converter(std::string(label));
    if (!from)
        return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    const converter to(ucnv_open("utf-8", &status));
    if (strict)
        ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
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
        ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source, end, pivot.data(),
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

// At most `most` bytes from where it stops being ASCII, with a little before it.
std::string_view around_first_high(std::string_view bytes, std::size_t most) {
    const auto high =
        std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto at = static_cast<std::size_t>(high - bytes.begin());
    return bytes.substr(at - std::min<std::size_t>(at, 512), most);
}

// UTF-8 with some damage, rather than something else altogether.
bool mostly_utf8(std::string_view bytes) {
    std::size_t good = 0;
    std::size_t bad = 0;
    bytes = around_first_high(bytes, 64 * 1024);
    for (std::size_t at = 0; at < bytes.size();) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const std::size_t before = at;
        domain::text::next_code_point(bytes, at);
        (at - before > 1 ? good : bad) += 1;
    }
    return good > 0 && bad <= good;
}

// What the bytes look like to ICU's detector, markup left out.
std::string looks_like(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status), ucsdet_close);
    if (U_FAILURE(status))
        return {};
    ucsdet_enableInputFilter(detector.get(), true);
    const std::string_view sample = around_first_high(bytes, 8 * 1024);
    ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
    const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
    if (U_FAILURE(status) || match == nullptr || ucsdet_getConfidence(match, &status) < 10)
        return {};
    const char* name = ucsdet_getName(match, &status);
    return U_SUCCESS(status) && name != nullptr ? lower(name) : std::string{};
}

bool wide(std::string_view label) {
    return label.starts_with("utf-16") || label.starts_with("utf-32") || label.starts_with("utf16") ||
           label.starts_with("utf32") || label.starts_with("ucs") || label.starts_with("iso-10646") || label == "u16" ||
           label == "unicode";
}

// Reading by one label; nothing where the bytes contradict it.
std::optional<std::string> read_as(std::string_view bytes, std::string_view label) {
    if (label == "utf-8" || label == "utf8" || label == "utf_8")
        return domain::text::valid_utf8(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
    if (practical(label) == "us-ascii")
        return is_ascii(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
    if (practical(label) == "windows-1252")
        return from_windows_1252(bytes);
    return convert(bytes, label, true);
}

std::string without_nul(std::string text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    if (text.find('\0') != std::string::npos)
        std::erase(text, '\0');
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
    if (const std::string sent = charset_of_type(content_type);
        family == nullptr || wide(sent) == wide(family->encoding))
        add(sent);
    if (family != nullptr && family->encoding == "ibm-37") {
        add(declared_in(convert(head, "ibm-37", false).value_or("")));
        add("ibm-37");
    } else if (family != nullptr) {
        add(std::string(family->encoding));
    } else if (std::string declared = declared_in(head); !wide(declared)) {
        add(std::move(declared)); // a declaration that can be read as ASCII is not in UTF-16, whatever it says
    }
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
            return {without_nul(std::move(*text)), label, false};
        problems.push_back("the bytes are not " + label);
    }
    if (domain::text::valid_utf8(body))
        return {without_nul(std::string(body)), "utf-8", false};
    if (mostly_utf8(body)) {
        problems.push_back("some bytes are not UTF-8");
        return {without_nul(domain::text::repaired_utf8(body)), "utf-8", false};
    }
    if (!told)
        problems.push_back("no encoding is declared and the bytes are not UTF-8");
    if (const std::string seen = looks_like(body); !seen.empty() && !refused(seen) && !wide(seen))
        if (auto text = read_as(body, seen))
            return {without_nul(std::move(*text)), seen, false};
    return {without_nul(from_windows_1252(body)), "windows-1252", false};
}

} // namespace whynow::sources::documents
