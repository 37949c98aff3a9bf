#include "domain/signals/stories.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>

namespace whynow::domain::signals {
namespace {

constexpr std::size_t leading_words = 10; // of a story: what it is about
constexpr double unseen = 50;             // stories that count as held before the first one came
constexpr double everyday_use = 1000;     // and as using each everyday word

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

// The words of a folded title, "'s" taken off, "J.C." as one.
std::vector<std::string> plain_words(std::string_view title) {
    const auto folded = text::folded(title);
    std::vector<std::string> out(1);
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const char c = folded[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        auto& word = out.back();
        if (letter) {
            word += c;
            continue;
        }
        if (c == '.' && word.size() == 1)
            continue;
        if (c == '\'' && i + 1 < folded.size() && folded[i + 1] == 's')
            ++i;
        if (!word.empty())
            out.emplace_back();
    }
    return out;
}

} // namespace

story_rules read_story_rules(const rules::node& triggers_toml) {
    const auto& from = triggers_toml["stories"];
    story_rules out;
    out.window = std::chrono::hours(std::max<std::int64_t>(1, from["window_hours"].integer(out.window.count())));
    out.alike = from["alike"].number(out.alike);
    out.idle = from["idle"].texts();
    out.everyday = from["everyday"].texts();
    return out;
}

struct stories::state {
    struct story {
        story_key key;
        std::unordered_map<std::uint32_t, double> words; // how many of its signals use each
        double signals = 0;
        instant newest{};
    };
    struct word {
        double stories = 0; // that use it
        std::vector<std::uint32_t> used_by;
    };
    story_rules rules;
    std::unordered_set<std::string> idle;
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::vector<word> words;
    std::unordered_map<std::uint32_t, story> held;
    std::unordered_map<std::string, story_key> by_fingerprint;
    std::unordered_map<story_key, std::uint32_t> by_key;
    std::uint32_t next = 0;
    std::uint32_t since_forgotten = 0;

