// Every card that can be sent, in the order of a working day: one scene is one picture on each platform.
#pragma once

#include "domain/cards/message.hpp"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace whynow::cards_test {

namespace cards = domain::cards;

struct words { // by the rep, to whom the rest answers
    std::string text;
};
struct line { // seen only by who tapped: ephemeral in Slack, the invoke's answer in Teams
    std::string text;
};
struct dialog {
    cards::form form;
    std::map<std::string, std::string> errors = {}, values = {}; // shown again, with what was wrong
};
struct page { // Slack's Home tab
    cards::message body;
};
using thing = std::variant<words, cards::message, line, dialog, page>;

struct scene {
    std::string name; // of the picture's file
    std::vector<thing> shown;
    bool on_teams = true;
    bool on_slack = true;
    bool charts = true; // Slack: in a workspace that takes its own charts
};

// Deterministic: the same scenes, to the letter, at every call.
std::vector<scene> all_scenes();

// A scene as the platform gets it: {"shown":[{"said"|"message"|"card"|"notice"|"view"|"dialog"|"home": …}]}.
std::string for_slack(const scene& s);
std::string for_teams(const scene& s);

} // namespace whynow::cards_test
