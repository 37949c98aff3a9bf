// Figures as words: counts with their singular, shares with their interval. Private to this room.
#pragma once

#include "domain/cards/message.hpp"
#include "domain/digests/figures.hpp"
#include "domain/text/phrasebook.hpp"

#include <string>
#include <string_view>

namespace whynow::domain::digests {

class figure_words {
  public:
    figure_words(std::string_view language, local_date today, const text::phrasebook& book)
        : language_(language), today_(today), book_(book) {}

    std::string say(std::string_view key, const text::slots& s = {}) const { return book_.say(language_, key, s); }
    std::string day(local_date d) const;
    std::string number(int n) const;
    std::string percent(double share) const;
    // The slot `name` with the number, and `one` with whether it takes the singular.
    void count(text::slots& s, std::string_view name, std::string_view one, int n) const;
    // The same, left out where there are none.
    void count_if_any(text::slots& s, std::string_view name, std::string_view one, int n) const;
    // "50% (27%–73%)", or that there are too few.
    std::string rate(int part, int whole) const;

    std::string kind(std::string_view label) const;
    std::string scope(std::string_view label) const;
    std::string source(std::string_view label) const;

  private:
    std::string_view language_;
    local_date today_;
    const text::phrasebook& book_;

    std::string word(std::string_view key, std::string_view label) const;
};

cards::block paragraph(std::string words);
cards::block subtle(std::string words);

} // namespace whynow::domain::digests
