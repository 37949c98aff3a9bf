#include "web/score.hpp"

#include "domain/book/book.hpp"
#include "domain/ranking/prospect.hpp"
#include "domain/triggers/event.hpp"

#include <fmt/format.h>

namespace whynow::web {
namespace {

constexpr std::uint32_t personas_per_kind = 32; // how a kind and a persona share one value
constexpr std::uint32_t never = 9;              // no contact so far

std::string persona(const voice& v, std::uint32_t value) {
    return v.word("pages.persona", book::to_string(book::persona(value)));
}

std::string weekday(const voice& v, std::uint32_t from_monday) {
    const auto names = v.rules().book.list(v.language(), "dates.weekdays");
    return from_monday % 7 < names.size() ? names[from_monday % 7] : std::string{};
}

} // namespace

std::string score_words(const voice& v, const ranking::feature& part) {
    using ranking::field;
    auto key = std::string(to_string(part.about));
    text::slots s;
    switch (part.about) {
    case field::kind:
    case field::kind_age: s.set("kind", v.kind(ranking::kind_word(part.value))); break;
    case field::scope: s.set("scope", v.word("pages.scope", triggers::to_string(triggers::scope(part.value)))); break;
    case field::state:
        s.set("state", v.word("pages.signals.state", triggers::to_string(triggers::state(part.value))));
        break;
    case field::persona: s.set("persona", persona(v, part.value)); break;
    case field::kind_persona:
        s.set("kind", v.kind(ranking::kind_word(part.value / personas_per_kind)))
            .set("persona", persona(v, part.value % personas_per_kind));
        break;
    case field::attempt: s.set("n", part.value + 1); break;
    case field::referral_generation: s.set("n", part.value); break;
    case field::weekday: s.set("weekday", weekday(v, part.value)); break;
    case field::since_contact:
        if (part.value == never)
            key = "never_spoken";
        break;
    default: break;
    }
    return v.say(fmt::format("pages.score.{}", key), s);
}

} // namespace whynow::web
