// "/admin": is everything well? Sources, what leaves the house, people.
#include "web/frame.hpp"
#include "workday/errands.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace whynow::web {
namespace {

std::string section(const voice& v, std::string_view key, const std::string& body) {
    return fmt::format("<section><h2>{}</h2>{}</section>", v.html(key), body);
}
std::string nothing(const voice& v, std::string_view key) {
    return fmt::format(R"(<p class="subtle">{}</p>)", v.html(key));
}

std::string sources_html(store::session& s, const voice& v) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& c : store::sources(s).all()) {
        const bool well = c.failures == 0 && c.problem.empty();
        rows.push_back({escaped(c.source),
                        fmt::format(R"(<span class="state {}">{}</span>)", well ? "sent" : "failed",
                                    v.html(well ? "pages.admin.well" : "pages.admin.unwell")),
                        escaped(v.moment(c.last_success)), escaped(v.moment(c.next_poll)),
                        escaped(c.problem.empty() ? "–" : c.problem)});
    }
    if (rows.empty())
        return nothing(v, "pages.admin.no_sources");
    return table_html({v.html("pages.admin.source"), v.html("pages.admin.health"), v.html("pages.admin.last"),
                       v.html("pages.admin.next"), v.html("pages.admin.problem")},
                      rows);
}

std::string outbox_html(store::session& s, const voice& v) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [key, n] : store::outbox(s).counts()) {
        const auto slash = key.find('/');
        rows.push_back({escaped(v.word("pages.platform", key.substr(0, slash))),
                        escaped(v.word("pages.admin.state", key.substr(slash + 1))), v.number(n)});
    }
    if (rows.empty())
        return nothing(v, "pages.admin.outbox_empty");
    return table_html({v.html("pages.admin.channel"), v.html("pages.admin.standing"), v.html("pages.admin.rows")},
                      rows);
}

// What a person can decide about a row that ended unsent. Mails are decided at their draft, where their words are seen.
std::string choices_html(const store::outbox_item& item, const voice& v) {
    const auto button = [&](const char* what) {
        return fmt::format(R"(<form method="post" action="/admin/letters/{}/{}"><button>{}</button></form>)",
                           item.id.value, what, v.html(fmt::format("pages.admin.{}", what)));
    };
    return (item.channel == "mail" ? std::string{} : button("again")) + button("drop");
}

std::string letters_html(store::session& s, const voice& v) {
    std::vector<std::vector<std::string>> rows;
    for (const auto state : {store::outbox_state::dead, store::outbox_state::ambiguous, store::outbox_state::parked})
        for (const auto& item : store::outbox(s).with_state(state, 25))
            rows.push_back({escaped(v.word("pages.platform", item.channel)),
                            escaped(v.word("pages.admin.what", item.purpose)),
                            escaped(v.word("pages.admin.state", to_string(item.state))), std::to_string(item.tries),
                            escaped(v.moment(item.created_at)), escaped(item.problem), choices_html(item, v)});
    if (rows.empty())
        return nothing(v, "pages.admin.no_letters");
    return table_html({v.html("pages.admin.channel"), v.html("pages.admin.purpose"), v.html("pages.admin.standing"),
                       v.html("pages.admin.tries"), v.html("pages.signals.when"), v.html("pages.admin.problem"), ""},
                      rows);
}

std::string unreached_html(store::session& s, const voice& v, const workday::rulebook& rules) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& r : store::reps(s).all())
        if (const auto chat = workday::unreached_chat(s, r, rules); !chat.empty())
            rows.push_back({fmt::format("{}<br><span class=\"subtle\">{}</span>", escaped(r.name), escaped(r.email)),
                            escaped(v.word("pages.platform", chat))});
    if (rows.empty())
        return nothing(v, "pages.admin.nobody_unreached");
    return fmt::format("<p>{}</p>",
                       v.html("pages.admin.unreached_what", text::slots{}.set("mail", rules.team.mail_on))) +
           table_html({v.html("pages.admin.person"), v.html("pages.admin.chats")}, rows);
}

std::string people_html(store::session& s, const voice& v, const workday::rulebook& rules) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& r : store::reps(s).all()) {
        std::string chats;
        std::set<std::pair<std::string, bool>> reached; // one platform may know a person under several tenants
        for (const auto& i : store::identities(s).of(r.id))
            if (reached.emplace(i.platform, i.gone).second)
                chats += (chats.empty() ? "" : ", ") + v.word("pages.platform", i.platform) +
                         (i.gone ? " (" + v.say("pages.admin.gone") + ")" : "");
        rows.push_back({fmt::format("{}<br><span class=\"subtle\">{}</span>", escaped(r.name), escaped(r.email)),
                        escaped(v.word("pages.role", to_string(r.role))), escaped(rules.zone_of(r)),
                        escaped(v.clock(r.brief_at.value_or(rules.team.brief_at))),
                        escaped(chats.empty() ? "–" : chats), escaped(r.paused_until ? v.day(*r.paused_until) : "–")});
    }
    return table_html({v.html("pages.admin.person"), v.html("pages.admin.role"), v.html("pages.admin.zone"),
                       v.html("pages.admin.brief_at"), v.html("pages.admin.chats"), v.html("pages.admin.paused")},
                      rows);
}

} // namespace

std::string admin_page(store::session& s, const viewer& who, const workday::rulebook& rules) {
    const voice v(who, rules);
    auto main = section(v, "pages.admin.sources", sources_html(s, v)) +
                section(v, "pages.admin.outbox", outbox_html(s, v)) +
                section(v, "pages.admin.letters", letters_html(s, v)) +
                section(v, "pages.admin.unreached", unreached_html(s, v, rules)) +
                section(v, "pages.admin.people", people_html(s, v, rules));
    return framed(v, who, "/admin", v.say("pages.admin.title"), v.say("pages.admin.lead"), main);
}

} // namespace whynow::web
