#include "workday/brief_letter.hpp"

#include "domain/text/written.hpp"
#include "workday/errands.hpp"
#include "workday/morning.hpp"

#include <utility>

namespace whynow::workday {
namespace {

// What a mail can show: every call open, nothing to tap, and no hint to answer "here".
void unfold(std::vector<cards::block>& blocks) {
    std::erase_if(blocks, [](const auto& b) { return std::holds_alternative<cards::actions>(b); });
    for (auto& b : blocks)
        if (auto* f = std::get_if<cards::fold>(&b)) {
            f->open = true;
            f->teaser.clear(); // its sentence is part of the inside
            unfold(f->inside);
        }
}

} // namespace

std::optional<brief_letter> letter_of_brief(store::session& s, brief_id id, const rulebook& rules) {
    const auto b = store::briefs(s).find(id);
    const auto rep = b ? store::reps(s).find(b->rep) : std::nullopt;
    if (!rep)
        return std::nullopt;
    const auto language = rules.language_of(*rep);
    auto message = show_brief(s, id, rules);
    const bool calls = message.blocks.size() > 2;
    unfold(message.blocks);
    if (calls) // a rule and the hint stand at the end
        message.blocks.resize(message.blocks.size() - 2);
    const auto* title = message.blocks.empty() ? nullptr : std::get_if<cards::heading>(&message.blocks.front());
    const auto missed = unreached_chat(s, *rep, rules);
    text::slots with;
    with.set("name", book::first_name(rep->name)).set("title", title ? title->text : std::string{});
    with.set("day", text::long_day(rules.book, language, b->date, b->date)).set("url", rules.team.answer_url);
    with.set("platform", missed.empty() ? std::string{} : rules.say(language, "pages.platform." + missed));
    brief_letter out{rep->name, rep->email, rules.say(language, "brief.mail.subject", with), {}};
    out.body = rules.say(language, "brief.mail.greeting", with) + "\n\n" + cards::as_text(message);
    if (calls)
        out.body += "\n" + rules.say(language, "brief.mail.answer", with) + "\n";
    if (!missed.empty())
        out.body += "\n" + rules.say(language, "brief.mail.why", with) + "\n";
    return out;
}

} // namespace whynow::workday
