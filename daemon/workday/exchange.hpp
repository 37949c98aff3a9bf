// One event of a conversation while it is worked on: who said it, what it is about, and the ways to answer. Taps, typed
// words and dialogs all work on this.
#pragma once

#include "chat/chat.hpp"
#include "domain/ranking/experience.hpp"
#include "store/aggregates.hpp"
#include "workday/answer.hpp"
#include "workday/rulebook.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace whynow::workday {

// "card:17" → ("card", 17, 0); "draft:4:2" → ("draft", 4, 2).
struct pointed {
    std::string_view what;
    std::int64_t id = 0, revision = 0;
};
pointed point(std::string_view value);

// Without the blanks around it.
std::string trimmed(std::string_view text);

struct exchange {
    store::session& s;
    const chat::chat_event& e;
    std::string_view cause; // names the event for good: what it puts into the outbox is unique by it
    const rulebook& rules;
    const ranking::experience& known;
    instant now{};
    book::rep rep; // who said it; known before anything else is done
    std::string language, zone;
    local_date today{};
    chat::reply reply; // what the platform can show at once

    std::string say(std::string_view key, const text::slots& with = {}) const { return rules.say(language, key, with); }
    // A line, and a message of its own, where the rep wrote.
    void notice(std::string_view words);
    void show_message(const cards::message& m, std::string_view purpose);

    instant said_at() const; // by the platform's word, else now
    given_answer answer(outcomes::understood what, std::string source) const;

    // What a button's value points to; nothing, with a kind word, where it is not this rep's.
    std::optional<store::card> card_of(std::string_view value);
    std::optional<store::outcome> outcome_of(std::string_view value);
    std::optional<store::draft> draft_of(std::string_view value);
    std::string contact_name(contact_id id) const;

    // The card that was clicked as it stands now, at once and where it stands on the platform.
    void show_brief_again(brief_id id);
    void show_outcome_again(outcome_id id);
    // The message the event is about, as it stands now, where it is this rep's.
    void show_what_stands();

    // Words that could not be placed wait for the answer to a question.
    void remember_question(const std::string& words);
    std::string asked_words() const;
    void forget_question();
    void ask_how(const store::card& c, const std::string& words);
};

// Free text, a slash command or a mention (`asked_by_name`).
void take_words(exchange& x, bool asked_by_name);
// The rep changed a message that was taken as an answer.
void take_edit(exchange& x);
// Puts a call off to another day; one that is settled already stays as it is, and the rep is told how.
void snooze_card(exchange& x, const store::card& c);
// A button that acts.
void take_tap(exchange& x);
// A button that asks for a dialog, and a dialog that was sent.
void open_dialog(exchange& x);
void take_dialog(exchange& x);

} // namespace whynow::workday
