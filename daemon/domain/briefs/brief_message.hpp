// The brief as one message: the first call open, the others one tap away, answered ones closed with what was
// understood.
#pragma once

#include "domain/briefs/call_card.hpp"

#include <string>
#include <vector>

namespace whynow::domain::briefs {

struct shown_call {
    call_card card;
    card_id id;
    int number = 0;
    bool answered = false;
    std::string standing; // how it stands, one sentence; empty while it is open
};

struct brief_head {
    local_date date{};
    int budget = 0;
    int accounts = 0; // open accounts that were looked at
    bool late = false;
    std::string language = "en";
    bool usual = false; // a week with the rep's own list (an experiment); what is here was promised to customers
};

// `open` is the number of the call that stands open; 0: none. Buttons carry "card:ID".
cards::message brief_message(const brief_head& head, const std::vector<shown_call>& calls, int open,
                             const text::phrasebook& book);

} // namespace whynow::domain::briefs
