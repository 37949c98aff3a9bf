// What the program comes with, read once: kinds of events, and how the daemon's learner begins.
#pragma once

#include "domain/ranking/choice_rules.hpp"
#include "domain/triggers/event.hpp"
#include "support/tree.hpp"

inline const whynow::domain::triggers::kind_table& kinds() {
    using namespace whynow::domain;
    static const auto made = triggers::read_kinds(whynow::test::tree_of(WHYNOW_SOURCE_DIR, "config/triggers.toml"));
    return made;
}

inline whynow::domain::ranking::mixture_settings shipped_learning() {
    using namespace whynow::domain;
    return ranking::read_choice_rules(whynow::test::tree_of(WHYNOW_SOURCE_DIR, "config/ranking.toml")).learning;
}
