#include "domain/signals/stories.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace whynow::domain::signals {
namespace {

bool idle_word(std::string_view w) {
    static const std::unordered_set<std::string_view> words{
        "the",    "and",  "for",   "with",    "from",    "that",   "this",  "its",   "his",   "her",   "their", "are",
        "was",    "were", "has",   "have",    "had",     "will",   "would", "could", "may",   "can",   "says",  "said",
        "say",    "new",  "news",  "report",  "reports", "update", "over",  "into",  "after", "about", "more",  "than",
        "not",    "but",  "you",   "your",    "who",     "what",   "why",   "how",   "when",  "all",   "out",   "off",
        "now",    "inc",  "corp",  "company", "co",      "ltd",    "plc",   "llc",   "first", "one",   "two",   "year",
        "years",  "day",  "today", "week",    "video",   "photos", "live",  "blog",  "der",   "die",   "das",   "und",
        "von",    "mit",  "fur",   "ein",     "eine",    "les",    "des",   "une",   "pour",  "dans",  "los",   "las",
        "con",    "por",  "para",  "del",     "una",     "they",   "just",  "get",   "gets",  "back",  "does",  "did",
        "wrapup", "some", "still", "where",   "here",    "her",    "him",   "set",   "our",   "ahead", "amid",  "as",
        "at",     "by",   "in",    "is",      "it",      "of",     "on",    "or",    "to",    "up",    "us",    "an",
        "be",     "he",   "we",    "no",      "so",      "do",     "if",    "my",    "me"};
    return words.contains(w);
}

// Plural and tense forms of a word come together; short words stay.
std::string stem(std::string w) {
    const auto cut = [&](std::string_view end, std::size_t keep) {
        if (w.size() < end.size() + keep || !w.ends_with(end))
            return false;
        w.resize(w.size() - end.size());
        return true;
    };
    if (cut("'s", 2))
        return w;
    if (w.ends_with("ies") && w.size() > 5)
        return w.substr(0, w.size() - 3) + "y";
    if (!cut("ing", 4) && !cut("ed", 4) && !cut("er", 5) && !w.ends_with("ss") && !w.ends_with("us"))
        cut("s", 3);
    if (w.size() > 4 && w.back() == 'e')
        w.pop_back();
    return w;
}

std::vector<std::string> topic_words(const signal& item) {
    const auto folded = text::folded(item.title);
    std::vector<std::string> out;
    std::string word;
    const auto flush = [&] {
        if (word.size() >= 2 && !idle_word(word)) {
            auto s = stem(word);
            if (s.size() >= 2 && std::find(out.begin(), out.end(), s) == out.end())
                out.push_back(std::move(s));
        }
        word.clear();
    };
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const char c = folded[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (letter)
            word += c;
        else if (c == '\'' && i + 1 < folded.size() && folded[i + 1] == 's')
            ++i, flush();
        else if (c == '.' && word.size() == 1)
            continue; // U.S., J.C.
        else
            flush();
    }
    flush();
    return out;
}

double shared(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::size_t both = 0;
    for (const auto& w : a)
        both += std::find(b.begin(), b.end(), w) != b.end() ? 1U : 0U;
    return static_cast<double>(both);
}

} // namespace

bool same_story(const signal& a, const signal& b) {
    if (fingerprint(a) == fingerprint(b))
        return true;
    const auto apart = a.published > b.published ? a.published - b.published : b.published - a.published;
    if (apart > std::chrono::hours(72))
        return false;
    const auto wa = topic_words(a);
    const auto wb = topic_words(b);
    if (wa.empty() || wb.empty())
        return false;
    const auto both = shared(wa, wb);
    return both >= 2 && both / std::sqrt(static_cast<double>(wa.size() * wb.size())) >= 0.5;
}

struct stories::state {
    struct story {
        story_key key;
        std::unordered_map<std::uint32_t, double> words; // how many of its signals use each
        double signals = 0;
        instant newest{};
    };
    story_limits limits;
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::vector<double> seen;                           // signals per word
    std::vector<std::vector<std::uint32_t>> stories_of; // per word: the stories that use it
    std::unordered_map<std::uint32_t, story> held;
    std::unordered_map<std::string, story_key> by_fingerprint;
    std::uint32_t next = 0;
    double total = 0;

