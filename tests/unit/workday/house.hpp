// The rules as they come with the program, read once.
#pragma once

#include "schedule/system_zones.hpp"
#include "workday/rulebook.hpp"

inline const whynow::workday::rulebook& house() {
    static const auto loaded = whynow::workday::rulebook::load("", {}, whynow::schedule::system_zones());
    return *std::get<std::shared_ptr<const whynow::workday::rulebook>>(loaded);
}
