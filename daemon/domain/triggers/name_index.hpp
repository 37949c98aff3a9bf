// The names of all accounts, laid out for searching: a hash of the first word leads to the names that begin with it.
// Internal to this room.
#pragma once

#include "domain/triggers/companies.hpp"
#include "domain/triggers/name_guards.hpp"
#include "domain/triggers/words.hpp"

#include <cstdint>
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
    std::vector<name_entry> entries; // grouped by first word, the longest first
    std::vector<slot> table;
    std::vector<std::uint64_t> first_words; // a bit per hash of a first word: most words of a text end here
    std::unordered_map<std::string, std::vector<account_id>> tickers;
    std::unordered_map<std::string, std::vector<account_id>> by_name;
    name_guards guards;

    bool may_begin(std::uint64_t hash) const {
        const auto bit = (hash * 0x9e3779b97f4a7c15ULL) >> shift;
        return (first_words[bit >> 6] >> (bit & 63)) & 1;
    }
    const slot* find_slot(std::uint64_t hash) const {
        for (auto i = hash & (table.size() - 1);; i = (i + 1) & (table.size() - 1)) {
            if (table[i].count == 0)
                return nullptr;
            if (table[i].hash == hash)
                return &table[i];
        }
    }
    bool same_words(const name_entry& e, const std::vector<word>& words, std::size_t at) const;
    bool ticker_at(std::string_view text, const std::vector<word>& words, std::size_t at, company_match& out) const;
    std::size_t name_at(std::string_view text, const std::vector<word>& words, std::size_t at, bool& title_case_known,
                        bool& title_case, company_match& out) const;
    int shift = 0;
};

// Fills hashes, owners, entries and table of `out` with every spelling of every name.
void lay_out_names(const std::vector<account_names>& accounts, name_guards guards, name_index& out);

} // namespace whynow::domain::triggers
