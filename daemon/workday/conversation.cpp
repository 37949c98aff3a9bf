#include "workday/conversation.hpp"

#include "store/installations.hpp"
#include "workday/errands.hpp"
#include "workday/exchange.hpp"
#include "workday/home_page.hpp"

namespace whynow::workday {
namespace {

using chat::event_kind;

// Who is it? Keeps where they can be reached; a first contact is placed by the book.
std::optional<book::rep> recognised(store::session& s, const chat::chat_event& e, const rulebook& rules) {
    if (e.from.user.empty())
        return std::nullopt;
    const auto seen = store::identities(s).find(e.from.platform, e.from.tenant, e.from.user);
    std::optional<book::rep> who;
    if (seen && seen->rep)
        who = store::reps(s).find(seen->rep);
    if (!who)
        who = e.from.platform == "console" ? store::reps(s).by_email(e.from.user)
                                           : store::reps(s).by_platform_user(e.from.platform, e.from.user);
    store::chat_identity id{e.from.platform, e.from.tenant, e.from.user, who ? who->id : rep_id{}, {},
                            e.from.route,    false};
    // A reply in a channel must not move the rep's briefs there: only a conversation with us alone is kept.
    if (e.from.platform != "slack" || e.from.conversation.starts_with('D'))
        id.conversation = e.from.conversation;
    const bool news = !seen || seen->gone || seen->rep != id.rep ||
                      (!id.conversation.empty() && seen->conversation != id.conversation) ||
                      (!id.route.empty() && seen->route != id.route);
    if (news && !e.in_place) // who asks through a webhook cannot be written to
        store::identities(s).upsert(id);
    if (who && who->zone.empty() && !e.zone.empty() && rules.clocks->known(e.zone)) {
        store::reps(s).set_zone(who->id, e.zone);
        who->zone = e.zone;
    }
    return who;
}

} // namespace

chat::reply handle(store::session& s, const chat::chat_event& e, std::string_view cause, const rulebook& rules,
                   const ranking::experience& known, instant now) {
    if (e.kind == event_kind::gone) {
        // Told late, or again, after the app was installed anew: nothing changes.
        if (e.from.user.empty() && e.from.platform == "slack" &&
            !store::slack_installations(s).close(e.from.tenant, "uninstalled", e.at))
            return {};
        store::identities(s).mark_gone(e.from.platform, e.from.tenant, e.from.user);
        return {};
    }
    auto who = recognised(s, e, rules);
    if (who && !e.in_place && e.from.platform != "console")
        reached_now(s, *who, rules, now);
    if (e.kind == event_kind::reached || e.kind == event_kind::nothing || e.kind == event_kind::deleted)
        return {};
    exchange x{s, e, cause, rules, known, now, {}, {}, {}, {}, {}};
    if (!who && e.kind == event_kind::card_wanted)
        return {};
    if (!who) {
        if (e.kind != event_kind::home_opened) // looking is no question
            x.reply.toast = rules.say(rules.team.language, "ask.whose");
        return std::move(x.reply);
    }
    x.rep = std::move(*who);
    x.language = rules.language_of(x.rep);
    x.zone = rules.zone_of(x.rep);
    x.today = rules.clocks->to_local(now, x.zone).date;
    switch (e.kind) {
    case event_kind::message: take_words(x, false); break;
    case event_kind::command: take_words(x, true); break;
    case event_kind::edited: take_edit(x); break;
    case event_kind::action: take_tap(x); break;
    case event_kind::form_wanted: open_dialog(x); break;
    case event_kind::form_submitted: take_dialog(x); break;
    case event_kind::home_opened: open_home(s, x.rep, e.from.platform, cause, rules, now); break;
    case event_kind::card_wanted: x.show_what_stands(); break;
    default: break;
    }
    if (e.in_place && !x.reply.replace && x.reply.toast.empty())
        if (const auto o = store::outcomes(s).by_source(e.business_key); o && o->rep == x.rep.id)
            x.show_outcome_again(o->id);
    return std::move(x.reply);
}

} // namespace whynow::workday
