// Everything the flows of a working day know besides the store: rules, words and the team's own settings. Immutable;
// a reload makes a new one and swaps the pointer. An admin's own files are read when the book is loaded, so that their
// mistakes are told at once; the built-in ones are held to their tests and read at their first use.
#pragma once

#include "domain/briefs/spoken_headline.hpp"
#include "domain/compliance/calling_hours.hpp"
#include "domain/core/at_first_use.hpp"
#include "domain/dates/reader.hpp"
#include "domain/dates/workdays.hpp"
#include "domain/experiments/plan.hpp"
#include "domain/lint/lint.hpp"
#include "domain/nurture/return_day.hpp"
#include "domain/outcomes/reply_reader.hpp"
#include "domain/ranking/choice.hpp"
#include "domain/text/phrasebook.hpp"
#include "domain/triggers/classifier.hpp"
#include "workday/commands.hpp"

#include <boost/system/result.hpp>

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace whynow::workday {

using namespace whynow::domain;

// The team's settings that the flows need, from whynow.toml.
struct team {
    std::string zone = "UTC";
    minute_of_day brief_at{480};
    dates::workdays workdays;
    double call_budget = 0.5;
    std::string language = "en";
    std::string company; // the seller: its own news is never a reason
    std::string product;
    std::vector<std::string> our_customers; // never named to anybody else
    std::string postal_address;
    std::string public_url;
    bool thank_you_auto = false; // [mail] approve = "thank_you_auto"
    bool mail_on = false;
    std::vector<std::string> platforms; // chats that are on, in the order of preference
    std::string pages_url;              // of the pages, with a slash at the end; empty: nobody outside can open them
    std::string answer_url;             // of the page where a brief can be answered; empty: there is none outside
    bool brief_on_install = false;      // [teams] brief_on_install
    bool workflow_on = false;           // [teams] workflow_url
    int lead_weeks = 3;
    std::optional<experiments::plan> experiment; // [experiment], where there is one
    minute_of_day own_week_at{960}; // when a rep's last working day of the week is told
    bool rank_people = false;       // [team] rank_people
};

// What is wrong with a rule or template file: place and words.
struct rule_problem {
    rules::place at;
    std::string why;
};
// One line each, led by a line feed: "\nconfig/lint.toml:12:3: …".
std::string to_string(const std::vector<rule_problem>& problems);

// config/triggers.toml, whole.
struct event_rules {
    triggers::classifier classifier;
    triggers::kind_table kinds;
};

class rulebook {
  public:
    // Reads config/ and templates/ as built in; files of the same relative name below `own_folder` (empty: none)
    // replace rule files whole and lie above templates sentence by sentence. `clocks` outlives the book.
    static std::variant<std::shared_ptr<const rulebook>, std::vector<rule_problem>>
    load(const std::string& own_folder, workday::team team, const zones& clocks);

    workday::team team;
    text::phrasebook book;
    at_first_use<lint::linter> law;
    at_first_use<briefs::spoken_headlines> spoken;
    at_first_use<dates::reader> dates;
    at_first_use<outcomes::reply_reader> replies;
    at_first_use<event_rules> events;
    at_first_use<rules::node> names; // config/names.toml, for the matcher that is built from the accounts
    ranking::choice_rules choice;
    compliance::calling_hours hours;
    workday::commands commands;
    nurture::return_rules returns;
    const zones* clocks = nullptr;

    // The zone of a rep, or the team's.
    const std::string& zone_of(const book::rep& r) const { return r.zone.empty() ? team.zone : r.zone; }
    const std::string& language_of(const book::rep& r) const { return r.language.empty() ? team.language : r.language; }
    std::string say(std::string_view language, std::string_view key, const text::slots& with = {}) const {
        return book.say(language, key, with);
    }
    // `people`: the names of those the words may be about.
    outcomes::understood read(std::string_view said, instant now, std::string_view zone,
                              std::span<const std::string> people = {}) const;

    explicit rulebook(const rules::node& hours_toml) : hours(hours_toml) {}
    rulebook(const rulebook&) = delete;
    rulebook& operator=(const rulebook&) = delete;
};

} // namespace whynow::workday
