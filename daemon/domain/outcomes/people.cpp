#include "domain/outcomes/people.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::outcomes {

namespace {
constexpr std::size_t longest_name = 4, longest_title = 7, short_shout = 4;

bool all_letters(const token& t) { return t.is == token::sort::word && !t.digits && t.text != "#" && t.text != "&"; }

bool ends_like_title(std::string_view w) {
    constexpr std::array<std::string_view, 8> tails{"leiter",   "leiterin",   "leitung", "manager",
                                                    "direktor", "direktorin", "chefin",  "beauftragter"};
    return std::ranges::any_of(tails, [w](auto tail) { return w.size() > tail.size() && w.ends_with(tail); });
}
} // namespace

people::people(const reply_rules& rules, const std::vector<token>& tokens, std::string_view text,
               std::span<const std::string> names, bool silent)
    : rules_(rules), t_(tokens), text_(text), names_(names), used_(tokens.size(), false), about_(tokens.size(), false) {
    std::size_t words = 0;
    for (std::size_t i = 0; i < t_.size(); ++i) {
        if (t_[i].is != token::sort::word || t_[i].digits || t_[i].text == "i")
            continue;
        ++words;
        if (t_[i].capital && i > 0 && !(t_[i].shout && t_[i].text.size() <= short_shout))
            all_lower_ = false;
        if (!t_[i].shout && t_[i].text.size() > 1)
            all_upper_ = false;
    }
    all_upper_ = all_upper_ && words > 2;
    find_subject();
    find_referrals(silent);
    contacts();
    permission();
}

bool people::is_mark(std::size_t i, std::string_view marks) const {
    return i < t_.size() && t_[i].is == token::sort::mark && marks.find(t_[i].text) != std::string_view::npos;
}

std::string people::written(std::size_t begin, std::size_t end) const {
    if (begin >= end)
        return {};
    auto out = std::string(text_.substr(t_[begin].at.from, t_[end - 1].at.to - t_[begin].at.from));
    if (t_[end - 1].possessive && out.size() > 2) {
        const auto cut = out.find_last_of('s');
        out.resize(cut);
        while (!out.empty() &&
               (out.back() == '\'' || static_cast<unsigned char>(out.back()) >= 0x80 || out.back() == '\x99'))
            out.pop_back();
    }
    return out;
}

std::size_t people::skip_articles(std::size_t i) const {
    while (
        i < t_.size() && t_[i].is == token::sort::word && !t_[i].shout &&
        (rules_.articles.contains(t_[i].text) || t_[i].text == "new" || t_[i].text == "now" || t_[i].text == "jetzt"))
        ++i;
    return i;
}

bool people::title_word(const token& t) const {
    return t.is == token::sort::word &&
           (rules_.title_words.contains(t.text) || rules_.departments.contains(t.text) || ends_like_title(t.text));
}

bool people::name_token(std::size_t i, bool first, bool lower_allowed) const {
    if (i >= t_.size() || !all_letters(t_[i]))
        return false;
    const auto& t = t_[i];
    const bool capital = t.capital && !all_upper_;
    const bool surnamed = capital && first && i + 1 < t_.size() && t_[i + 1].capital && all_letters(t_[i + 1]) &&
                          !rules_.no_name.contains(t_[i + 1].text) && rules_.given.contains(t.text); // "Jan Kruse"
    if (rules_.no_name.contains(t.text) && !surnamed &&
        !(capital && !first && t.text.size() > 3 &&
          (t.text == "may" || t.text == "april" || t.text == "june" || t.text == "august")))
        return false;
    if (capital) {
        const bool initials = first && t.text.size() == 2 && i + 1 < t_.size() && t_[i + 1].capital &&
                              !t_[i + 1].shout && !rules_.given.contains(t_[i + 1].text) && !title_word(t) &&
                              !title_word(t_[i + 1]); // "JD Miller"
        if (t.shout && t.text.size() <= short_shout && !initials)
            return false;
        return !title_word(t) ||
               (!first && !rules_.title_words.contains(t.text) && !rules_.departments.contains(t.text));
    }
    if (all_upper_ || !first)
        return (lower_allowed || all_upper_) && !title_word(t) && t.text.size() > 1 &&
               !rules_.cue_words.contains(t.text);
    return lower_allowed && rules_.given.contains(t.text);
}