    explicit state(story_rules r) : rules(std::move(r)), idle(rules.idle.begin(), rules.idle.end()) {
        for (const auto& w : rules.everyday)
            words[number_of(stem(w))].stories = everyday_use;
    }
    std::uint32_t number_of(std::string w) {
        const auto [place, fresh] = numbers.emplace(std::move(w), static_cast<std::uint32_t>(numbers.size()));
        if (fresh)
            words.emplace_back();
        return place->second;
    }
    std::vector<std::string> topic(const signal& item) const;
    std::vector<std::uint32_t> numbered(const signal& item) {
        std::vector<std::uint32_t> out;
        for (auto& w : topic(item))
            out.push_back(number_of(std::move(w)));
        return out;
    }
    // What a word says: much where few stories use it.
    double rarity(std::uint32_t w) const {
        const auto all = static_cast<double>(held.size()) + unseen + everyday_use;
        return std::max(0.05, std::log(all / (words[w].stories + 0.5)));
    }
    double alike(const std::vector<std::uint32_t>& own, const story& s) const;
    std::uint32_t best(const std::vector<std::uint32_t>& own, instant at, double& score) const;
    void join(std::uint32_t id, const std::vector<std::uint32_t>& own, instant at);
    void forget(instant now);
    std::uint32_t begin(const story_key& key, instant at) {
        const auto id = next++;
        held[id].key = key;
        held[id].newest = at;
        by_key.emplace(key, id);
        return id;
    }
};

std::vector<std::string> stories::state::topic(const signal& item) const {
    std::vector<std::string> out;
    for (auto& w : plain_words(item.title)) {
        if (w.size() < 2 || idle.contains(w))
            continue;
        auto s = stem(std::move(w));
        if (std::find(out.begin(), out.end(), s) == out.end())
            out.push_back(std::move(s));
    }
    return out;
}

// Cosine of the signal with the leading words of the story, weighed by rarity and by how many of its signals use them.
double stories::state::alike(const std::vector<std::uint32_t>& own, const story& s) const {
    std::vector<std::pair<double, std::uint32_t>> leading;
    leading.reserve(s.words.size());
    for (const auto& [w, count] : s.words)
        leading.emplace_back(rarity(w) * count / s.signals, w);
    const auto most = std::min(leading_words, leading.size());
    std::partial_sort(leading.begin(), leading.begin() + static_cast<std::ptrdiff_t>(most), leading.end(),
                      [](const auto& a, const auto& b) { return a > b; });
    double dot = 0;
    double theirs = 0;
    for (std::size_t i = 0; i < most; ++i) {
        theirs += leading[i].first * leading[i].first;
        if (std::find(own.begin(), own.end(), leading[i].second) != own.end())
            dot += leading[i].first * rarity(leading[i].second);
    }
    double mine = 0;
    for (const auto w : own)
        mine += rarity(w) * rarity(w);
    return mine > 0 && theirs > 0 ? dot / std::sqrt(mine * theirs) : 0;
}

std::uint32_t stories::state::best(const std::vector<std::uint32_t>& own, instant at, double& score) const {
    std::unordered_set<std::uint32_t> candidates;
    for (const auto w : own) // an everyday word alone makes nothing alike, and leads to nearly every story
        if (words[w].stories < everyday_use)
            candidates.insert(words[w].used_by.begin(), words[w].used_by.end());
    std::uint32_t found = 0;
    score = -1;
    for (const auto id : candidates) {
        const auto& s = held.at(id);
        if (at - s.newest > rules.window || s.newest - at > rules.window)
            continue;
        const auto a = alike(own, s);
        if (a > score || (a == score && id < found))
            score = a, found = id;
    }
    return found;
}

void stories::state::join(std::uint32_t id, const std::vector<std::uint32_t>& own, instant at) {
    auto& s = held[id];
    s.signals += 1;
    s.newest = std::max(s.newest, at);
    for (const auto w : own) {
        if ((s.words[w] += 1) > 1)
            continue;
        words[w].stories += 1;
        words[w].used_by.push_back(id);
    }
}

void stories::state::forget(instant now) {
    std::unordered_set<std::string_view> gone;
    std::vector<std::uint32_t> ids;
    for (const auto& [id, s] : held) {
        if (now - s.newest <= rules.window)
            continue;
        gone.insert(s.key);
        ids.push_back(id);
        for (const auto& [w, count] : s.words) {
            std::erase(words[w].used_by, id);
            words[w].stories -= 1;
        }
    }
    std::erase_if(by_fingerprint, [&](const auto& entry) { return gone.contains(entry.second); });
    for (const auto id : ids) {
        by_key.erase(held.at(id).key);
        held.erase(id);
    }
}

stories::stories(story_rules rules) : state_(std::make_unique<state>(std::move(rules))) {}
stories::~stories() = default;
stories::stories(stories&&) noexcept = default;
stories& stories::operator=(stories&&) noexcept = default;

story_key stories::add(const signal& item) {
    auto print = fingerprint(item);
    if (const auto known = state_->by_fingerprint.find(print); known != state_->by_fingerprint.end())
        return known->second;
    if (++state_->since_forgotten >= 256) {
        state_->forget(item.published);
        state_->since_forgotten = 0;
    }
    const auto own = state_->numbered(item);
    double score = -1;
    auto id = state_->best(own, item.published, score);
    if (score < state_->rules.alike) {
        id = state_->begin(print, item.published);
    }
    state_->join(id, own, item.published);
    const auto key = state_->held[id].key;
    state_->by_fingerprint.emplace(std::move(print), key);
    return key;
}

void stories::restore(const signal& item, const story_key& key) {
    const auto known = state_->by_key.find(key);
    const auto id = known != state_->by_key.end() ? known->second : state_->begin(key, item.published);
    state_->join(id, state_->numbered(item), item.published);
    state_->by_fingerprint.emplace(fingerprint(item), key);
}

bool stories::same_story(const signal& a, const signal& b) const {
    if (fingerprint(a) == fingerprint(b))
        return true;
    const auto apart = a.published > b.published ? a.published - b.published : b.published - a.published;
    const auto ours = state_->topic(a);
    const auto theirs = state_->topic(b);
    if (apart > state_->rules.window || ours.empty() || theirs.empty())
        return false;
    const auto both = std::count_if(ours.begin(), ours.end(), [&](const auto& w) {
        return std::find(theirs.begin(), theirs.end(), w) != theirs.end();
    });
    const auto size = std::sqrt(static_cast<double>(ours.size() * theirs.size()));
    return both >= 2 && static_cast<double>(both) / size >= 0.5;
}

std::size_t stories::size() const { return state_->held.size(); }

} // namespace whynow::domain::signals
