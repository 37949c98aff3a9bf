#include "domain/triggers/sentence.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::triggers {
namespace {

constexpr std::size_t longest_sentence = 120; // words; no news needs more
constexpr std::size_t longest_text = 4000;    // bytes

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool money_unit(std::string_view folded) {
    static constexpr std::array<std::string_view, 30> words{
        "million",    "millions",  "billion",  "billions",  "mln",      "bln",       "mn",    "bn",
        "m",          "b",         "k",        "crore",     "lakh",     "millionen", "mio",   "mrd",
        "milliarden", "milliarde", "millones", "milliards", "milliard", "euro",      "euros", "dollars",
        "dollar",     "pounds",    "eur",      "usd",       "gbp",      "chf"};
    return std::find(words.begin(), words.end(), folded) != words.end();
}

bool currency(std::string_view text, std::size_t at) {
    // "$" or the end of "€", "£", "¥" right in front
    if (at >= 1 && text[at - 1] == '$')
        return true;
    if (at >= 3 && text.substr(at - 3, 3) == "€")
        return true;
    return at >= 2 && (text.substr(at - 2, 2) == "£" || text.substr(at - 2, 2) == "¥");
}

bool unit_inside(std::string_view folded) {
    const auto digits = folded.find_first_not_of("0123456789");
    if (digits == std::string_view::npos)
        return false;
    const auto unit = folded.substr(digits);
    return unit == "m" || unit == "b" || unit == "bn" || unit == "mn" || unit == "mln" || unit == "bln" ||
           unit == "million" || unit == "billion";
}

void note_numbers(std::string_view text, std::vector<token>& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto& t = tokens[i];
        if (t.folded.empty() || !is_digit(t.folded[0]))
            continue;
        t.number = true;
        auto next = i + 1; // "4.2 percent" is two words and one number
        while (next < tokens.size() && tokens[next].glued &&
               (tokens[next].before == '.' || tokens[next].before == ',') && is_digit(tokens[next].folded[0]))
            ++next;
        const auto end = tokens[next - 1].to;
        const bool unit_follows = next < tokens.size() && money_unit(tokens[next].folded);
        for (auto u = next; u < tokens.size() && u < next + 2 && money_unit(tokens[u].folded); ++u)
            tokens[u].unit = true;
        const bool sign_follows = text.substr(std::min(end, text.size())).starts_with("€") ||
                                  text.substr(std::min(end, text.size())).starts_with(" €");
        t.priced = currency(text, t.from) || sign_follows;
        t.money = currency(text, t.from) || unit_follows || sign_follows || unit_inside(tokens[next - 1].folded);
        t.percent = (end < text.size() && text[end] == '%') ||
                    text.substr(std::min(end, text.size())).starts_with(" %") ||
                    (next < tokens.size() && (tokens[next].folded == "percent" || tokens[next].folded == "pct" ||
                                              tokens[next].folded == "prozent" || tokens[next].folded == "per"));
    }
}

// "Inc. Apple" does not end a sentence.
bool abbreviation(std::string_view text, std::size_t dot) {
    auto from = dot;
    while (from > 0 && !is_space(text[from - 1]) && text[from - 1] != '(')
        --from;
    const auto w = text.substr(from, dot - from);
    if (w.size() <= 1 || w.find('.') != std::string_view::npos)
        return true;
    static constexpr std::array<std::string_view, 34> words{
        "Inc", "Corp", "Co",  "Ltd", "Mr",  "Mrs", "Ms",  "Dr",  "St",   "Jr",  "Sr",  "No",
        "Jan", "Feb",  "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
        "vs",  "Gov",  "Sen", "Rep", "Gen", "bzw", "Nr",  "Mio", "Mrd",  "Ch"};
    return std::find(words.begin(), words.end(), w) != words.end();
}

// The dot behind the last word so far: the end of a sentence, not that of "U.S." or "Inc.".
bool ends_sentence(std::string_view text, const std::vector<token>& before) {
    if (before.empty() || before.back().number)
        return false;
    const auto dot = text.find('.', before.back().to);
    return dot != std::string_view::npos && !abbreviation(text, dot);
}

} // namespace

sentence read_sentence(std::string_view text, const companies& accounts) {
    sentence out;
    std::vector<word> words;
    read_words(text.substr(0, longest_text), words);
    if (words.size() > longest_sentence)
        words.resize(longest_sentence);
    if (!words.empty() && words.size() == longest_sentence)
        text = text.substr(0, words.back().to);
    out.text = text = text.substr(0, longest_text);
    out.tokens.reserve(words.size());
    for (const auto& w : words) {
        token t;
        t.folded = folded_word(text, w);
        t.from = w.from;
        t.to = w.to;
        t.before = w.before;
        t.glued = w.glued;
        t.possessive = w.possessive;
        t.capital = w.capital;
        t.capitals = w.capitals;
        t.breaks =
            w.before == ';' || w.before == '|' || (w.before == '.' && !w.glued && ends_sentence(text, out.tokens));
        out.tokens.push_back(std::move(t));
    }
    note_numbers(text, out.tokens);
    for (auto& m : accounts.find(text)) {
        mention found;
        const auto first =
            std::find_if(out.tokens.begin(), out.tokens.end(), [&](const token& t) { return t.from >= m.from; });
        found.first = static_cast<std::size_t>(first - out.tokens.begin());
        found.last = found.first;
        while (found.last + 1 < out.tokens.size() && out.tokens[found.last + 1].from < m.to)
            ++found.last;
        if (found.first >= out.tokens.size())
            continue;
        out.tokens[found.first].mention = static_cast<int>(out.mentions.size());
        found.match = std::move(m);
        out.mentions.push_back(std::move(found));
    }
    auto end = text.find_last_not_of(" \"')");
    out.question = end != std::string_view::npos && text[end] == '?';
    return out;
}

std::vector<std::string_view> split_sentences(std::string_view text) {
    std::vector<std::string_view> out;
    const auto add = [&](std::size_t from, std::size_t to) {
        while (from < to && is_space(text[from]))
            ++from;
        while (to > from && is_space(text[to - 1]))
            --to;
        if (to > from)
            out.push_back(text.substr(from, to - from));
    };
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool stop = c == '.' || c == '!' || c == '?';
        const bool line = c == '\n' && i + 1 < text.size() && text[i + 1] == '\n';
        if (!stop && !line)
            continue;
        if (stop) {
            auto next = i + 1;
            while (next < text.size() && (text[next] == '"' || text[next] == '\'' || text[next] == ')'))
                ++next;
            if (next < text.size() && !is_space(text[next]))
                continue;
            while (next < text.size() && is_space(text[next]))
                ++next;
            if (next < text.size() && text[next] >= 'a' && text[next] <= 'z')
                continue;
            if (c == '.' && (abbreviation(text, i) || (i > 0 && is_digit(text[i - 1]) && next < text.size() &&
                                                       i + 1 < text.size() && i >= 2 && is_space(text[i - 2]))))
                continue;
        }
        add(from, i + 1);
        from = i + 1;
    }
    add(from, text.size());
    return out;
}

} // namespace whynow::domain::triggers