// "the Chicago office", "the Munich team": a place, not a person.
bool people::names_a_place(std::size_t end) const {
    return end < t_.size() && t_[end].is == token::sort::word && rules_.after_place.contains(t_[end].text);
}

std::optional<people::piece> people::name_at(std::size_t i, bool lower_allowed) const {
    const auto start = i;
    while (i < t_.size() && t_[i].is == token::sort::word && rules_.salutations.contains(t_[i].text)) {
        ++i;
        if (is_mark(i, "."))
            ++i;
    }
    // A first name is known as one in small letters too.
    const bool known = i < t_.size() && rules_.given.contains(t_[i].text);
    const bool saluted = i > start;
    lower_allowed = lower_allowed || (known && i + 1 < t_.size()) || saluted;
    if (!name_token(i, !saluted || i >= t_.size() || t_[i].capital, lower_allowed))
        return std::nullopt;
    const bool lower = !t_[i].capital || all_upper_;
    std::size_t end = i + 1;
    if (is_mark(end, ".") && t_[i].text.size() == 1 && name_token(end + 1, true, lower_allowed))
        end += 1;
    for (std::size_t words = 1; words < longest_name && end < t_.size(); ++words) {
        if (t_[end].hyphened && all_letters(t_[end])) {
            ++end;
            continue;
        }
        std::size_t particle = end;
        while (particle < t_.size() && rules_.particles.contains(t_[particle].text) && !t_[particle].shout)
            ++particle;
        const bool behind_particle =
            particle > end && name_token(particle, false, lower) && (t_[particle].capital || lower);
        if (behind_particle) {
            end = particle + 1;
            continue;
        }
        if (!name_token(end, false, lower && words == 1) || t_[end - 1].possessive || (!lower && !t_[end].capital))
            break;
        ++end;
        if (is_mark(end, ".") && t_[end - 1].text.size() == 1 && end + 1 < t_.size() && t_[end + 1].capital)
            ++end;
        if (lower)
            break;
    }
    if (names_a_place(end) ||
        std::any_of(t_.begin() + static_cast<std::ptrdiff_t>(i), t_.begin() + static_cast<std::ptrdiff_t>(end),
                    [this](const token& w) { return rules_.firm_words.contains(w.text); }))
        return std::nullopt;
    return piece{i, end, written(i, end)};
}

// "VP IT", "head of finance", "HR director"; articles before it are skipped by the caller. Behind a name
// (`closing`) a title may have words nobody knows: "VP Fleet Reliability".
std::optional<people::piece> people::title_at(std::size_t i, bool closing) const {
    std::size_t end = i, last = i;
    bool role = false;
    while (end < t_.size() && end - i < longest_title) {
        const auto& t = t_[end];
        const bool shortened = t.text == "." && end > i && t_[end - 1].text.size() <= 5 && end + 1 < t_.size() &&
                               (title_word(t_[end + 1]) || rules_.title_links.contains(t_[end + 1].text));
        if (shortened) { // "dir. of ops"
            ++end;
            continue;
        }
        if (t.is != token::sort::word)
            break;
        const bool title = title_word(t);
        const bool link = end > i && rules_.title_links.contains(t.text);
        const bool after_of = end > i && last > i && rules_.title_links.contains(t_[end - 1].text) &&
                              t_[end - 1].text != "and" && t_[end - 1].text != "&";
        const bool unknown = closing && last == end && end > i && t.capital && t_[end - 1].capital && role;
        const bool named = (after_of || unknown) && !t.digits && !rules_.no_name.contains(t.text) &&
                           !rules_.cue_words.contains(t.text) && (closing || !t.capital);
        if (!title && !link && !named)
            break;
        role = role || rules_.title_words.contains(t.text) || ends_like_title(t.text);
        ++end;
        if (title || named)
            last = end;
    }
    if (last == i)
        return std::nullopt;
    return piece{i, last, written(i, last)};
}

