// The book of business: accounts, the people in them, and the reps who call them.
#pragma once

#include "domain/core/id.hpp"
#include "domain/core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::book {

enum class role { rep, manager, admin };
std::string_view to_string(role r);
std::optional<role> role_from(std::string_view text);

struct rep {
    rep_id id;
    std::string name;
    std::string email;      // unique, lower case
    std::string zone;       // IANA; empty = the team's
    std::string slack_user; // U… or W…
    std::string teams_user; // Entra object id
    std::string manager_email;
    std::string team;
    double daily_calls = 0; // what this rep usually does on a day, before whynow knows better; 0 = not told
    std::string language = "en";
    book::role role = book::role::rep;
    std::string signature;                  // below every mail; empty = the name
    std::optional<minute_of_day> brief_at;  // empty = the team's
    std::optional<local_date> paused_until; // no brief before this day
    int most_calls = 0;                     // in one brief, by the rep's own wish; 0 leaves it to the budget
    bool own_digest = true;                 // their own week, told to them alone on its last working day
};

struct account {
    account_id id;
    std::string name;
    std::string domain;
    std::string ticker;
    std::string cik;
    std::vector<std::string> aliases;
    std::vector<std::string> former_names;
    std::string industry;
    int employees = 0; // 0 = not known
    std::string country;
    rep_id owner;
    std::vector<std::string> competitors; // names as written in the import
    std::vector<std::string> customers;
};

// What a person of a role cares about; chooses the words of reasons and questions.
enum class persona {
    unknown,
    executive,
    finance,
    operations,
    sales,
    marketing,
    technology,
    people,
    procurement,
    legal
};
std::string_view to_string(persona p);
persona persona_of(std::string_view title); // by the words of the title, four languages; unknown when unsure

struct contact {
    contact_id id;
    std::string name;
    std::string title;
    account_id account;
    std::string email;
    std::string phone;
    std::string zone; // IANA; empty = not known
    std::string country;
    rep_id owner; // empty: the account's owner
    bool do_not_contact = false;
    bool left_company = false;
    std::optional<bool> may_email;
    std::string origin; // where the data came from
};

// The name people say: "Jerry" of "Jerry Smith", "Dr. Anna Berg" → "Anna", "Smith, Jerry" → "Jerry".
std::string first_name(std::string_view full_name);
std::string last_name(std::string_view full_name);

} // namespace whynow::domain::book
