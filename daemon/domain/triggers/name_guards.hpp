// What tells a company from an ordinary word or from something else of like name. Internal to this room.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/triggers/words.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace whynow::domain::triggers {

// How much a name must be doubted, rising.
enum class caution : std::uint8_t {
    none,
    capital,      // one word: counts only with a capital, unless the whole text does without
    capitals,     // an acronym: counts only in capitals ("GM")
    with_capital, // a common word that with a capital is nearly always the company ("Apple")
    shortened,    // a name without its trade ("Cisco"): as before, but not in front of another trade
    ordinary,     // a common word even with a capital ("Target"): the words around decide
};

// How a text uses capitals.
struct capital_habit {
    bool titles = false; // most of its longer words have one, as in headlines
    bool none = false;   // no word has one
};
capital_habit habit_of(const std::vector<word>& words);

// A name found at words[at, at + length), with `suffix` words of legal form behind it.
struct name_place {
    std::string_view text;
    const std::vector<word>& words;
    std::size_t at;
    std::size_t length;
    std::size_t suffix;
    capital_habit habit;
    bool own_possessive; // the name itself has an 's
    bool own_small;      // the name itself is written without a capital
};

class name_guards {
  public:
    name_guards() = default;
    explicit name_guards(const rules::node& names_toml);

    // The words without the legal form at their end; never empty where the input is not.
    // With `keep_group` what may be part of the name ("Compass Group") stays.
    std::vector<std::string> without_legal_form(const std::vector<std::string>& folded, bool keep_group = false) const;
    // A name's folded words without legal form.
    std::vector<std::string> bare_name(std::string_view name) const;
    // How many words of legal form stand at words[at…].
    std::size_t legal_form_at(const std::vector<word>& words, std::size_t at) const;
    caution care_for(const std::vector<std::string>& folded) const;
    bool common_word(const std::string& folded) const;
    // What everybody calls the company of this bare name: "GM" for "general motors". Empty where nothing is known.
    const std::vector<std::string>& known_as(const std::vector<std::string>& bare) const;
    // How many words a bare name keeps when its trade is left out ("cisco systems": 1); all where what is left could
    // as well be a common word, a place, a person or another house.
    std::size_t without_trade(const std::vector<std::string>& bare) const;
    bool exchange(std::uint64_t hash) const { return exchanges_.contains(hash); }
    bool means_company(const name_place& place, caution care) const;

  private:
    using hashes = std::unordered_set<std::uint64_t>;
    struct guard {
        hashes not_before;
        hashes not_after;
    };
    bool something_else(const name_place& p) const;
    bool common_phrase(const name_place& p) const;
    bool coordinated(const name_place& p) const;
    bool counted(const name_place& p) const;
    bool speaks_of_company(const name_place& p, caution care) const;
    bool guarded_against(const name_place& p) const;
    bool namesake(const name_place& p) const;

    hashes suffix_keys_, group_keys_; // a legal form of one or several words, its hashes combined
    hashes exchanges_, company_after_, company_before_, do_, other_after_, institutions_, other_before_, openers_,
        headings_, plain_, adverbs_, trades_, of_somewhere_, ofs_, common_, trade_ends_, not_alone_;
    std::unordered_set<std::string> with_capital_, ordinary_;
    std::unordered_map<std::uint64_t, guard> guards_;
    std::unordered_map<std::uint64_t, hashes> namesakes_; // by the name's words: what makes it another company
    std::unordered_map<std::string, std::vector<std::string>> known_as_;
    std::size_t longest_suffix_ = 1;
};

} // namespace whynow::domain::triggers
