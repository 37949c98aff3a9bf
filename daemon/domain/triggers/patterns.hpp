// Clause patterns: the small language of config/triggers.toml (described there). Internal to this room.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/triggers/sentence.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace whynow::domain::triggers {

struct element {
    enum class what : std::uint8_t { words, company, number, money, percent, capital, gap, start, end };
    what is = what::words;
    std::uint16_t words = 0; // the word class
    std::uint8_t most = 0;   // of a gap
    bool optional = false;
    bool never = false; // must not stand here; takes no words
};

struct pattern {
    std::string source;
    std::vector<element> elements;
    bool needs_company = false;
};

// Where a pattern was found.
struct found_pattern {
    std::size_t first = 0; // tokens [first, last)
    std::size_t last = 0;
    std::size_t trigger = 0;           // the first token that a word class took
    std::size_t words = 0;             // how many word classes took something
    std::vector<std::size_t> mentions; // in the order in which <co> took them
};

// For one sentence: which word class takes how many tokens where.
class sightings {
  public:
    sightings(std::size_t classes, std::size_t tokens) : tokens_(tokens), lengths_(classes * tokens, 0) {}
    void see(std::size_t word_class, std::size_t at, std::size_t length) {
        if (length >= 1 && length <= 8)
            lengths_[word_class * tokens_ + at] |= static_cast<std::uint8_t>(1U << (length - 1));
    }
    // Bit n: n + 1 tokens.
    std::uint8_t lengths(std::size_t word_class, std::size_t at) const { return lengths_[word_class * tokens_ + at]; }

  private:
    std::size_t tokens_;
    std::vector<std::uint8_t> lengths_;
};

// All words that patterns ask for, and the reader of patterns.
class lexicon {
  public:
    // `lists` is the table of named word lists.
    explicit lexicon(const rules::node& lists);
    lexicon() = default;

    // Nothing and a line in `problems` where the text is no pattern.
    std::vector<pattern> read(const std::vector<std::string>& texts, std::vector<std::string>& problems);
    // The class of the words of one list, as if a pattern had named it.
    std::uint16_t class_of(const std::string& alternatives);
    sightings look(const sentence& s) const;
    // Every place where the pattern stands (one per starting token). `walls`: no gap reaches over a word of that class.
    void find(const pattern& p, const sentence& s, const sightings& seen, std::uint16_t walls,
              std::vector<found_pattern>& out) const;

  private:
    struct phrase {
        std::uint16_t word_class = 0;
        std::vector<std::string> rest; // words behind the first; a last one ending in '*' is a beginning
    };
    void add_alternatives(std::uint16_t word_class, std::string_view alternatives, int depth);
    void add_phrase(std::uint16_t word_class, std::string_view text);
    void see_phrases(const std::vector<phrase>& phrases, const sentence& s, std::size_t at, sightings& out) const;
    bool read_element(std::string_view text, pattern& out);

    std::unordered_map<std::string, std::vector<std::string>> lists_;
    std::map<std::string, std::uint16_t> classes_;
    std::unordered_map<std::string, std::vector<phrase>> by_word_;
    std::unordered_map<std::string, std::vector<phrase>> by_beginning_; // of at least two letters
};

// The forms of a regular English verb: launch, launches, launched, launching.
std::vector<std::string> verb_forms(std::string_view verb);

} // namespace whynow::domain::triggers