    std::vector<std::uint32_t> numbered(const signal& item) {
        std::vector<std::uint32_t> out;
        for (auto& w : topic_words(item)) {
            const auto [place, fresh] = numbers.emplace(std::move(w), static_cast<std::uint32_t>(numbers.size()));
            if (fresh) {
                seen.push_back(0);
                stories_of.emplace_back();
            }
            out.push_back(place->second);
        }
        return out;
    }
    // A word that a twentieth of everything uses says little; one that is seen twice says much.
    double rarity(std::uint32_t word) const { return std::log((total + 50.0) / (seen[word] + 0.5)); }
    double alike(const std::vector<std::uint32_t>& words, const story& s) const;
    std::uint32_t best(const std::vector<std::uint32_t>& words, instant at, double& score) const;
    void join(std::uint32_t id, const std::vector<std::uint32_t>& words, instant at);
    void forget(instant now);
};

// Cosine of the signal with the story's mean; both weighed by rarity.
double stories::state::alike(const std::vector<std::uint32_t>& words, const story& s) const {
    double dot = 0;
    double own = 0;
    std::size_t common = 0;
    for (const auto w : words) {
        const auto r = rarity(w);
        own += r * r;
        const auto found = s.words.find(w);
        if (found == s.words.end())
            continue;
        dot += r * r * found->second / s.signals;
        ++common;
    }
    double theirs = 0;
    for (const auto& [w, count] : s.words) {
        const auto r = rarity(w) * count / s.signals;
        theirs += r * r;
    }
    if (own <= 0 || theirs <= 0)
        return 0;
    const auto cosine = dot / std::sqrt(own * theirs);
    return common < 2 && words.size() > 2 ? cosine * 0.6 : cosine;
}

std::uint32_t stories::state::best(const std::vector<std::uint32_t>& words, instant at, double& score) const {
    std::unordered_set<std::uint32_t> candidates;
    for (const auto w : words)
        candidates.insert(stories_of[w].begin(), stories_of[w].end());
    std::uint32_t found = 0;
    score = -1;
    for (const auto id : candidates) {
        const auto& s = held.at(id);
        if (at - s.newest > limits.window)
            continue;
        const auto a = alike(words, s);
        if (a > score || (a == score && id < found))
            score = a, found = id;
    }
    return found;
}

void stories::state::join(std::uint32_t id, const std::vector<std::uint32_t>& words, instant at) {
    auto& s = held[id];
    s.signals += 1;
    s.newest = std::max(s.newest, at);
    total += 1;
    for (const auto w : words) {
        seen[w] += 1;
        if ((s.words[w] += 1) == 1)
            stories_of[w].push_back(id);
    }
}

void stories::state::forget(instant now) {
    for (auto it = held.begin(); it != held.end();) {
        if (now - it->second.newest <= limits.window) {
            ++it;
            continue;
        }
        for (const auto& [w, count] : it->second.words) {
            std::erase(stories_of[w], it->first);
            seen[w] = std::max(0.0, seen[w] - count);
        }
        total = std::max(0.0, total - it->second.signals);
        const auto key = it->second.key;
        std::erase_if(by_fingerprint, [&](const auto& entry) { return entry.second == key; });
        it = held.erase(it);
    }
}

stories::stories(story_limits limits) : state_(std::make_unique<state>()) { state_->limits = limits; }
stories::~stories() = default;
stories::stories(stories&&) noexcept = default;
stories& stories::operator=(stories&&) noexcept = default;

story_key stories::add(const signal& item) {
    auto print = fingerprint(item);
    if (const auto known = state_->by_fingerprint.find(print); known != state_->by_fingerprint.end())
        return known->second;
    if (state_->held.size() % 256 == 255)
        state_->forget(item.published);
    const auto words = state_->numbered(item);
    double score = -1;
    auto id = state_->best(words, item.published, score);
    if (score < state_->limits.alike) {
        id = state_->next++;
        state_->held[id].key = print;
    }
    state_->join(id, words, item.published);
    const auto key = state_->held[id].key;
    state_->by_fingerprint.emplace(std::move(print), key);
    return key;
}

void stories::restore(const signal& item, const story_key& key) {
    std::uint32_t id = state_->next;
    for (const auto& [held_id, s] : state_->held)
        if (s.key == key)
            id = held_id;
    if (id == state_->next) {
        ++state_->next;
        state_->held[id].key = key;
    }
    state_->join(id, state_->numbered(item), item.published);
    state_->by_fingerprint.emplace(fingerprint(item), key);
}

std::size_t stories::size() const { return state_->held.size(); }

} // namespace whynow::domain::signals
