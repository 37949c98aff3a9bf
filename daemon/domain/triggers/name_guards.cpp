#include "domain/triggers/name_guards.hpp"

#include "domain/text/utf8.hpp"
#include "domain/triggers/lexicon.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::triggers {
namespace {

std::uint64_t combined(std::uint64_t h, std::uint64_t next) { return (h ^ next) * 0x9e3779b97f4a7c15ULL + 1; }

std::vector<std::string> folded_words(std::string_view text) {
    std::vector<word> words;
    read_words(text, words);
    std::vector<std::string> out;
    for (const auto& w : words)
        out.push_back(folded_word(text, w));
    return out;
}

// "launch~" stands for "launches" and "launched".
std::unordered_set<std::uint64_t> hashes_of(const rules::node& list) {
    std::unordered_set<std::uint64_t> out;
    for (const auto& text : list.texts()) {
        if (!text.ends_with('~')) {
            out.insert(word_hash(text::folded(text)));
            continue;
        }
        const auto forms = verb_forms(std::string_view(text).substr(0, text.size() - 1));
        for (std::size_t i = 1; i < forms.size() && i < 3; ++i)
            out.insert(word_hash(forms[i]));
    }
    return out;
}

std::unordered_set<std::string> phrases_of(const rules::node& list) {
    std::unordered_set<std::string> out;
    for (const auto& text : list.texts())
        out.insert(text::folded(text));
    return out;
}

std::string in_a_row(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& w : words)
        out += (out.empty() ? "" : " ") + w;
    return out;
}

bool sentence_starts(const name_place& p) {
    if (p.at == 0)
        return true;
    return std::string_view(".!?:;|\"").find(p.words[p.at].before) != std::string_view::npos;
}

} // namespace

capital_habit habit_of(const std::vector<word>& words) {
    std::size_t longer = 0;
    std::size_t capital = 0;
    capital_habit out;
    out.none = std::none_of(words.begin(), words.end(), [](const word& w) { return w.capital; });
    for (std::size_t i = 1; i < words.size() && i < 40; ++i) {
        if (words[i].to - words[i].from < 4)
            continue;
        ++longer;
        if (words[i].capital)
            ++capital;
    }
    out.titles = longer > 1 && capital * 10 >= longer * 7;
    return out;
}

name_guards::name_guards(const rules::node& names_toml) {
    for (const auto& form : names_toml["legal_suffixes"].texts()) {
        std::uint64_t key = 0;
        const auto words = folded_words(form);
        for (const auto& w : words)
            key = combined(key, word_hash(w));
        suffix_keys_.insert(key);
        longest_suffix_ = std::max(longest_suffix_, words.size());
    }
    for (const auto& form : names_toml["group_suffixes"].texts())
        group_keys_.insert(combined(0, word_hash(form)));
    exchanges_ = hashes_of(names_toml["exchanges"]);
    company_after_ = hashes_of(names_toml["company_after"]);
    company_before_ = hashes_of(names_toml["company_before"]);
    for (const auto& text : names_toml["company_after"].texts())
        do_.insert(word_hash(text.ends_with('~') ? text.substr(0, text.size() - 1) : text));
    other_after_ = hashes_of(names_toml["other_after"]);
    other_before_ = hashes_of(names_toml["other_before"]);
    institutions_ = hashes_of(names_toml["institutions"]);
    openers_ = hashes_of(names_toml["insertion_openers"]);
    headings_ = hashes_of(names_toml["heading_openers"]);
    plain_ = hashes_of(names_toml["plain_endings"]);
    adverbs_ = hashes_of(names_toml["adverbs"]);
    trades_ = hashes_of(names_toml["trades"]);
    ofs_ = hashes_of(names_toml["of"]);
    of_somewhere_ = hashes_of(names_toml["of_somewhere"]);
    with_capital_ = phrases_of(names_toml["ordinary_with_capital"]);
    ordinary_ = phrases_of(names_toml["ordinary"]);
    for (const auto& w : ordinary_)
        common_.insert(word_hash(w));
    trade_ends_ = hashes_of(names_toml["trade_ends"]);
    not_alone_ = hashes_of(names_toml["not_alone"]);
    for (const auto& [name, short_forms] : names_toml["known_as"].entries())
        known_as_[in_a_row(bare_name(name))] = short_forms.texts();
    for (const auto& [name, others] : names_toml["namesakes"].entries()) {
        std::uint64_t key = 0;
        for (const auto& w : bare_name(name))
            key = combined(key, word_hash(w));
        namesakes_[key] = hashes_of(others);
    }
    for (const auto& [name, rules] : names_toml["guards"].entries())
        guards_[word_hash(name)] = guard{hashes_of(rules["not_before"]), hashes_of(rules["not_after"])};
}

