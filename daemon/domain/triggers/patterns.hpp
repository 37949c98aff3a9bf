// Clause patterns: the small language of config/triggers.toml (described there). Internal to this room.
#pragma once

#include "domain/triggers/sentence.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace whynow::domain::triggers {

struct element {
    enum class what : std::uint8_t {
        words,
        company,
        number,
        money,
        percent,
        slice,
        capital,
        gap,
        colon,
        comma,
        start,
        end
    };
    what is = what::words;
    bool or_number = false, or_money = false, or_percent = false, or_capital = false; // beside words
    std::uint16_t words = 0;                                                          // the word class
    std::uint8_t most = 0; // words with weight that a gap may hold
    bool optional = false;
    bool never = false; // must not stand here; takes no words

    bool beside_words() const { return or_number || or_money || or_percent || or_capital; }
};

struct pattern {
    std::string source;
    std::vector<element> elements;
    std::vector<std::uint16_t> needed; // word classes without which it stands nowhere
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
    sightings(std::size_t classes, std::size_t tokens)
        : tokens_(tokens), lengths_(classes * tokens, 0), anywhere_(classes, false), least_(tokens, 1) {}
    void hide(std::size_t at, std::size_t length) {
        for (auto i = at; i < at + length && i < tokens_; ++i)
            least_[i] = static_cast<std::uint8_t>(std::max<std::size_t>(least_[i], length));
    }
    void see(std::size_t word_class, std::size_t at, std::size_t length) {
        if (length < least_[at] || length > 8)
            return;
        lengths_[word_class * tokens_ + at] |= static_cast<std::uint8_t>(1U << (length - 1));
        anywhere_[word_class] = true;
    }
    // All that was seen, but not what is hidden.
    void forget() {
        std::fill(lengths_.begin(), lengths_.end(), std::uint8_t{0});
        std::fill(anywhere_.begin(), anywhere_.end(), false);
    }
    bool anywhere(std::size_t word_class) const { return anywhere_[word_class]; }
    // Bit n: n + 1 tokens.
    std::uint8_t lengths(std::size_t word_class, std::size_t at) const { return lengths_[word_class * tokens_ + at]; }

  private:
    std::size_t tokens_;
    std::vector<std::uint8_t> lengths_;
    std::vector<bool> anywhere_;
    std::vector<std::uint8_t> least_; // words that a phrase from this token must have to be seen
};

// Every place where the pattern stands (one per starting token). Words of the class `light` do not count in gaps.
void find(const pattern& p, const sentence& s, const sightings& seen, std::uint16_t light,
          std::vector<found_pattern>& out);

} // namespace whynow::domain::triggers
