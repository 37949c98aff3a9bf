#include "workday/dialogs.hpp"
#include "workday/drafting.hpp"
#include "workday/errands.hpp"
#include "workday/exchange.hpp"
#include "workday/own_settings.hpp"

#include <fmt/format.h>

namespace whynow::workday {
namespace {

using outcomes::disposition;
using text::slots;

// Dialogs: opened, sent, sent wrongly.
class dialog {
  public:
    explicit dialog(exchange& on) : x(on) {}

    void form_wanted() {
        if (x.e.action == "log") {
            if (const auto c = x.card_of(x.e.value))
                x.reply.open =
                    outcome_form(x.s, x.e.value, x.language, x.contact_name(c->contact), filled(*c), x.rules);
        } else if (x.e.action == "correct") {
            if (const auto o = x.outcome_of(x.e.value))
                x.reply.open = outcome_form(x.s, x.e.value, x.language, x.contact_name(o->contact),
                                            understood_of(x.s, *o), x.rules);
        } else if (x.e.action == "edit") {
            if (const auto d = x.draft_of(x.e.value))
                x.reply.open = draft_form(*d, x.language, x.rules);
        } else if (x.e.action == "settings" && own(x.e.value)) {
            x.reply.open = settings_form(x.rep, x.today, x.rules);
        }
    }

    void form_submitted() {
        if (x.e.form == "draft")
            return draft_submitted();
        if (x.e.form == "settings")
            return settings_submitted();
        if (x.e.form != "outcome")
            return;
        auto read = read_outcome_form(x.e.fields, x.today, x.language, x.rules);
        if (auto* errors = std::get_if<form_errors>(&read)) {
            x.reply.errors = std::move(*errors);
            reopen();
            return;
        }
        auto& form = std::get<read_form>(read);
        auto a = x.answer(std::move(form.what), "form");
        a.said = form.note;
        if (x.e.context.starts_with("outcome:")) {
            if (const auto o = x.outcome_of(x.e.context)) {
                a.source_ref = fmt::format("{}:form:{}", x.e.context, x.cause);
                correct_answer(x.s, x.rep, o->id, a, x.rules, x.now);
                x.show_outcome_again(o->id);
            }
        } else if (const auto c = x.card_of(x.e.context)) {
            take_answer(x.s, x.rep, *c, a, x.rules, x.now);
            x.reply.toast = x.say("notice.saved");
        }
    }

  private:
    exchange& x;

    outcomes::understood filled(const store::card& c) {
        const auto o = store::outcomes(x.s).of_card(c.id);
        return o ? understood_of(x.s, *o) : outcomes::understood{};
    }

    // Nobody else's settings.
    bool own(std::string_view value) {
        const auto p = point(value);
        if (p.what == "rep" && p.id == x.rep.id.value)
            return true;
        x.reply.toast = x.say("notice.not_yours");
        return false;
    }

    void settings_submitted() {
        if (!own(x.e.context))
            return;
        auto read = read_settings_form(x.e.fields, x.rep, x.today, x.rules);
        if (auto* errors = std::get_if<form_errors>(&read)) {
            x.reply.errors = std::move(*errors);
            x.reply.open = settings_form(x.rep, x.today, x.rules);
            return;
        }
        x.rep = std::get<book::rep>(std::move(read));
        x.language = x.rules.language_of(x.rep);
        store::reps(x.s).set_own(x.rep);
        x.reply.toast = x.say("notice.saved");
        x.show_message(settings_card(x.rep, x.today, x.rules), "settings");
    }

    void draft_submitted() {
        const auto d = x.draft_of(x.e.context);
        if (!d)
            return;
        if (d->revision != point(x.e.context).revision || d->state == store::draft_state::sent ||
            d->state == store::draft_state::approved) {
            x.reply.errors["body"] = x.say("notice.draft_gone");
            x.reply.open = draft_form(*d, x.language, x.rules);
            return;
        }
        const auto get = [&](const char* id) {
            return x.e.fields.contains(id) ? trimmed(x.e.fields.at(id)) : std::string{};
        };
        x.reply.errors = edit_draft(x.s, *d, get("to"), get("subject"), get("body"), x.rules, x.now);
        if (x.reply.errors.empty())
            x.show_outcome_again(d->outcome);
        else
            x.reply.open = draft_form(*d, x.language, x.rules);
    }

    // The dialog once more, for platforms that replace it to show what was wrong.
    void reopen() {
        const auto p = point(x.e.context);
        const auto card = p.what == "card" ? store::briefs(x.s).find_card({p.id}) : std::nullopt;
        const auto outcome = p.what == "outcome" ? store::outcomes(x.s).find({p.id}) : std::nullopt;
        const auto contact = card ? card->contact : outcome ? outcome->contact : contact_id{};
        if (contact)
            x.reply.open = outcome_form(x.s, x.e.context, x.language, x.contact_name(contact), {}, x.rules);
    }
};

} // namespace

void open_dialog(exchange& x) { dialog(x).form_wanted(); }

void take_dialog(exchange& x) { dialog(x).form_submitted(); }

} // namespace whynow::workday