std::size_t name_guards::legal_form_at(const std::vector<word>& words, std::size_t at) const {
    std::uint64_t key = 0;
    std::size_t best = 0;
    for (std::size_t n = 0; n < longest_suffix_ && at + n < words.size(); ++n) {
        const auto& w = words[at + n];
        if (at + n > 0 && words[at + n - 1].possessive)
            break;
        if (std::string_view(" ,.").find(w.before) == std::string_view::npos && n == 0)
            break;
        // "as", "co", "company", "group" in small letters are words of the sentence
        if (!w.capital && w.before != '.' && w.hash != word_hash("and"))
            break;
        key = combined(key, w.hash);
        if (suffix_keys_.contains(key))
            best = n + 1;
    }
    return best;
}

std::vector<std::string> name_guards::without_legal_form(const std::vector<std::string>& folded,
                                                         bool keep_group) const {
    auto out = folded;
    for (bool cut = true; cut && out.size() > 1;) {
        cut = false;
        for (std::size_t n = std::min(longest_suffix_, out.size() - 1); n > 0 && !cut; --n) {
            std::uint64_t key = 0;
            bool group = false;
            for (auto i = out.size() - n; i < out.size(); ++i) {
                key = combined(key, word_hash(out[i]));
                group = group || group_keys_.contains(combined(0, word_hash(out[i])));
            }
            if (!suffix_keys_.contains(key) || (keep_group && group))
                continue;
            out.resize(out.size() - n);
            cut = true;
        }
    }
    return out;
}

std::vector<std::string> name_guards::bare_name(std::string_view name) const {
    return without_legal_form(folded_words(name));
}

caution name_guards::care_for(const std::vector<std::string>& folded) const {
    const auto phrase = in_a_row(folded);
    if (with_capital_.contains(phrase))
        return caution::with_capital;
    if (common_word(phrase) || (folded.size() == 2 && folded[0] == "the" && common_word(folded[1])))
        return caution::ordinary;
    return folded.size() == 1 ? caution::capital : caution::none;
}

const std::vector<std::string>& name_guards::known_as(const std::vector<std::string>& bare) const {
    static const std::vector<std::string> none;
    const auto found = known_as_.find(in_a_row(bare));
    return found == known_as_.end() ? none : found->second;
}

std::size_t name_guards::without_trade(const std::vector<std::string>& bare) const {
    auto rest = bare;
    while (rest.size() > 1 && trade_ends_.contains(word_hash(rest.back())))
        rest.pop_back();
    const auto care = care_for(rest);
    const bool initials = rest.size() == 1 && rest.front().size() < 4;
    if (care == caution::ordinary || care == caution::with_capital || initials)
        return bare.size();
    const bool speaks_alone = std::none_of(rest.begin(), rest.end(), [&](const std::string& w) {
        const auto hash = word_hash(w);
        return not_alone_.contains(hash) || other_before_.contains(hash) || plain_.contains(hash) ||
               trade_ends_.contains(hash) || common_.contains(hash);
    });
    return speaks_alone ? rest.size() : bare.size();
}

// One of the ordinary words, or its plural.
bool name_guards::common_word(const std::string& folded) const {
    return ordinary_.contains(folded) ||
           (folded.size() > 4 && folded.ends_with('s') && ordinary_.contains(folded.substr(0, folded.size() - 1)));
}