// A title before which stand one or two words of it that nobody knows: "Clinical Operations Director".
std::optional<people::piece> people::wide_title(std::size_t i) const {
    if (const auto t = title_at(i, true))
        return t;
    for (std::size_t ahead = 1; ahead <= 2; ++ahead) {
        const auto k = i + ahead;
        if (k > t_.size() || !all_letters(t_[k - 1]) || rules_.no_name.contains(t_[k - 1].text) ||
            rules_.given.contains(t_[k - 1].text) || rules_.cue_words.contains(t_[k - 1].text))
            return std::nullopt;
        if (const auto t = title_at(k, true);
            t && std::any_of(t_.begin() + static_cast<std::ptrdiff_t>(t->begin),
                             t_.begin() + static_cast<std::ptrdiff_t>(t->end), [this](const token& w) {
                                 return rules_.title_words.contains(w.text) || ends_like_title(w.text);
                             }))
            return piece{i, t->end, written(i, t->end)};
    }
    return std::nullopt;
}

std::optional<people::piece> people::title_behind(std::size_t i) const {
    if (i > 0 && is_mark(i, ".") && t_[i - 1].text.size() == 1)
        ++i; // "Chris P. in sourcing"
    auto j = std::max(i, rules_.referral.between.match(t_, i));
    i = j;
    const bool open = is_mark(j, "(");
    if (is_mark(j, ",(-:/"))
        ++j;
    if (j < t_.size() && (t_[j].text == "is" || t_[j].text == "ist" || t_[j].text == "est" || t_[j].text == "es" ||
                          t_[j].text == "hes" || t_[j].text == "shes" || t_[j].text == "as"))
        ++j;
    const bool apart = j > i;
    if (const auto k = skip_articles(j); auto t = apart ? wide_title(k) : title_at(k, true)) {
        auto close = t->end; // "(director financiero)"
        while (open && close < t_.size() && t_[close].is == token::sort::word && close < k + longest_title)
            ++close;
        if (open && is_mark(close, ")"))
            t = piece{t->begin, close, written(t->begin, close)};
        return names_a_place(t->end) ? std::nullopt : t; // "at their sister company"
    }
    if (open) {
        std::size_t end = j;
        while (end < t_.size() && t_[end].is == token::sort::word && end - j < 5)
            ++end;
        if (end > j && is_mark(end, ")") && !rules_.no_name.contains(t_[j].text))
            return piece{j, end, written(j, end)};
    }
    if (const auto behind = rules_.department_links.match(t_, j); behind > j) {
        const auto k = skip_articles(behind);
        if (const auto t = title_at(k, true))
            return names_a_place(t->end) ? std::nullopt : t;
        const bool alone = k + 1 >= t_.size() || t_[k + 1].is == token::sort::mark;
        if (k < t_.size() && alone && all_letters(t_[k]) && !t_[k].capital && !rules_.no_name.contains(t_[k].text) &&
            t_[j].text != "at" && t_[j].text != "de" && t_[j].text != "of")
            return piece{k, k + 1, written(k, k + 1)};
    }
    return std::nullopt;
}

