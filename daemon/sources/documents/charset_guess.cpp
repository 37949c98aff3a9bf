#include "sources/documents/charset_guess.hpp"

#include "domain/text/utf8.hpp"
#include "sources/documents/charset_names.hpp"
#include "sources/documents/icu.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>

namespace whynow::sources::documents {

namespace {

// In ICU's percent. What it doubts may be right, but only the first of it is worth a try.
constexpr int doubted = 10;
constexpr std::size_t most_guesses = 4; // each may be read to the end in vain

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
    return out;
}

// At most `most` bytes from where it stops being ASCII, with a little before it.
std::string_view around_first_high(std::string_view bytes, std::size_t most) {
    const auto high =
        std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto at = static_cast<std::size_t>(high - bytes.begin());
    return bytes.substr(at - std::min<std::size_t>(at, 512), most);
}

// Alphabets that ICU's detector does not know. Their letters stand side by side, which Western ones above ASCII never
// do.
std::string dense_alphabet(std::string_view bytes) {
    std::size_t high = 0;
    std::size_t beside = 0;
    std::size_t thai = 0;
    std::size_t thai_consonants = 0; // of those, the ones where Hebrew and Cyrillic have no letters
    std::size_t dos_cyrillic = 0;
    bool before = false;
    for (const char c : bytes) {
        const auto b = static_cast<unsigned char>(c);
        high += b >= 0x80 ? 1 : 0;
        beside += b >= 0x80 && before ? 1 : 0;
        thai += (b >= 0xA1 && b <= 0xDA) || (b >= 0xDF && b <= 0xFB) ? 1 : 0;
        thai_consonants += b >= 0xA1 && b <= 0xBF ? 1 : 0;
        dos_cyrillic += (b >= 0x80 && b <= 0xAF) || (b >= 0xE0 && b <= 0xF1) ? 1 : 0;
        before = b >= 0x80;
    }
    if (high < 16 || beside * 3 < high * 2)
        return {};
    if (thai == high && thai_consonants * 6 > high)
        return "windows-874";
    return dos_cyrillic == high ? "ibm-866" : "";
}

struct guess {
    std::string encoding;
    int confidence = 0;
};

// ICU's detector, markup left out.
std::vector<guess> detected(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(the_icu().ucsdet_open(&status),
                                                                                  the_icu().ucsdet_close);
    if (U_FAILURE(status))
        return {};
    the_icu().ucsdet_enableInputFilter(detector.get(), true);
    the_icu().ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
    std::int32_t count = 0;
    const UCharsetMatch** all = the_icu().ucsdet_detectAll(detector.get(), &count, &status);
    std::vector<guess> out;
    for (std::int32_t i = 0; U_SUCCESS(status) && all != nullptr && i < count; ++i) {
        guess g{lower(the_icu().ucsdet_getName(all[i], &status)), the_icu().ucsdet_getConfidence(all[i], &status)};
        if (g.confidence < doubted)
            break;
        out.push_back(std::move(g));
    }
    return out;
}

// Not Shift_JIS, for which any Thai passes: its kana are no Thai.
bool of_pairs(std::string_view encoding) {
    return encoding.starts_with("gb") || encoding.starts_with("big5") || encoding.starts_with("euc");
}

} // namespace

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

std::vector<std::string> looks_like(std::string_view bytes) {
    const std::string_view sample = around_first_high(bytes, 8 * 1024);
    const std::vector<guess> seen = detected(sample);
    // Pairs of bytes that might be letters of East Asia are no alphabet's.
    const bool paired = std::any_of(seen.begin(), seen.end(), [](const guess& g) { return of_pairs(g.encoding); });
    if (!paired)
        if (std::string dense = dense_alphabet(sample); !dense.empty())
            return {dense};
    std::vector<std::string> out;
    for (const guess& g : seen) {
        if (g.confidence == doubted && &g != &seen.front())
            break;
        if (!wide(g.encoding) && !refused(g.encoding))
            out.push_back(g.encoding);
    }
    if (out.size() > most_guesses)
        out.resize(most_guesses);
    return out;
}

} // namespace whynow::sources::documents
