// The words of config/triggers.toml: their forms, their lists, and where they stand in a sentence. Internal to this
// room.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/triggers/patterns.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace whynow::domain::triggers {

// All words that patterns ask for, and the reader of patterns.
class lexicon {
  public:
    // `lists` is the table of named word lists, `irregular` the list of rows "buy buys bought buying".
    lexicon(const rules::node& lists, const rules::node& irregular);
    lexicon() = default;

    // Nothing and a line in `problems` where the text is no pattern.
    std::vector<pattern> read(const std::vector<std::string>& texts, std::vector<std::string>& problems);
    // The class of the words of one list, as if a pattern had named it.
    std::uint16_t class_of(const std::string& alternatives);
    // The class whose phrases are set: their words do not mean what they mean alone ("Fire TV", "clinical trial").
    void set_phrases(std::uint16_t word_class) { set_phrases_ = word_class; }
    // Words inside names of companies are not seen ("Best Buy" is not the best), nor single words of a set phrase.
    sightings look(const sentence& s) const;

  private:
    struct phrase {
        std::uint16_t word_class = 0;
        std::vector<std::string> rest; // words behind the first; a last one ending in '*' is a beginning
    };
    void add_alternatives(std::uint16_t word_class, std::string_view alternatives, int depth);
    void add_phrase(std::uint16_t word_class, std::string_view text);
    void see_phrases(const std::vector<phrase>& phrases, const sentence& s, std::size_t at, sightings& out) const;
    void see_word(const sentence& s, std::size_t at, sightings& out) const;
    bool read_element(std::string_view text, pattern& out);
    void see_parts(const sentence& s, std::size_t at, sightings& out) const;

    std::vector<std::string> forms_of(const std::string& verb) const;

    std::unordered_map<std::string, std::vector<std::string>> lists_;
    std::unordered_map<std::string, std::vector<std::string>> irregular_;
    std::optional<std::uint16_t> set_phrases_;
    std::map<std::string, std::uint16_t> classes_;
    std::unordered_map<std::string, std::vector<phrase>> by_word_;
    std::unordered_map<std::string, std::vector<phrase>> by_beginning_; // of at least two letters
    std::unordered_map<std::string, std::vector<phrase>> by_ending_;    // of at least three
};

// The forms of a regular English verb: launch, launches, launched, launching.
std::vector<std::string> verb_forms(std::string_view verb);

} // namespace whynow::domain::triggers
