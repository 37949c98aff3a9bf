// Which of the days in a reply is the one to come back on. Private to this room.
#pragma once

#include "domain/dates/reader.hpp"
#include "domain/outcomes/cues.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::outcomes {

struct follow_up_reading {
    std::optional<heard<dates::window>> follow_up;
    std::optional<heard<std::string>> timeline;
    bool beside_call = false; // the words around it speak of calling or meeting
    bool torn = false;        // two days were equally good
};

follow_up_reading read_follow_up(const reply_rules& rules, const dates::reader& dates, const std::vector<token>& tokens,
                                 std::string_view text, const cues& found,
                                 const std::optional<heard<std::string>>& vendor, const dates::standpoint& here,
                                 const zones& clocks);

} // namespace whynow::domain::outcomes
