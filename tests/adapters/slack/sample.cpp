#include "tests/adapters/slack/sample.hpp"

namespace slack_test {

using namespace whynow::domain::cards;

namespace {

button make(std::string action, std::string value, std::string label, button::style look = button::style::normal,
            bool form = false) {
    return {std::move(action), std::move(value), std::move(label), look, form, {}};
}
button opener(const std::string& value, const std::string& spoken) {
    return {"open", value, "Open", button::style::normal, false, spoken};
}

fold jerry() {
    fold f;
    f.id = "c1";
    f.open = true;
    f.head = {1,
              "Jerry Smith",
              "EVP Sales, Northwind",
              {{"Seattle, 08:00–17:00 there is 17:00–02:00 for you · "}, {"+1 206 555 0134", "tel:+12065550134"}},
              "people changed",
              "12 days ago"};
    f.teaser = {{"Their VP Customer Success left on 12 November."}};
    f.inside = {
        paragraph{{{"Why now, for Jerry.", {}, true},
                   {" Their VP Customer Success left on 12 November ("},
                   {"8-K", "https://www.sec.gov/x?a=1&b=2"},
                   {"), and on 18 November the CEO told analysts that mid-market churn doubled ("},
                   {"Reuters", "https://www.reuters.com/x"},
                   {"). Until someone owns renewals, each quarter costs them more of that base."}}},
        box{"Open with · 22 seconds",
            {},
            "Jerry, I saw that your VP Customer Success left this month, and that mid-market churn came up on the "
            "analysts’ call. How are your account managers handling the renewals right now?"},
        facts{{{"Ask", {{"What are they working on? What have they tried? Why did it not work out?"}}},
               {"Known, do not ask again", {{"Budget is set (told Sam, 3 Oct) · uses Acme since 2024"}}},
               {"At the end", {{"“Who else do you know who is wrestling with this? I’d value your advice.”"}}}}},
        actions{{make("log", "card:1", "Log the call", button::style::primary, true),
                 make("no_answer", "card:1", "No answer"), make("snooze", "card:1", "Snooze"),
                 make("not_a_reason", "card:1", "Not a reason")}}};
    f.opener = opener("card:1", "Open call 1, Jerry Smith");
    return f;
}

} // namespace

message sample_brief() {
    fold ann;
    ann.id = "c2";
    ann.head = {2, "Ann Lee", "VP Operations, Harbor Foods", {}, "referral", {}};
    ann.teaser = {{"Jerry’s colleague Tom Reyes suggested her on 20 November: “she owns the returns problem”."}};
    ann.inside = {paragraph{{{"More."}}}};
    ann.opener = opener("card:2", "Open call 2, Ann Lee");
    fold ben;
    ben.id = "c3";
    ben.head = {3, "Ben Park", "Plant Director, Delta Mills", {}, "his own date", {}};
    ben.teaser = {{"On 3 June he said: “we look at this again in six months”. That is now."}};
    ben.opener = opener("card:3", "Open call 3, Ben Park");
    message m;
    m.fallback = "3 calls worth making today. First: Jerry Smith at Northwind, because their VP Customer Success left "
                 "on 12 November.";
    m.blocks = {
        heading{"3 calls worth making today"},
        subtle{{{"Tuesday 24 November · your budget is 8 · nothing compelling for your other 31 open accounts"}}},
        rule{},
        jerry(),
        rule{},
        ann,
        ben,
        subtle{{{"Just answer here in your own words, for instance: "},
                {"spoke with Jerry, working on it in 6 months, talk to Ann Lee in ops", {}, false, true}}}};
    return m;
}

message sample_digest() {
    message m;
    m.fallback = "Week 47: 18 conversations, 5 hits.";
    m.blocks = {
        heading{"Week 47"},
        bars{"Hits per conversation, by kind",
             {{"people changed", 5, "5 of 12"}, {"funding", 1, "1 of 6"}, {"none", 0, "0 of 3"}}},
        table{
            "Referrals by generation", {"Generation", "Asked", "Given"}, {{"first", "18", "7"}, {"second", "7", "2"}}},
        box{"Draft · thank-you", "Thank you for your time", "Hello Jerry,\n\nthank you for talking with me.\n\nDana"}};
    return m;
}

form sample_form() {
    using kind = field::kind;
    form f{"outcome", "card:17", "Log the call", "Save", "Cancel", {}};
    f.fields = {
        {"result", kind::choice, "What happened", "spoke", {}, false, {{"spoke", "We spoke"}, {"", "Not said"}}},
        {"note", kind::text, "In your words", "line one\nline two", "What they said", true, {}},
        {"who", kind::line, "Whom did they name", "Ann\nLee", {}, true, {}, 80},
        {"day", kind::date, "Comes back on", "2026-05-03"},
        {"hour", kind::time, "At", "09:30"},
        {"topics", kind::choices, "Topics", "a,c", {}, true, {{"a", "Renewals"}, {"b", "Churn"}, {"c", "Cost"}}},
        {"may", kind::tick, "May you name them", "true"}};
    return f;
}

} // namespace slack_test
