#include "cli/opened.hpp"
#include "cli/outcome_json.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "workday/answer.hpp"
#include "workday/outcome_card.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

book::contact contact_called(store::session& s, const outcome_command& c) {
    store::contacts contacts(s);
    if (c.contact.find('@') != std::string::npos) {
        if (auto found = contacts.by_email(c.contact))
            return *std::move(found);
        throw stop(exit_code::usage, "no contact " + c.contact);
    }
    if (c.account.empty())
        throw stop(exit_code::usage, "--contact by name needs --account; or give the e-mail");
    const auto account = store::accounts(s).by_name(c.account);
    if (!account)
        throw stop(exit_code::usage, "no account " + c.account);
    if (auto found = contacts.by_name(account->id, c.contact))
        return *std::move(found);
    throw stop(exit_code::usage, "no contact " + c.contact + " at " + account->name);
}

// The open card of today's brief that asks for this call.
std::optional<store::card> card_for(store::session& s, const book::rep& rep, const book::contact& who,
                                    local_date today) {
    store::briefs briefs(s);
    if (const auto brief = briefs.of(rep.id, today))
        for (auto& card : briefs.cards(brief->id))
            if (card.contact == who.id)
                return std::move(card);
    return std::nullopt;
}

json to_json(store::session& s, const store::outcome& o) {
    const auto rep = store::reps(s).find(o.rep);
    const auto contact = store::contacts(s).find(o.contact);
    const auto account = store::accounts(s).find(o.account);
    return {{"id", o.id.value},
            {"at", to_iso(o.at)},
            {"rep", rep ? rep->email : ""},
            {"contact", contact ? contact->name : ""},
            {"account", account ? account->name : ""},
            {"disposition", o.disposition},
            {"results", o.results},
            {"follow_up", o.follow_up_date ? json(to_iso(*o.follow_up_date)) : json(nullptr)},
            {"said", o.said},
            {"unsure", o.unsure}};
}

} // namespace

int outcome_add(const outcome_command& c) {
    const auto house = open_house(c.config);
    const auto& rules = *house.rules;
    const auto now = now_or(c.now);
    std::string shown;
    bool stored = false;
    write(*house.store, [&](store::session& s) {
        const auto rep = rep_called(s, c.rep);
        const auto who = contact_called(s, c);
        const auto& zone = rules.zone_of(rep);
        const auto today = rules.clocks->to_local(now, zone).date;
        workday::given_answer a;
        a.what = rules.read(c.text, now, zone);
        a.said = c.text;
        a.source = "text";
        a.at = now;
        a.source_ref = fmt::format("cli:{}:{}:{}:{}", rep.id.value, who.id.value, to_iso(today), c.text);
        const auto card = card_for(s, rep, who, today);
        const auto id = card ? workday::take_answer(s, rep, *card, a, rules, now)
                             : workday::take_answer(s, rep, who, a, rules, now);
        if (!id)
            return;
        stored = true;
        if (const auto o = store::outcomes(s).find(*id))
            shown = c.json ? dumped(to_json(s, *o)) : cards::as_text(workday::outcome_card(s, *o, rules, now));
    });
    if (!stored)
        shown = c.json ? dumped({{"stored", false}, {"why", "these words were stored today already"}})
                       : "These words were stored today already.";
    std::cout << shown << '\n';
    return 0;
}

int outcome_list(const outcome_command& c) {
    const auto house = open_house(c.config);
    const auto now = now_or(c.now);
    read(*house.store, [&](store::session& s) {
        const auto only = c.rep.empty() ? rep_id{} : rep_called(s, c.rep).id;
        for (const auto& o :
             store::outcomes(s).between(now - std::chrono::days(c.days), now + std::chrono::seconds(1))) {
            if (only && o.rep != only)
                continue;
            const auto j = to_json(s, o);
            if (c.json)
                std::cout << dumped(j) << '\n';
            else
                std::cout << fmt::format("{}  {}  {}, {}: {}\n", to_iso(o.at), text_of(j, "rep"), text_of(j, "contact"),
                                         text_of(j, "account"),
                                         workday::outcome_in_words(o, house.rules->team.language, *house.rules));
        }
    });
    return 0;
}

} // namespace whynow::cli
