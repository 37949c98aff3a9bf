// What the team's calls teach the ranker: which of them say something, learned night by night, version by version.
#pragma once

#include "domain/ranking/experience.hpp"
#include "store/learning.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::workday {

// Of an outcome's words in the store: did a human speak, was it the person called, and did the talk with them open a
// door (outcomes::opens_a_door)? Nothing but "connected" is enough of a talk for that.
bool is_conversation(std::string_view disposition);
bool was_with_them(std::string_view disposition);
bool opened_a_door(std::string_view disposition, std::span<const std::string> results);
// What a judged call teaches: a hit, none, or nothing (nobody was reached, or the answer was taken back).
std::optional<bool> verdict(const store::judged_call& c);

// One call into what is known, as of its day.
void learn_one(ranking::experience& e, const store::judged_call& c, bool hit);

// What the team knows as of that day: the newest version, faded by the nights since.
ranking::experience experience_of(store::session& s, local_date today, const rulebook& rules);

// Learns the calls judged since the newest version and stores what came of it as a new one, where there were any. Where
// a call that was learned came out otherwise since (an answer corrected or taken back), it goes back to the version
// before that call and learns on from there; never behind a version that somebody reverted to. The same rows give the
// same experience. A clock that went back learns nothing.
ranking::experience learn(store::session& s, local_date today, const rulebook& rules, instant now);

// Makes an older version the newest; calls learned since then are not learned again. False where it is not there.
bool revert(store::session& s, std::int64_t version, const rulebook& rules, instant now);

} // namespace whynow::workday
