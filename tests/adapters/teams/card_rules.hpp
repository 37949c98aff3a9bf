// Walks an Adaptive Card as a client would and says what Teams would not take.
#pragma once

#include <string>
#include <vector>

namespace whynow::teams_test {

std::vector<std::string> card_faults(const std::string& card_json);
// The texts of all TextBlocks and facts, one a line.
std::string card_texts(const std::string& card_json);

} // namespace whynow::teams_test
