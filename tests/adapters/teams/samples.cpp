#include "samples.hpp"

namespace whynow::teams_test {

using namespace domain::cards;

namespace {

fold closed_call(int n, const char* name, const char* role, const char* teaser, const char* badge) {
    fold f;
    f.id = "c" + std::to_string(n);
    f.head = {n, name, role, {{"Boston · until 17:00 there"}}, badge, "4 days ago"};
    f.teaser = {{teaser}};
    f.inside = {paragraph{{{"Why now.", "", true}, {" The whole reason for "}, {name}}},
                box{"Open with · 24 seconds", "", "I saw that you own the returns problem now. What have you tried?"},
                actions{{{"log", "card:" + std::to_string(n), "Log the call", button::style::primary, true},
                         {"no_answer", "card:" + std::to_string(n), "No answer"}}}};
    f.opener = {"open", "card:" + std::to_string(n),
                "open", button::style::normal,
                false,  std::string("Open call ") + std::to_string(n) + ", " + name};
    return f;
}

} // namespace

message sample_brief() {
    message m;
    m.fallback = "3 calls worth making today. First: Jerry Smith at Northwind, because their VP Customer Success left "
                 "on 12 November.";
    m.blocks = {
        heading{"3 calls worth making today"},
        subtle{{{"Tuesday 24 November · your budget is 8 · nothing compelling for your other 31 open accounts"}}},
        call_head{
            1,
            "Jerry Smith",
            "EVP Sales, Northwind",
            {{"Seattle · 08:00–17:00 there is 17:00–02:00 for you · "}, {"+1 206 555 0134", "tel:+1 (206) 555-0134"}},
            "people changed",
            "12 days ago"},
        paragraph{{{"Why now, for Jerry.", "", true},
                   {" Their VP Customer Success left on 12 November ("},
                   {"8‑K", "https://www.sec.gov/x"},
                   {"), and on 18 November the CEO told analysts that mid-market churn doubled ("},
                   {"Reuters", "https://www.reuters.com/x"},
                   {"). Until someone owns renewals, each quarter costs them more of that base."}}},
        box{"Open with · 22 seconds", "",
            "“Jerry, I saw that your VP Customer Success left this month, and that mid-market churn came up on the "
            "analysts’ call. When those two fall together, the account managers usually inherit the renewals. How are "
            "yours handling it right now?”"},
        facts{{{"Ask", {{"What are they working on? What have they tried? Why did it not work out?"}}},
               {"Known", {{"Budget is set (told Sam, 3 Oct) · uses Acme since 2024 — do not ask again"}}},
               {"At the end", {{"“Who else do you know who is wrestling with this? I’d value your advice.”"}}}}},
        actions{{{"log", "card:1", "Log the call", button::style::primary, true},
                 {"no_answer", "card:1", "No answer"},
                 {"snooze", "card:1", "Snooze"},
                 {"not_a_reason", "card:1", "Not a reason"}}},
        closed_call(2, "Ann Lee", "VP Operations, Harbor Foods",
                    "Jerry’s colleague Tom Reyes suggested her on 20 November: “she owns the returns problem”.",
                    "referral"),
        closed_call(
            3, "Ben Park", "Plant Director, Delta Mills",
            "On 3 June he said: “we look at this again in six months”. That is now; he was worried about the June "
            "contract.",
            "his own date"),
        subtle{{{"Just answer here in your own words, for instance: "},
                {"spoke with Jerry, working on it in 6 months, talk to Ann Lee in ops", "", false, true}}}};
    return m;
}

message sample_understood() {
    message m;
    m.fallback = "Understood: you spoke with Jerry Smith; he works on it in six months; talk to Ann Lee.";
    m.blocks = {heading{"Understood"},
                facts{{{"Call", {{"Conversation with Jerry Smith, Northwind, today 17:20"}}},
                       {"Result", {{"Interested later"}}},
                       {"Comes back", {{"Mon 3 May 2027, three weeks before the six months are over"}}},
                       {"Referral", {{"Ann Lee, operations, Northwind. May you name Jerry? — not said"}}}}},
                actions{{{"correct", "outcome:9", "Correct", button::style::normal, true},
                         {"may_name", "outcome:9", "Yes, name Jerry"},
                         {"undo", "outcome:9", "Undo", button::style::danger}}},
                rule{},
                heading{"Thank-you to Jerry · draft"},
                box{"", "Thank you for your time today", "Hello Jerry,\nthank you for talking with me today.\n\nDana"},
                actions{{{"approve", "draft:4:2", "Send", button::style::primary},
                         {"edit", "draft:4:2", "Edit", button::style::normal, true},
                         {"discard", "draft:4:2", "Discard"}}}};
    return m;
}

message sample_digest() {
    message m;
    m.fallback = "Week 47: 9 of 50 conversations led on.";
    m.blocks = {heading{"Week 47"},
                bars{"Hits per conversation, by trigger",
                     {{"People changed", 0.18, "18 % (9 of 50)"}, {"News", 0.06, "6 % (2 of 31)"}}},
                table{"Referrals", {"Rep", "Asked", "Given"}, {{"Rita Rep", "12", "4"}, {"Sam Roe", "9", "–"}}}};
    return m;
}

form sample_form() {
    return {"outcome",
            "card:17",
            "Call outcome",
            "Save",
            "Cancel",
            {{"disposition",
              field::kind::choice,
              "What happened?",
              "conversation",
              "",
              false,
              {{"conversation", "Conversation"}, {"voicemail", "Voicemail"}}},
             {"results",
              field::kind::choices,
              "Results",
              "later",
              "",
              true,
              {{"later", "Interested later"}, {"referral", "Referral"}, {"no_fit", "No fit"}}},
             {"back_on", field::kind::date, "Comes back", "2027-05-03"},
             {"at", field::kind::time, "At", "25:00"},
             {"who", field::kind::line, "Referral", "", "Name, title"},
             {"note", field::kind::text, "Note", "", "", true, {}, 500},
             {"may_name", field::kind::tick, "I may name Jerry", "true"}}};
}

} // namespace whynow::teams_test
