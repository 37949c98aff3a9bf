// Patterns of words: "(left|got) (a |the |)vm", "*" for up to three words. Private to this room.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/outcomes/tokens.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace whynow::domain::outcomes {

// One pattern as a tree: a sequence of words, gaps and choices among sequences.
struct pattern_part {
    enum class sort { word, gap, choice } is = sort::word;
    std::string word;
    std::vector<std::vector<pattern_part>> choices;
};
using pattern = std::vector<pattern_part>;

// Many patterns of one meaning, found by their first words.
class pattern_set {
  public:
    pattern_set() = default;
    explicit pattern_set(const std::vector<std::string>& written);

    // The place behind the longest match that begins at i; i itself where there is none.
    std::size_t match(const std::vector<token>& t, std::size_t i) const;
    bool empty() const { return patterns_.empty(); }
    const std::vector<pattern>& patterns() const { return patterns_; }

  private:
    std::vector<pattern> patterns_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_first_;
    std::vector<std::size_t> any_first_;
};

// All the words that occur in the set.
void collect_words(const pattern_set& set, std::unordered_set<std::string>& into);

} // namespace whynow::domain::outcomes
