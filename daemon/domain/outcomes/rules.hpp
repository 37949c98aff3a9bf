// config/replies.toml, compiled. Private to this room.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/outcomes/outcome.hpp"
#include "domain/outcomes/patterns.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace whynow::domain::outcomes {

struct reply_rules {
    explicit reply_rules(const rules::node& rules);

    std::array<pattern_set, 8> how;  // by disposition
    std::array<pattern_set, 9> what; // by result
    struct {
        pattern_set meeting, assent, retry, follow, busy, correction, negation, not_a_wish, no_wish_asked, past_verb,
            timeline, hard_gate, weak_voice, contract, promise, until, wait, for_now, chosen, somebody, today,
            not_wanted, sitting, mood, act, no_day_behind, no_day_before, customer_asks, passed_on, acts_behind, ponder,
            reported, too_much, back_then, successor, let_in, came_back, second_call, ahead, polite_no, involve,
            approval, bound;
    } hint;
    struct {
        pattern_set not_inside, not_before, others, for_good, asked_of_us, removal, plain_verb, asked, closing, instead,
            whom, channel, both_ways, list_words, again;
    } wish;
    struct {
        pattern_set strong, weak, behind, may_name, may_not_name, between, speaks, after_name;
    } referral;
    pattern_set subject_before;
    pattern_set idle; // looks like a cue and is none
    struct {
        pattern_set challenge, tried, vendor, budget, no_budget, budget_said, stop, thing, not_tried, user;
    } fact;
    std::unordered_set<std::string> articles, vendor_words, title_words, departments, title_links, particles,
        salutations, no_name, bosses, after_with, cue_words, given, no_slip, hesitations, firm_words, after_place,
        gate_titles, relations, soft_titles;
    pattern_set titles, department_links;
    std::vector<std::string> month_first, day_first;
    std::vector<std::string> before_day; // what leads to a day and is no part of its name
    // Words long enough to be recognised with a slip in them, by first letter and length.
    std::map<std::pair<char, std::size_t>, std::vector<std::string>> vocabulary;
    std::unordered_map<std::string, std::string> abbreviations;

    bool zone_is_day_first(std::string_view zone) const;
    // Writes abbreviations out: "chk" is "check".
    void write_out(std::vector<token>& tokens) const;
    // Replaces words that are one slip away from a word of the patterns.
    void mend(std::vector<token>& tokens) const;
    // Gives each word its number in the wordbook, without which no pattern matches.
    void number(std::vector<token>& tokens) const;

  private:
    const std::string* meant_by(const std::string& slip) const;

    wordbook words_;
};

} // namespace whynow::domain::outcomes
