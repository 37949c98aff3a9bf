#include "domain/outcomes/learned.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

namespace {
constexpr double sure = 0.85, fairly = 0.7;
constexpr std::size_t longest_fact = 9, longest_vendor = 3;

bool mark(const token& t, std::string_view marks) {
    return t.is == token::sort::mark && marks.find(t.text) != std::string_view::npos;
}

bool amount_word(const token& t) {
    if (!t.digits || t.is != token::sort::word)
        return false;
    return std::ranges::all_of(t.text,
                               [](char c) {
                                   return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == 'k' || c == 'm' ||
                                          c == 'n' || c == 'b' || c == 'e' || c == 'u' || c == 'r' || c == 'o' ||
                                          c == 's' || c == 'd';
                               }) &&
           t.text[0] >= '0' && t.text[0] <= '9';
}

bool currency(const token& t) {
    constexpr std::string_view words[] = {"eur",   "usd", "gbp", "chf",     "euro",  "euros",   "dollars",
                                          "k",     "m",   "mio", "million", "tsd",   "pounds",  "mil",
                                          "bucks", "$",   "€",   "£",       "grand", "thousand"};
    return std::ranges::find(words, t.text) != std::end(words);
}
} // namespace

std::size_t learning::past_lead(std::size_t i, bool brackets) const {
    while (i < t_.size() && ((t_[i].is == token::sort::word && rules_.articles.contains(t_[i].text) && !t_[i].shout) ||
                             mark(t_[i], ":=-") || (brackets && mark(t_[i], "(,"))))
        ++i;
    return i;
}

// The words behind a cue up to the end of their clause.
learning::found learning::captured(std::size_t, std::size_t behind, std::size_t most) const {
    const auto begin = past_lead(behind, false);
    std::size_t end = begin;
    while (end < t_.size() && end - begin < most) {
        if (t_[end].is != token::sort::word || (end > begin && rules_.fact.stop.match(t_, end) > end))
            break;
        ++end;
    }
    if (end == begin || (rules_.fact.stop.match(t_, begin) > begin && rules_.fact.thing.match(t_, begin) == begin))
        return std::nullopt;
    const span at{t_[begin].at.from, t_[end - 1].at.to};
    return heard<std::string>{std::string(text_.substr(at.from, at.to - at.from)), at, sure};
}

learning::found learning::challenge() const {
    for (std::size_t i = 0; i < t_.size(); ++i) {
        const auto behind = rules_.fact.challenge.match(t_, i);
        if (behind == i || (i > 0 && rules_.hint.negation.match(t_, i - 1) > i - 1))
            continue;
        if (behind < t_.size() &&
            (rules_.what[static_cast<std::size_t>(result::already_solved)].match(t_, i) > behind ||
             t_[behind].text == "solved" || t_[behind].text == "fixed" || t_[behind].text == "gone" ||
             t_[behind].text == "sorted"))
            continue;
        if (const auto f = captured(i, behind, longest_fact))
            return f;
    }
    return std::nullopt;
}

learning::found learning::tried() const {
    for (std::size_t i = 0; i < t_.size(); ++i) {
        auto behind = rules_.fact.tried.match(t_, i);
        if (behind == i || (i > 0 && rules_.hint.negation.match(t_, i - 1) == i))
            continue;
        if (behind < t_.size() && rules_.fact.not_tried.match(t_, behind) > behind)
            continue;
        // "haben X probiert": what was tried stands before the verb
        if (const auto& last = t_[behind - 1].text; behind - i > 2 && (last == "probiert" || last == "versucht" ||
                                                                       last == "getestet" || last == "ausprobiert")) {
            const auto begin = past_lead(i + 1, false);
            if (begin + 1 >= behind)
                continue;
            const span at{t_[begin].at.from, t_[behind - 2].at.to};
            return heard<std::string>{std::string(text_.substr(at.from, at.to - at.from)), at, fairly};
        }
        if (const auto f = captured(i, behind, longest_fact))
            return f;
    }
    return std::nullopt;
}

learning::found learning::vendor_from(std::size_t i, std::size_t behind) const {
    auto k = behind;
    const bool bracketed = k < t_.size() && mark(t_[k], "(,:=");
    k = past_lead(k, true);
    while (k < t_.size() && t_[k].is == token::sort::word && !t_[k].capital &&
           (t_[k].text == "vendor" || t_[k].text == "supplier" || t_[k].text == "competitor" ||
            t_[k].text == "provider" || t_[k].text == "tool"))
        k = past_lead(k + 1, true);
    const auto product = [&](std::size_t at) { // "they use Monday for planning"
        return t_[at].text == "monday" && at + 1 < t_.size() && (t_[at + 1].text == "for" || t_[at + 1].text == "to");
    };
    const auto fits = [&](std::size_t at) {
        return at < t_.size() && t_[at].is == token::sort::word && t_[at].capital &&
               ((!rules_.vendor_words.contains(t_[at].text) && !rules_.no_name.contains(t_[at].text)) || product(at)) &&
               !named_.used(at) && t_[at].text != "#";
    };
    std::size_t end = k;
    const auto joined = [&](std::size_t at) { // "Bright & Co"
        return at > k && at + 1 < t_.size() && t_[at].text == "&" && t_[at + 1].capital;
    };
    while (end - k < longest_vendor && (fits(end) || joined(end) || (end > k && joined(end - 1))))
        ++end;
    if (end == k) {
        const std::string_view lead = behind > 0 ? std::string_view(t_[behind - 1].text) : std::string_view{};
        const bool named_so = bracketed || lead == "is" || lead == "=" || lead == "uses" || lead == "using" ||
                              t_[i].text == "nutzen" || t_[i].text == "nutzt" || t_[i].text == "utilisent" ||
                              t_[i].text == "usan" || t_[i].text == "arbeiten" || lead == ":";
        const bool word = k < t_.size() && t_[k].is == token::sort::word && t_[k].text.size() > 2 && !t_[k].digits &&
                          !rules_.vendor_words.contains(t_[k].text) && !rules_.no_name.contains(t_[k].text) &&
                          !rules_.cue_words.contains(t_[k].text);
        const bool closed =
            k + 1 >= t_.size() || t_[k + 1].is == token::sort::mark || rules_.fact.stop.match(t_, k + 1) > k + 1;
        if (!named_so || !word || !closed || (bracketed && mark(t_[behind], ",")))
            return std::nullopt;
        end = k + 1;
    }
    if (end < t_.size() && rules_.after_place.contains(t_[end].text))
        return std::nullopt; // "moved to the Austin office"
    if (k > 1 && t_[k - 1].text == "of" && t_[k - 2].text == "out")
        return std::nullopt; // "an agency out of Reno"
    const span at{t_[k].at.from, t_[end - 1].at.to};
    return heard<std::string>{std::string(text_.substr(at.from, at.to - at.from)), at, fairly};
}

