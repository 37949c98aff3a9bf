// "/": the brief as in chat, and the conversation of the console.
#include "chat/chat.hpp"
#include "web/frame.hpp"
#include "workday/morning.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace whynow::web {
namespace {

struct shown {
    std::string id;
    cards::message message;
};

std::vector<shown> conversation_of(store::session& s, std::string_view email) {
    std::vector<shown> out;
    const auto list =
        nlohmann::json::parse(store::documents(s).get(fmt::format("console:{}", email)).value_or("[]"), nullptr, false);
    if (!list.is_array())
        return out;
    for (const auto& m : list) {
        if (!m.is_object() || !m.contains("message"))
            continue;
        if (auto message = chat::message_from_json(m["message"].dump()))
            out.push_back({m.value("id", ""), std::move(*message)});
    }
    return out;
}

std::string entry_html(std::string_view id, const cards::message& m) {
    return fmt::format(R"(<li data-message="{}">{}</li>)", escaped(id), card_html(m));
}

std::string reply_html(const voice& v) {
    return fmt::format(
        R"(<form id="reply" class="reply" autocomplete="off"><label for="words">{}</label><div><textarea id="words" name="words" rows="2" placeholder="{}" required></textarea>)"
        R"(<button type="submit" class="primary">{}</button></div><p class="subtle keys">{}</p></form><noscript><p class="note">{}</p></noscript>)",
        v.html("pages.today.reply"), v.html("pages.today.reply_hint"), v.html("pages.today.send"),
        v.html("pages.today.keys"), v.html("pages.today.no_script"));
}

} // namespace

std::string today_page(store::session& s, const viewer& who, const workday::rulebook& rules) {
    const voice v(who, rules);
    if (!who.rep)
        return framed(v, who, "/", v.say("pages.today.title"), v.say("pages.today.nobody"), "");
    const auto brief = store::briefs(s).latest(who.rep->id);
    auto messages = conversation_of(s, who.rep->email);
    const auto at =
        brief ? std::ranges::find_if(
                    messages, [&](const auto& m) { return brief->platform == "console" && m.id == brief->message_id; })
              : messages.end();
    const auto place = text::slots{}.set("platform", brief && !brief->platform.empty() && brief->platform != "console"
                                                         ? v.word("pages.platform", brief->platform)
                                                         : std::string{});
    std::string main = R"(<ol class="talk" id="talk">)";
    if (brief)
        main += entry_html(brief->message_id, workday::show_brief(s, brief->id, rules));
    const bool here = at != messages.end();
    const auto first = here ? std::next(at) : messages.size() > 12 ? std::prev(messages.end(), 12) : messages.begin();
    for (auto m = first; m != messages.end(); ++m)
        main += entry_html(m->id, m->message);
    main += "</ol>" + reply_html(v);
    if (here && at != messages.begin()) {
        main += fmt::format(R"(<details class="earlier"><summary>{}</summary><ol class="talk">)",
                            v.html("pages.today.earlier"));
        int most = 10;
        for (auto m = at; m != messages.begin() && most-- > 0;)
            if (--m; true)
                main += entry_html(m->id, m->message);
        main += "</ol></details>";
    }
    const auto lead = brief ? v.say("pages.today.lead", place)
                      : who.rep->role == book::role::manager
                          ? v.say("pages.today.manager")
                          : v.say("pages.today.none_yet",
                                  text::slots{}.set("at", v.clock(who.rep->brief_at.value_or(rules.team.brief_at))));
    return framed(v, who, "/", v.say("pages.today.title"), lead, main);
}

} // namespace whynow::web
