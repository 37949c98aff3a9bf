// Headlines are written to be read. What a rep says on the phone is a clause: "Northwind VP of customer success resigns
// after six years" becomes "your VP of customer success resigned after six years". Every word of it stands in the
// headline; only the tense, "your" and the article of "a second plant" or "a data breach" are ours.
#pragma once

#include "domain/core/rules.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::briefs {

class spoken_headlines {
  public:
    spoken_headlines() = default; // knows no language: every headline is quoted
    // `rules` is the tree of config/headlines.toml: a table per language.
    explicit spoken_headlines(const rules::node& rules);

    // The clause that follows "that"; nothing where the headline does not begin with the account's name (a legal suffix
    // may be missing), is written in title case, holds more than one sentence, or its verb is not known.
    std::optional<std::string> clause(std::string_view headline, std::string_view account,
                                      std::string_view language) const;

  private:
    struct grammar {
        std::map<std::string, std::string, std::less<>> past;       // "names" → "named"
        std::map<std::string, std::string, std::less<>> never_noun; // those of them that are no nouns
        std::vector<std::string> joins;    // words after which another verb may come: "as", "after"
        std::vector<std::string> breaks;   // words that end the subject's noun phrase: "and", "of" is none of them
        std::vector<std::string> suffixes; // legal forms that news leave out: "inc"
        std::vector<std::string> ordinals, determiners, uncounted, ends_noun; // for "opened a second plant"
        std::vector<std::string> counted, leads_to_one, vowels_unheard;       // for "disclosed a data breach"
        std::string article, before_vowel;
        std::string your, will; // "your ", " is to "
        std::string infinitive; // "to"

        bool lacks_article(const std::vector<std::string_view>& words, std::size_t at) const;
        bool lacks_article_of_one(const std::vector<std::string_view>& words, std::size_t at) const;
        std::string_view article_of(std::string_view word) const;
    };
    std::map<std::string, grammar, std::less<>> languages_;
};

} // namespace whynow::domain::briefs
