// The names of all accounts, laid out for searching: a hash of the first word leads to the names that begin with it.
// Internal to this room.
#pragma once

#include "domain/triggers/companies.hpp"
#include "domain/triggers/name_guards.hpp"
#include "domain/triggers/words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace whynow::domain::triggers {

// One name as a row of word hashes, and whom it may mean.
struct name_entry {
    std::uint32_t first_word = 0;  // in index::hashes
    std::uint32_t first_owner = 0; // in index::owners
    std::uint16_t possessives = 0; // bit i: word i carries 's in the name itself (McDonald's)
    std::uint8_t words = 0;
    std::uint8_t owners = 0;
    caution care = caution::none;
    bool small = false; // written without a capital
};

struct slot {
    std::uint64_t hash = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0; // 0: the slot is free
};

// All names, laid out for searching.
struct name_index {
    std::vector<account_names> accounts;
    std::unordered_map<account_id, std::size_t> by_id;
    std::vector<std::uint64_t> hashes;
    std::vector<account_id> owners;
    std::vector<name_entry> entries; // grouped by key, the longest first
    std::vector<slot> table;
    std::vector<std::uint64_t> beginnings; // a bit per first word and per key
    std::unordered_map<std::string, std::vector<account_id>> tickers;
    std::unordered_map<std::string, std::vector<account_id>> by_name;
    name_guards guards;

    // What names are found by: their first word, or their first two.
    static std::uint64_t key_of(std::uint64_t first, const std::uint64_t* second) {
        return second == nullptr ? first : (first ^ (*second >> 7)) * 0xff51afd7ed558ccdULL + *second;
    }
    std::uint64_t bit_of(std::uint64_t hash) const { return (hash * 0x9e3779b97f4a7c15ULL) >> shift; }
    void note_beginning(std::uint64_t hash) { beginnings[bit_of(hash) >> 6] |= 1ULL << (bit_of(hash) & 63); }
    // Whether a name may have this first word or this key; most words of a text end here.
    bool may_begin(std::uint64_t hash) const {
        const auto bit = bit_of(hash);
        return (beginnings[bit >> 6] >> (bit & 63)) & 1;
    }
    std::size_t place_of(std::uint64_t key) const {
        auto i = (key ^ (key >> 31)) & (table.size() - 1);
        while (table[i].count != 0 && table[i].hash != key)
            i = (i + 1) & (table.size() - 1);
        return i;
    }
    // Entries of one key come one after another.
    void add_to_slot(std::uint64_t key, std::uint32_t entry) {
        auto& s = table[place_of(key)];
        if (s.count == 0)
            s = slot{key, entry, 0};
        ++s.count;
    }
    const slot* find_slot(std::uint64_t key) const {
        const auto& s = table[place_of(key)];
        return s.count == 0 ? nullptr : &s;
    }
    bool same_words(const name_entry& e, const std::vector<word>& words, std::size_t at) const;
    bool ticker_at(std::string_view text, const std::vector<word>& words, std::size_t at, company_match& out) const;
    // How many words of the text the name that begins at words[at] takes, legal form included; 0 where none does.
    std::size_t name_at(std::string_view text, const std::vector<word>& words, std::size_t at,
                        std::optional<capital_habit>& habit, company_match& out) const;
    std::size_t name_in(const slot& s, std::string_view text, const std::vector<word>& words, std::size_t at,
                        std::optional<capital_habit>& habit, company_match& out) const;
    int shift = 0;
};

// Fills hashes, owners, entries and table of `out` with every spelling of every name.
void lay_out_names(const std::vector<account_names>& accounts, name_guards guards, name_index& out);

} // namespace whynow::domain::triggers
