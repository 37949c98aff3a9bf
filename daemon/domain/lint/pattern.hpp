// The small language in which config/lint.toml describes what a sentence says, and its matcher.
//
//   word  pre*  *fix      a word, folded; a beginning; an end. "don't" and "one-stop" are two words.
//   (a|b c|d*)            one of these        <name>   one of that class of words
//   ..  ...               up to 3, up to 10 words between, inside the sentence
//   ^  $  #               a clause begins here; the sentence ends here; a number in digits or words
//   x?                    x or nothing, for words, groups and classes
#pragma once

#include "domain/text/words.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace whynow::domain::lint {

struct element;
using sequence = std::vector<element>;

struct element {
    enum class kind { word, prefix, suffix, word_class, group, gap, clause_start, sentence_end, number };
    kind what = kind::word;
    std::string text;
    std::vector<sequence> choices; // of a group
    std::size_t most = 0;          // of a gap
    bool optional = false;
};

// The pattern read, or nothing where brackets do not close.
std::optional<sequence> read_pattern(std::string_view text);

// A named set of words and patterns.
struct word_class {
    std::unordered_set<std::string> words;
    std::vector<std::string> prefixes;
    std::vector<sequence> patterns; // everything that is more than one word
    void add(sequence s);
};

// The classes of one language; names are looked up in the text's own classes first (from facts), then here.
using vocabulary = std::map<std::string, word_class, std::less<>>;

struct span {
    std::size_t from = 0; // words
    std::size_t to = 0;
    friend bool operator==(span, span) = default;
};

class matcher {
  public:
    matcher(const std::vector<text::word>& words, const vocabulary& language, const vocabulary& own)
        : words_(words), language_(language), own_(own) {}

    // The first place within `inside` where it matches.
    std::optional<span> find(const sequence& s, span inside) const;
    std::optional<span> find_class(std::string_view name, span inside) const;
    // Where a match that begins at word `at` ends, the longest; nothing where none begins there.
    std::optional<std::size_t> match_class(std::string_view name, std::size_t at, std::size_t last) const;
    bool is(std::string_view name, std::size_t at) const { return match_class(name, at, at + 1).has_value(); }

  private:
    using places = std::vector<std::size_t>;
    places ends(const sequence& s, std::size_t at, std::size_t last, int depth) const;
    void step(const element& e, std::size_t at, std::size_t last, int depth, places& out) const;
    void class_ends(std::string_view name, std::size_t at, std::size_t last, int depth, places& out) const;
    const word_class* named(std::string_view name) const;

    const std::vector<text::word>& words_;
    const vocabulary& language_;
    const vocabulary& own_;
};

} // namespace whynow::domain::lint