bool name_guards::something_else(const name_place& p) const {
    if (p.suffix > 0)
        return false;
    const auto next = p.at + p.length;
    const auto& last = p.words[next - 1];
    if (next < p.words.size() && (!last.possessive || p.own_possessive)) {
        const auto& w = p.words[next];
        const bool joined = w.capital && w.before == ' ';
        if (joined && p.length == 1 && other_after_.contains(w.hash) &&
            (!p.habit.titles || next + 1 >= p.words.size() || !company_after_.contains(w.hash)))
            return true;
        if (joined && institutions_.contains(w.hash))
            return true;
    }
    // "Ford's Theatre reopens"
    if (next < p.words.size() && p.length == 1 && last.possessive && !p.own_possessive && !p.habit.titles &&
        p.words[next].capital && p.words[next].before == ' ' && institutions_.contains(p.words[next].hash))
        return true;
    if (p.at > 0 && p.length == 1) {
        const auto& w = p.words[p.at - 1];
        if (w.capital && !w.possessive && (p.words[p.at].before == ' ' || p.words[p.at].before == '.') &&
            other_before_.contains(w.hash))
            return true;
        // "Statue of Liberty", "Ralph Waldo Emerson"
        const auto two_back = p.at > 1 ? p.words[p.at - 2].hash : 0;
        if (w.hash == word_hash("of") && of_somewhere_.contains(two_back))
            return true;
        if (w.capital && !w.possessive && p.words[p.at].before == ' ' && w.before == ' ' && p.at > 1 &&
            p.words[p.at - 2].capital && !p.habit.titles && other_before_.contains(two_back))
            return true;
    }
    return false;
}

// "American airlines face higher fees", "the first national bank": the words of a name, but not the name.
bool name_guards::common_phrase(const name_place& p) const {
    if (p.length < 2 || p.suffix > 0 || p.habit.none)
        return false;
    std::size_t capital = 0;
    for (auto i = p.at; i < p.at + p.length; ++i)
        capital += p.words[i].capital ? 1 : 0;
    if (capital == 0)
        return true;
    const auto& first = p.words[p.at];
    const auto& last = p.words[p.at + p.length - 1];
    if (capital > 1 || !first.capital || last.capital || p.own_small)
        return false;
    // French writes "Crédit agricole" so
    const bool english =
        static_cast<std::size_t>(std::count_if(p.text.begin() + first.from, p.text.begin() + first.to, [](char c) {
            return static_cast<unsigned char>(c) < 0x80;
        })) == first.to - first.from;
    return plain_.contains(last.hash) || (english && common_.contains(first.hash));
}

// "5 dm tief im Schnee"
bool name_guards::counted(const name_place& p) const {
    if (p.at == 0)
        return false;
    const char c = p.text[p.words[p.at - 1].from];
    return c >= '0' && c <= '9';
}

// "Orange and Vodafone share masts", "Visa, Mastercard face cap": named beside a name.
bool name_guards::coordinated(const name_place& p) const {
    const auto next = p.at + p.length;
    if (p.habit.titles || next + 1 >= p.words.size() || p.words[next - 1].possessive)
        return false;
    const auto& between = p.words[next];
    if (between.before == ',' && between.capital)
        return p.words[next + 1].before == ' ' && do_.contains(p.words[next + 1].hash);
    static const std::array<std::uint64_t, 5> ands{word_hash("and"), word_hash("und"), word_hash("et"), word_hash("y"),
                                                   word_hash("e")};
    return between.before == ' ' && std::find(ands.begin(), ands.end(), between.hash) != ands.end() &&
           p.words[next + 1].before == ' ' && p.words[next + 1].capital;
}

bool name_guards::guarded_against(const name_place& p) const {
    if (p.length != 1)
        return false;
    const auto found = guards_.find(p.words[p.at].hash);
    if (found == guards_.end())
        return false;
    const auto next = p.at + 1;
    if (next < p.words.size() && !p.words[p.at].possessive && p.words[next].before != ',' &&
        p.words[next].before != '.' && found->second.not_before.contains(p.words[next].hash))
        return true;
    return p.at > 0 && (p.words[p.at].before == ' ' || p.words[p.at].before == '-') && !p.words[p.at - 1].possessive &&
           found->second.not_after.contains(p.words[p.at - 1].hash);
}