bool people::leading_number() {
    std::size_t i = 0;
    const bool hash = t_[0].text == "#";
    const bool word = t_[0].text == "call" || t_[0].text == "card" || t_[0].text == "nr" || t_[0].text == "no" ||
                      t_[0].text == "number" || t_[0].text == "nummer" || t_[0].text == "item";
    if (hash || word)
        ++i;
    if (word && i < t_.size() && t_[i].text == "#")
        ++i;
    if (i >= t_.size() || !t_[i].digits || t_[i].text.size() > 2 ||
        !std::ranges::all_of(t_[i].text, [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    const bool closed =
        is_mark(i + 1, ":)-.=") && !(i + 2 < t_.size() && t_[i + 2].digits && t_[i + 1].at.to == t_[i + 2].at.from);
    if (!hash && !closed)
        return false;
    who_ = subject{.name = std::nullopt, .number = std::stoi(t_[i].text), .at = {t_[0].at.from, t_[i].at.to}};
    const auto end = std::min(t_.size(), i + (closed ? 2 : 1));
    std::fill(used_.begin(), used_.begin() + static_cast<std::ptrdiff_t>(end), true);
    return true;
}

// Is the word part of the name of somebody the reply may be about?
bool people::expected(std::size_t i) const {
    return i < t_.size() && t_[i].is == token::sort::word && std::ranges::find(names_, t_[i].text) != names_.end();
}

std::optional<people::piece> people::expected_name(std::size_t i) const {
    auto end = i;
    while (end - i < longest_name && expected(end) && (end == i || !t_[end - 1].possessive))
        ++end;
    return end > i ? std::optional{piece{i, end, written(i, end)}} : std::nullopt;
}

// "Jerry - left vm", "Jerry Smith: no answer", "Jerry didn't pick up"
void people::leading_name() {
    std::size_t start = 0;
    while (start < t_.size() && used_[start])
        ++start;
    if (start == t_.size())
        return;
    const auto known = expected_name(start);
    const auto name = known ? known : name_at(start, false);
    const bool given = known || rules_.given.contains(t_[start].text);
    if (!name || (!known && (!t_[start].capital || all_upper_)) ||
        (!given && rules_.cue_words.contains(t_[start].text)))
        return;
    const bool closed = is_mark(name->end, "-:,=");
    if (name->end + 1 < t_.size() && t_[name->end + 1].is != token::sort::word &&
        t_[name->end + 1].is != token::sort::mark)
        return; // "Maria Jensen - mj@acme.example" is somebody to write to
    if (is_mark(name->end, ",") && title_behind(name->end))
        return;
    bool verb = false;
    const auto begins = [&](const pattern_set& set) { return set.match(t_, name->end) > name->end; };
    if (!rules_.no_name.contains(t_[start].text)) // "will call back" is nobody's doing
        verb = std::ranges::any_of(rules_.how, begins) || std::ranges::any_of(rules_.what, begins) ||
               begins(rules_.referral.after_name);
    if (begins(rules_.referral.behind) || !(closed || verb || begins(rules_.referral.speaks)))
        return;
    if (!who_)
        who_ = subject{};
    who_->name = name->text;
    who_->at = {t_[0].at.from, t_[name->end - 1].at.to};
    std::fill(about_.begin() + static_cast<std::ptrdiff_t>(name->begin),
              about_.begin() + static_cast<std::ptrdiff_t>(name->end), true);
}

void people::find_subject() {
    if (t_.empty())
        return;
    leading_number();
    for (std::size_t i = 0; i < t_.size(); ++i) {
        const auto behind = rules_.subject_before.match(t_, i);
        bool advised = false; // "sprechen Sie mit": that is where we are sent
        for (std::size_t back = 1; back <= 3 && back <= i; ++back)
            advised = advised || rules_.referral.strong.match(t_, i - back) > i || t_[i - 1].text == "que";
        if (behind == i || advised)
            continue;
        auto k = skip_articles(behind);
        if (const auto title = title_at(k); title && !rules_.given.contains(t_[k].text))
            k = is_mark(title->end, ",") ? title->end + 1 : title->end; // "spoke to tech lead Sid Rao"
        const auto name = name_at(k, all_lower_);
        if (!name || (t_[i].text == "mit" &&
                      !std::any_of(t_.begin() + static_cast<std::ptrdiff_t>(name->end),
                                   t_.begin() + static_cast<std::ptrdiff_t>(std::min(t_.size(), name->end + 5)),
                                   [this](const token& x) { return rules_.after_with.contains(x.text); })))
            continue;
        for (k = i; k < name->end; ++k)
            about_[k] = true;
        if (!who_)
            who_ = subject{};
        if (!who_->name) {
            who_->name = name->text;
            who_->at = {t_[name->begin].at.from, t_[name->end - 1].at.to};
        }
        i = name->end - 1;
    }
    if (!who_ || !who_->name)
        leading_name();
}

} // namespace whynow::domain::outcomes
