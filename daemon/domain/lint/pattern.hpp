// The small language in which config/lint.toml describes what a sentence says, and its matcher.
//
//   word  pre*  *fix      a word, folded; a beginning; an end. "don't" and "one-stop" are two words.
//   (a|b c|d*)            one of these        <name>   one of that class of words
//   ..                    up to 3 words between, inside the clause
//   ...                   up to 10 words between, inside the sentence
//   ^  $  #               a clause begins here; the sentence ends here; a number in digits or words
//   x?                    x or nothing, for words, groups and classes
#pragma once

#include "domain/text/words.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace whynow::domain::lint {

// The number of a set of words in a lexicon: what a pattern, or a piece of one, can begin with.
using mark = std::uint32_t;
constexpr mark unmarked = ~mark{0}; // with anything, or not looked into

struct element;

struct sequence {
    std::vector<element> elements;
    mark begins = unmarked;
    std::vector<mark> needs; // it matches nowhere unless a word of each of these sets stands there
};

struct element {
    enum class kind { word, prefix, suffix, word_class, group, gap, clause_start, sentence_end, number };
    kind what = kind::word;
    std::string text;
    std::vector<sequence> choices; // of a group
    std::size_t most = 0;          // of a gap
    bool optional = false;
    mark begins = unmarked; // of a word, a beginning or an end: exactly the words that match
};

// The pattern read, or nothing where brackets do not close.
std::optional<sequence> read_pattern(std::string_view text);

// A named set of words and patterns.
struct word_class {
    std::unordered_set<std::string> words;
    std::vector<std::string> prefixes;
    std::vector<sequence> patterns; // everything that is more than one word
    mark members = unmarked;        // exactly the words and prefixes
    void add(sequence s);
};

// The classes of one language; names are looked up in the text's own classes first (from facts), then here.
using vocabulary = std::map<std::string, word_class, std::less<>>;

struct span {
    std::size_t from = 0; // words
    std::size_t to = 0;
    friend bool operator==(span, span) = default;
};

class lexicon;
class sightings;
struct known_class;

class matcher {
  public:
    // Looks at every word for every pattern.
    matcher(const std::vector<text::word>& words, const vocabulary& language, const vocabulary& own)
        : words_(words), language_(language), own_(own) {}
    // Tries a pattern only where `seen` says that it can begin; the classes of the language are those of `known`.
    matcher(const std::vector<text::word>& words, const vocabulary& language, const vocabulary& own,
            const lexicon& known, const sightings& seen)
        : words_(words), language_(language), own_(own), known_(&known), seen_(&seen) {}

    // False where a word that it needs does not stand in `inside`.
    bool may_match(const sequence& s, span inside) const;
    // The first place within `inside` where it matches.
    std::optional<span> find(const sequence& s, span inside) const;
    std::optional<span> find_class(std::string_view name, span inside) const;
    // Where a match that begins at word `at` ends, the longest; nothing where none begins there.
    std::optional<std::size_t> match_class(std::string_view name, std::size_t at, std::size_t last) const;
    bool is(std::string_view name, std::size_t at) const { return match_class(name, at, at + 1).has_value(); }

  private:
    // Where matches end: bit n is n words behind the place where they begin. No pattern reaches further.
    using places = std::uint64_t;
    places ends(const sequence& s, std::size_t at, std::size_t last, int depth) const;
    places step(const element& e, std::size_t at, std::size_t last, int depth) const;
    places group_ends(const element& e, std::size_t at, std::size_t last, int depth) const;
    places class_ends(const word_class& c, std::size_t at, std::size_t last, int depth) const;
    bool can_begin(mark m, std::size_t at) const;
    std::size_t next(mark m, std::size_t from, std::size_t to) const;
    const word_class* named(std::string_view name) const;
    const word_class* of(const known_class& k, std::string_view name) const;

    const std::vector<text::word>& words_;
    const vocabulary& language_;
    const vocabulary& own_;
    const lexicon* known_ = nullptr;
    const sightings* seen_ = nullptr;
};

} // namespace whynow::domain::lint