bool name_guards::speaks_of_company(const name_place& p, caution care) const {
    const auto next = p.at + p.length;
    const auto& first = p.words[p.at];
    const auto& last = p.words[next - 1];
    if (last.possessive && !p.own_possessive)
        return true;
    const bool more = next < p.words.size();
    const bool next_joined = more && p.words[next].before == ' ';
    int score = coordinated(p) ? 1 : 0;
    // "Fidelity to the constitution" is no company that is to …
    static const auto to = word_hash("to");
    const bool only_to = more && p.words[next].hash == to && next + 1 < p.words.size() &&
                         (p.words[next + 1].hash == word_hash("the") || p.words[next + 1].hash == word_hash("a"));
    if (next_joined && !only_to && company_after_.contains(p.words[next].hash))
        score += 1;
    // "Target: hackers stole card data" is who speaks, "Next: how to save" is not
    if (more && p.at == 0 && p.words[next].before == ':' && !headings_.contains(p.words[next].hash))
        score += 1;
    // "Mosaic, the payroll start-up, hires …"
    if (more && p.words[next].before == ',' && openers_.contains(p.words[next].hash))
        score += 1;
    if (next + 1 < p.words.size() && next_joined && adverbs_.contains(p.words[next].hash) &&
        company_after_.contains(p.words[next + 1].hash))
        score += 1;
    if (next + 1 < p.words.size() && next_joined && p.words[next + 1].before == ' ' &&
        trades_.contains(p.words[next + 1].hash))
        score += 1;
    if (p.at > 0 && first.before == ' ' && company_before_.contains(p.words[p.at - 1].hash))
        score += 1;
    if (!p.habit.titles && !sentence_starts(p)) {
        const bool neighbour = (next_joined && p.words[next].capital && !company_after_.contains(p.words[next].hash)) ||
                               (first.before == ' ' && p.words[p.at - 1].capital && !p.words[p.at - 1].possessive &&
                                p.at > 1 && !company_before_.contains(p.words[p.at - 1].hash));
        score += neighbour && care == caution::ordinary ? -1 : 1;
    }
    return score >= 1;
}

// "Merck KGaA" is not the Merck of New Jersey, nor "Coca-Cola Hellenic" the maker of the drink.
bool name_guards::namesake(const name_place& p) const {
    const auto next = p.at + p.length;
    if (namesakes_.empty() || next >= p.words.size() || !p.words[next].capital ||
        std::string_view(" -").find(p.words[next].before) == std::string_view::npos)
        return false;
    std::uint64_t key = 0;
    for (auto i = p.at; i < next; ++i)
        key = combined(key, p.words[i].hash);
    const auto found = namesakes_.find(key);
    return found != namesakes_.end() && found->second.contains(p.words[next].hash);
}

bool name_guards::means_company(const name_place& p, caution care) const {
    if (something_else(p) || common_phrase(p) || namesake(p))
        return false;
    if (care == caution::none)
        return true;
    const auto& first = p.words[p.at];
    const auto next = p.at + p.length;
    if (care == caution::capital)
        return first.capital || p.habit.none;
    if (care == caution::capitals)
        return first.capitals && !guarded_against(p);
    if (p.suffix > 0)
        return true;
    if (next < p.words.size() && p.words[next].before == '(' &&
        (p.words[next].capitals || exchange(p.words[next].hash)))
        return true;
    for (auto i = p.at; i < next && !p.own_small; ++i)
        if (!p.words[i].capital && (p.length == 1 || p.words[i].to - p.words[i].from > 3))
            return false;
    // "Next-generation", "Target-date": part of another word
    if (next < p.words.size() && p.words[next].before == '-' && p.words[next].glued) {
        const auto& w = p.words[next];
        if (!w.capital || care == caution::ordinary)
            return false;
    }
    if (first.before == '-' && first.glued)
        return false;
    // "Orbit of asteroid brings it close to Earth"
    if (p.length == 1 && next < p.words.size() && p.words[next].before == ' ' && ofs_.contains(p.words[next].hash))
        return false;
    if (guarded_against(p) || (p.own_small && counted(p)))
        return false;
    if (care == caution::with_capital)
        return true;
    if (care == caution::shortened)
        return next >= p.words.size() || p.words[next].before != ' ' || !p.words[next].capital ||
               !trade_ends_.contains(p.words[next].hash);
    return speaks_of_company(p, care);
}

} // namespace whynow::domain::triggers
