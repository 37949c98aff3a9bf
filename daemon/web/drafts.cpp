// "/drafts": the mails that a call deserved, and what became of them.
#include "web/frame.hpp"

#include <fmt/format.h>

namespace whynow::web {
namespace {

bool waits(const store::draft& d) {
    return d.state == store::draft_state::proposed || d.state == store::draft_state::failed;
}

std::string title_of(store::session& s, const voice& v, const store::draft& d) {
    const auto c = store::contacts(s).find(d.contact);
    const auto name = c ? c->name : std::string{};
    return v.say(fmt::format("pages.drafts.kind.{}", to_string(d.kind)),
                 text::slots{}.set("first", book::first_name(name)).set("name", name));
}

std::string draft_html(store::session& s, const voice& v, const store::draft& d) {
    const auto state = std::string(to_string(d.state));
    auto out = fmt::format(
        R"(<li class="draft"><header><h3>{}</h3><span class="state {}">{}</span></header><p class="subtle">{} · {}{}</p>)",
        escaped(title_of(s, v, d)), state, escaped(v.word("pages.drafts.state", state)),
        escaped(d.to.empty() ? v.say("draft.to_missing") : d.to), escaped(v.moment(d.created_at)),
        d.revision > 1 ? " · " + v.html("pages.drafts.revision", text::slots{}.set("n", d.revision)) : "");
    cards::message m;
    m.blocks.push_back(cards::box{v.say("pages.drafts.mail"), d.subject, d.body});
    if (!d.problem.empty())
        m.blocks.push_back(cards::paragraph{{{d.problem, "", true, false}}});
    if (waits(d)) {
        const auto value = fmt::format("draft:{}:{}", d.id.value, d.revision);
        using look = cards::button::style;
        cards::actions buttons;
        if (!d.to.empty())
            buttons.buttons.push_back({"approve", value, v.say("draft.button.approve"), look::primary, false, ""});
        buttons.buttons.push_back(
            {"edit", value, v.say("draft.button.edit"), d.to.empty() ? look::primary : look::normal, true, ""});
        buttons.buttons.push_back({"discard", value, v.say("draft.button.discard"), look::normal, false, ""});
        m.blocks.push_back(std::move(buttons));
    }
    return out + card_html(m) + "</li>";
}

} // namespace

std::string drafts_page(store::session& s, const viewer& who, const workday::rulebook& rules) {
    const voice v(who, rules);
    std::string waiting, settled;
    int n = 0;
    if (who.rep)
        for (const auto& d : store::drafts(s).of_rep(who.rep->id, 40)) {
            n += waits(d);
            (waits(d) ? waiting : settled) += draft_html(s, v, d);
        }
    const auto part = [&](std::string_view key, const std::string& list, std::string_view none) {
        return fmt::format("<section><h2>{}</h2>{}</section>", v.html(key),
                           list.empty() ? fmt::format(R"(<p class="subtle">{}</p>)", v.html(none))
                                        : R"(<ol class="drafts">)" + list + "</ol>");
    };
    return framed(v, who, "/drafts", v.say("pages.drafts.title"), v.say("pages.drafts.lead", v.count("n", n)),
                  part("pages.drafts.waiting", waiting, "pages.drafts.none_waiting") +
                      part("pages.drafts.settled", settled, "pages.drafts.none_settled"));
}

} // namespace whynow::web
