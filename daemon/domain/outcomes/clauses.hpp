// Where the words of a day stand in their clause, and what stands around them. Private to this room.
#pragma once

#include "domain/outcomes/patterns.hpp"

namespace whynow::domain::outcomes {

struct place {
    std::size_t begin = 0; // first token of the words
    std::size_t end = 0;
    std::size_t clause_begin = 0;
    std::size_t clause_end = 0;
};

constexpr std::size_t widest_clause = 60; // tokens to either side

place place_of(const std::vector<token>& t, dates::span at);

// Does any match begin in [from, to)?
bool found_in(const pattern_set& set, const std::vector<token>& t, std::size_t from, std::size_t to);
// Does one end where the words begin, but for `slack` tokens?
bool ends_before(const pattern_set& set, const std::vector<token>& t, std::size_t from, std::size_t at,
                 std::size_t slack);

} // namespace whynow::domain::outcomes
