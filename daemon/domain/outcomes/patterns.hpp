// Patterns of words: "(left|got) (a |the |)vm", "*" for up to three words, "{touch}" for a list of words that has a
// name, "%" for a number, "^" where a clause begins, "$" where one ends. Private to this room.
#pragma once

#include "domain/outcomes/tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace whynow::domain::outcomes {

// Every word that occurs in a pattern, numbered from 1.
class wordbook {
  public:
    std::uint32_t add(const std::string& word);
    std::uint32_t number(const std::string& word) const; // 0: in no pattern

  private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

// Lists of words by name, each written as the inside of a choice: "call|ring|phone".
using word_lists = std::unordered_map<std::string, std::string>;

// Many patterns of one meaning, matched side by side. Tokens must carry their number in the same wordbook.
class pattern_set {
  public:
    pattern_set() = default;
    pattern_set(const std::vector<std::string>& written, const word_lists& lists, wordbook& words);

    // The place behind the longest match that begins at i; i itself where there is none.
    std::size_t match(const std::vector<token>& t, std::size_t i) const;
    // Does it match with exactly the tokens [i, end)?
    bool spans(const std::vector<token>& t, std::size_t i, std::size_t end) const;
    // The words of all patterns.
    const std::unordered_set<std::string>& words() const { return said_; }

  private:
    using place = std::uint32_t;
    using round_of = std::uint64_t;
    struct step {
        std::uint32_t word = 0;
        place to = 0;
    };
    struct state {
        std::vector<step> steps;  // by word, sorted
        std::vector<place> skips; // taken without a word
        place any = 0;            // taken by every word; 0: none
        place digits = 0;         // by every word with a digit in it
        place opening = 0;        // taken without a word where a clause begins
        place closing = 0;        // and where one ends
        bool ends = false;
    };

    struct edges {
        bool opening = false;
        bool closing = false;
    };

    place make();
    place grow(std::string_view written, place from, wordbook& words);
    void enter(place p, std::vector<place>& into, std::vector<round_of>& seen, round_of round, edges at) const;
    template <class F>
    void walk(const std::vector<token>& t, std::size_t i, F at_end) const;

    // The places a state leads to without a word, worked out once.
    struct reach {
        std::uint32_t from = 0, count = 0; // in reached_
        bool closes = false;               // and more of them where a clause ends
    };
    void work_out(place p);
    void arrive(place p, std::vector<place>& into, std::vector<round_of>& seen, round_of round, edges at) const;

    std::vector<state> states_;
    std::vector<reach> reaches_; // by place
    std::vector<place> reached_;
    struct first {
        std::vector<step> steps; // out of the beginning, by word, sorted
        std::vector<place> digits;
    };
    first first_, first_opening_; // anywhere; where a clause begins
    std::vector<bool> opens_;     // by word: does any match begin with it?
    std::unordered_set<std::string> said_;
};

} // namespace whynow::domain::outcomes