learning::found learning::vendor() const {
    for (std::size_t i = 0; i + 1 < t_.size(); ++i) // "Marlo user"
        if (t_[i].capital && rules_.fact.user.match(t_, i + 1) > i + 1) {
            auto from = i;
            while (from > 0 && t_[from - 1].capital && !rules_.vendor_words.contains(t_[from - 1].text))
                --from;
            if (const auto f = vendor_from(from, from))
                return f;
        }
    for (std::size_t i = 0; i < t_.size(); ++i) {
        const auto behind = rules_.fact.vendor.match(t_, i);
        const bool away = std::ranges::any_of(cues_.all(), [&](const cue& c) { // "on PTO"
            return (c.how == disposition::gatekeeper || c.how == disposition::no_answer ||
                    c.how == disposition::left_company) &&
                   c.begin <= i && c.end > behind;
        });
        if (behind == i || away || named_.used(i) || (i > 0 && rules_.hint.meeting.match(t_, i - 1) >= i))
            continue;
        if (i > 0 && t_[i - 1].is == token::sort::word && rules_.hint.negation.match(t_, i - 1) > i - 1)
            continue;
        if (const auto f = vendor_from(i, behind))
            return f;
    }
    return std::nullopt;
}

learning::found learning::amount_at(std::size_t i) const {
    std::size_t begin = i;
    if (begin < t_.size() && (t_[begin].text == "$" || t_[begin].text == "€" || t_[begin].text == "£"))
        ++begin;
    if (begin >= t_.size() || !amount_word(t_[begin]))
        return std::nullopt;
    std::size_t end = begin + 1;
    if (end + 1 < t_.size() && mark(t_[end], "-") && amount_word(t_[end + 1]))
        end += 2;
    while (end < t_.size() && currency(t_[end]))
        ++end;
    constexpr std::string_view each[] = {"mo", "month", "months", "yr", "year", "wk", "week", "user", "seat", "head"};
    if (end + 1 < t_.size() && mark(t_[end], "/") && std::ranges::find(each, t_[end + 1].text) != std::end(each))
        end += 2; // "12k/mo"
    const auto& number = t_[begin].text;
    const bool bare = begin == i && end == begin + 1 &&
                      (number.size() <= 2 || (number.size() == 4 && number.starts_with("20"))) &&
                      std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    if (bare)
        return std::nullopt; // "has 2 other quotes", "budget 2027"
    const span at{t_[i].at.from, t_[end - 1].at.to};
    return heard<std::string>{std::string(text_.substr(at.from, at.to - at.from)), at, sure};
}

learning::found learning::budget() const {
    for (std::size_t i = 0; i < t_.size(); ++i)
        if (const auto behind = rules_.fact.no_budget.match(t_, i); behind > i)
            return heard<std::string>{"none", {t_[i].at.from, t_[behind - 1].at.to}, sure};
    for (std::size_t i = 0; i < t_.size(); ++i) {
        if (const auto behind = rules_.fact.budget.match(t_, i); behind > i) {
            for (auto k = behind; k < std::min(behind + 2, t_.size()); ++k)
                if (const auto a = amount_at(k))
                    return a;
        }
        if (const auto a = amount_at(i)) // "15k budget"
            for (auto k = i + 1; k < std::min(i + 4, t_.size()); ++k)
                if (t_[k].text == "budget" || t_[k].text == "presupuesto")
                    return a;
    }
    for (std::size_t i = 0; i < t_.size(); ++i)
        if (const auto behind = rules_.fact.budget_said.match(t_, i); behind > i)
            return heard<std::string>{
                std::string(text_.substr(t_[behind - 1].at.from, t_[behind - 1].at.to - t_[behind - 1].at.from)),
                {t_[i].at.from, t_[behind - 1].at.to},
                fairly};
    return std::nullopt;
}

facts learning::read() const {
    facts f;
    f.challenge = challenge();
    f.tried = tried();
    f.vendor = vendor();
    f.budget = budget();
    return f;
}

} // namespace whynow::domain::outcomes
