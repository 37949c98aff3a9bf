#include "domain/digests/words.hpp"

#include "domain/text/written.hpp"

#include <fmt/format.h>

namespace whynow::domain::digests {

std::string figure_words::day(local_date d) const { return text::day_and_month(book_, language_, d, today_); }
std::string figure_words::number(int n) const { return text::number(book_, language_, n); }
std::string figure_words::percent(double share) const { return text::percent(book_, language_, share); }

void figure_words::count(text::slots& s, std::string_view name, std::string_view one, int n) const {
    s.set(name, number(n)).set(one, text::singular(book_, language_, n));
}

void figure_words::count_if_any(text::slots& s, std::string_view name, std::string_view one, int n) const {
    count(s, name, one, n);
    if (n <= 0)
        s.set(name, "");
}

std::string figure_words::rate(int part, int whole) const {
    if (whole < fewest_for_a_rate)
        return say("digest.too_few");
    const auto i = wilson(part, whole);
    return fmt::format("{} ({}–{})", percent(double(part) / whole), percent(i.low), percent(i.high));
}

std::string figure_words::word(std::string_view key, std::string_view label) const {
    return label == other_calls ? say("digest.other") : book_.has(language_, key) ? say(key) : std::string(label);
}

std::string figure_words::kind(std::string_view label) const { return word(fmt::format("{}.badge", label), label); }
std::string figure_words::scope(std::string_view label) const {
    return word(fmt::format("pages.scope.{}", label), label);
}
std::string figure_words::source(std::string_view label) const {
    return label == no_feed ? say("digest.no_feed") : word("", label);
}

cards::block paragraph(std::string words) { return cards::paragraph{{{std::move(words), "", false, false}}}; }
cards::block subtle(std::string words) { return cards::subtle{{{std::move(words), "", false, false}}}; }

} // namespace whynow::domain::digests
