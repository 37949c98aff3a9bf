#include "domain/book/book.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::book {
namespace {

constexpr std::array<std::string_view, 3> roles{"rep", "manager", "admin"};

constexpr std::string_view blank = " \t\r\n";

// Words of a name as written, separated by blanks.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> out;
    for (auto at = text.find_first_not_of(blank); at != std::string_view::npos;) {
        const auto end = text.find_first_of(blank, at);
        out.push_back(text.substr(at, end - at));
        at = end == std::string_view::npos ? end : text.find_first_not_of(blank, end);
    }
    return out;
}

// Folded, without the dots and commas around it.
std::string bare(std::string_view word) {
    auto out = text::folded(word);
    std::erase_if(out, [](char c) { return c == '.' || c == ',' || c == '(' || c == ')'; });
    return out;
}

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Before a name. One word may hold several: "Dipl.-Ing.", "Prof.Dr.".
bool is_title(std::string_view word) {
    constexpr std::array<std::string_view, 45> titles{
        "mr",  "mrs",    "ms",       "miss",     "mx",   "dr",       "drs",    "prof",     "professor",
        "sir", "dame",   "lord",     "lady",     "rev",  "hon",      "herr",   "hr",       "frau",
        "fr",  "ing",    "dipl-ing", "dipl-kfm", "mag",  "monsieur", "madame", "mme",      "mlle",
        "me",  "maitre", "sr",       "sra",      "srta", "senor",    "senora", "don",      "dona",
        "dra", "lic",    "profdr",   "drmed",    "drhc", "dring",    "drrer",  "dipl-oec", "ir"};
    const auto w = bare(word);
    // "M." is Monsieur, "M" alone or "J." an initial; "Fr", "Me", "Don" without a dot may be names.
    if (w == "don" || w == "me" || w == "fr" || w == "ing")
        return word.back() == '.' || (w == "don" && word == "don");
    return one_of(titles, w) || text::folded(word) == "m.";
}

// Behind a name.
bool is_suffix(std::string_view word) {
    constexpr std::array<std::string_view, 27> suffixes{
        "jr", "sr", "ii",  "iii", "iv",  "phd", "md",  "mba", "cpa", "esq", "cfa",   "pmp", "msc", "bsc",
        "ma", "ba", "llm", "jd",  "dds", "obe", "mbe", "cbe", "rn",  "pe",  "cissp", "cma", "acca"};
    return one_of(suffixes, bare(word));
}

// Begins a family name.
bool is_particle(std::string_view word) {
    constexpr std::array<std::string_view, 22> particles{"von", "van", "der", "den", "de",  "del", "de'", "della",
                                                         "di",  "da",  "dos", "das", "du",  "la",  "le",  "zu",
                                                         "zum", "zur", "vom", "ten", "ter", "af"};
    return one_of(particles, text::folded(word));
}

struct parts {
    std::vector<std::string_view> given;  // without titles
    std::vector<std::string_view> family; // without suffixes; empty for a name of one word
};

void strip(std::vector<std::string_view>& words) {
    while (words.size() > 1 && is_title(words.front()))
        words.erase(words.begin());
    while (words.size() > 1 && is_suffix(words.back()))
        words.pop_back();
}

bool only_suffixes(std::string_view text) {
    const auto words = words_of(text);
    return std::all_of(words.begin(), words.end(), is_suffix);
}

parts split(std::string_view full_name) {
    const auto comma = full_name.find(',');
    const auto behind = comma == std::string_view::npos ? std::string_view() : full_name.substr(comma + 1);
    if (comma != std::string_view::npos && !only_suffixes(behind.substr(0, behind.find(',')))) {
        parts turned{words_of(behind.substr(0, behind.find(','))), words_of(full_name.substr(0, comma))};
        strip(turned.given);
        strip(turned.family);
        return turned;
    }
    auto words = words_of(full_name.substr(0, comma));
    strip(words);
    if (words.size() < 2)
        return {words, {}};
    auto from = words.size() - 1;
    while (from > 1 && is_particle(words[from - 1]))
        --from;
    const auto middle = words.begin() + static_cast<std::ptrdiff_t>(from);
    return {{words.begin(), middle}, {middle, words.end()}};
}

std::string trimmed(std::string_view word) {
    const auto last = word.find_last_not_of(",;");
    return std::string(word.substr(0, last + 1));
}

bool is_initial(std::string_view word) {
    return text::count_code_points(word) == 1 || (word.back() == '.' && text::count_code_points(word) == 2);
}

} // namespace

std::string_view to_string(role r) { return roles.at(static_cast<std::size_t>(r)); }

std::optional<role> role_from(std::string_view text) {
    const auto key = text::folded(text);
    const auto found = std::find(roles.begin(), roles.end(), key);
    if (found == roles.end())
        return std::nullopt;
    return static_cast<role>(found - roles.begin());
}

std::string first_name(std::string_view full_name) {
    const auto name = split(full_name);
    // "J. Robert Smith" goes by Robert.
    for (const auto word : name.given)
        if (!is_initial(word))
            return trimmed(word);
    return name.given.empty() ? std::string() : trimmed(name.given.front());
}

std::string last_name(std::string_view full_name) {
    std::string out;
    for (const auto word : split(full_name).family) {
        if (!out.empty())
            out += ' ';
        out += trimmed(word);
    }
    return out;
}

} // namespace whynow::domain::book
