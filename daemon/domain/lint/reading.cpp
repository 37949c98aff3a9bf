#include "domain/lint/reading.hpp"

#include <algorithm>

namespace whynow::domain::lint {
namespace {

constexpr std::size_t least_to_judge = 6;  // words, to say what capitals mean
constexpr std::size_t longest_breath = 12; // words without any sign: more were dictated

} // namespace

const language& language_of(const std::vector<text::words_and_sentences>& texts, const rulebook& rules) {
    const language* best = nullptr;
    std::size_t most = 0;
    for (const auto& l : rules.languages) {
        std::size_t hits = 0;
        for (const auto& read : texts)
            hits += static_cast<std::size_t>(
                std::ranges::count_if(read.words, [&](const auto& w) { return l.common.contains(w.folded); }));
        if (hits > most || (hits == most && l.code == "en"))
            best = &l, most = hits;
    }
    return best ? *best : rules.languages.front();
}

void add_name(word_class& out, std::string_view name) {
    sequence s;
    for (const auto& w : text::read_words(name).words) {
        element e;
        e.what = element::kind::word;
        e.text = w.folded;
        s.elements.push_back(std::move(e));
    }
    if (!s.elements.empty())
        out.add(std::move(s));
}

namespace {

capitals casing_of(const std::vector<text::word>& words) {
    std::size_t letters = 0, capital = 0, shouted = 0;
    for (const auto& w : words) {
        if (w.number || w.folded.size() < 2)
            continue;
        ++letters;
        capital += w.capital ? 1 : 0;
        shouted += w.shouted ? 1 : 0;
    }
    if (letters >= least_to_judge && shouted * 2 > letters)
        return capitals::shouted;
    return letters >= least_to_judge && capital == 0 ? capitals::missing : capitals::tell;
}

// "ich komm", "schau ich": written out, as the patterns know them.
text::words_and_sentences verbs_written_out(text::words_and_sentences read, const language& lang) {
    const auto clipped = lang.classes.find("clipped");
    const auto caller = lang.classes.find("clipped_by");
    if (clipped == lang.classes.end() || caller == lang.classes.end())
        return read;
    auto& words = read.words;
    const auto calls = [&](std::size_t at) {
        return at < words.size() && caller->second.words.contains(words[at].folded);
    };
    for (std::size_t at = 0; at < words.size(); ++at)
        if (clipped->second.words.contains(words[at].folded) && (calls(at + 1) || (at > 0 && calls(at - 1))))
            words[at].folded += 'e';
    return read;
}

} // namespace

reading::reading(std::string_view text, text::words_and_sentences read, const language& lang, const vocabulary& own)
    : text_(text), lang_(lang), read_(verbs_written_out(std::move(read), lang)), seen_(lang.known, read_.words, own),
      match_(read_.words, lang.classes, own, lang.known, seen_), casing_(casing_of(read_.words)) {
    const auto& all = read_.sentences;
    dictated_ = std::ranges::none_of(all, [&](const auto& s) { return &s != &all.back() && s.end != 0; });
    for (const auto& s : all)
        for (auto at = s.first + 1; at < s.last; ++at)
            dictated_ = dictated_ && !read_.words[at].opens_clause;
    for (const auto& s : all)
        for (const auto& p : parts(s))
            judge(p);
}

// Who dictates leaves out the signs: such a sentence is cut where a question begins.
std::vector<reading::part> reading::parts(const text::sentence& s) {
    std::vector<part> out{{{s.first, s.last}, s.end, false}};
    if (!dictated_ || s.last - s.first < longest_breath)
        return out;
    for (auto at = s.first + 2; at + 2 < s.last; ++at) {
        const bool joined = match_.is("joint", at - 1);
        if (!asks_without_sign(at, s.last) || match_.is("indirect", at - 1) || at < out.back().words.from + 3 ||
            (out.back().cut && !joined))
            continue;
        const auto begin = joined ? at - 1 : at;
        read_.words[begin].opens_clause = true;
        out.back().words.to = begin;
        out.back().end = 0;
        out.push_back({{begin, s.last}, s.end, true});
    }
    return out;
}

bool reading::asks_without_sign(std::size_t at, std::size_t last) const {
    return match_.match_class("question_head", at, last) || match_.match_class("unmarked_question", at, last);
}

void reading::judge(const part& p) {
    sentence_act a;
    a.words = p.words;
    const auto first = p.words.from;
    const bool told = match_.find_class("tell_me", a.words) && !match_.find_class("never_open", a.words);
    a.open = open_question(a.words) ||
             (p.end == '?' && match_.find_class("wondered", a.words) && !match_.find_class("never_open", a.words));
    const bool inverted = match_.match_class("question_head", first, a.words.to).has_value();
    a.question = p.end == '?' || p.cut || told || (a.open && p.end != '!' && inverted);
    a.open = a.question && (told || a.open);
    a.courtesy = match_.find_class("courtesy_question", a.words).has_value();
    if (a.courtesy && a.words.to - a.words.from <= 9)
        a.open = false;
    const bool wishes =
        match_.find_class("ask", a.words).has_value() || match_.find_class("never_open", a.words).has_value();
    a.request = !a.open && (a.question || wishes);
    acts_.push_back(a);
}

bool reading::open_question(span words) const {
    if (match_.find_class("never_open", words))
        return false;
    bool closed = false, supposed = false; // a condition without "if": "Had you known"
    for (auto at = words.from; at < words.to; ++at) {
        if (!read_.words[at].opens_clause && at != words.from && !match_.is("joint", at - 1))
            continue;
        if (read_.words[at].before == ':') // what stands before a colon is told, not asked
            closed = false;
        auto head = at;
        for (int skipped = 0; skipped < 4 && head < words.to; ++skipped) {
            const auto end = match_.match_class("lead_in", head, words.to);
            if (!end || match_.match_class("question_word", head, words.to))
                break;
            head = *end;
        }
        const bool joined = at > words.from && match_.is("joint", at - 1);
        if (match_.match_class("subordinate", head, words.to))
            continue; // "when you buy, is it you who signs?"
        // "Hätten Sie gewusst …, was hätten Sie getan?" but not "Wissen Sie, was sie tun?"
        const bool main =
            supposed && read_.words[at].before == ',' && match_.match_class("question_head", head, words.to);
        if (match_.match_class("question_word", head, words.to) && (!closed || joined || main))
            return true;
        supposed = supposed || match_.match_class("inverted_condition", at, words.to);
        if (match_.match_class("closed_head", head, words.to))
            closed = true;
    }
    return !closed && match_.find_class("question_inside", words).has_value();
}

std::pair<std::size_t, std::size_t> reading::bytes(span words) const {
    if (read_.words.empty())
        return {0, text_.size()};
    const auto last = std::min(words.to, read_.words.size());
    const auto from = std::min(words.from, read_.words.size() - 1);
    return {read_.words[from].from, read_.words[std::max(last, from + 1) - 1].to};
}

} // namespace whynow::domain::lint
