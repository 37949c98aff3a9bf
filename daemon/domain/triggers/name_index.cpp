#include "domain/triggers/name_index.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

namespace whynow::domain::triggers {
namespace {

constexpr std::size_t longest_name = 16; // words

// Collects the spellings of all names, then lays them out for searching.
class builder {
  public:
    explicit builder(name_guards guards) : guards_(std::move(guards)) {}

    void add(const account_names& account) {
        add_name(account.name, account.id);
        for (const auto& alias : account.aliases)
            add_name(alias, account.id);
        for (const auto& former : account.former_names)
            add_name(former, account.id);
        if (account.domain.find('.') != std::string::npos)
            add_words(spelled(account.domain), account.id, caution::none);
    }
    void lay_out(name_index& out);

  private:
    struct spelling {
        std::vector<std::uint64_t> hashes;
        std::vector<std::string> folded;
        std::uint16_t possessives = 0;
        bool capitals = false;
        friend bool operator<(const spelling& a, const spelling& b) {
            return std::tie(a.hashes, a.possessives) < std::tie(b.hashes, b.possessives);
        }
    };
    struct meaning {
        std::vector<account_id> owners;
        caution care = caution::none;
    };

    static spelling spelled(std::string_view name) {
        spelling out;
        std::vector<word> words;
        read_words(name, words);
        if (words.size() > longest_name)
            words.resize(longest_name);
        for (std::size_t i = 0; i < words.size(); ++i) {
            out.hashes.push_back(words[i].hash);
            out.folded.push_back(folded_word(name, words[i]));
            if (words[i].possessive)
                out.possessives = static_cast<std::uint16_t>(out.possessives | (1U << i));
        }
        out.capitals = words.size() == 1 && words[0].capitals;
        return out;
    }
    static spelling from_folded(std::vector<std::string> folded, std::uint16_t possessives) {
        spelling out;
        for (const auto& f : folded)
            out.hashes.push_back(word_hash(f));
        out.folded = std::move(folded);
        out.possessives = static_cast<std::uint16_t>(possessives & ((1U << out.hashes.size()) - 1));
        return out;
    }

    void add_name(std::string_view name, account_id id) {
        auto full = spelled(name);
        if (full.hashes.empty())
            return;
        const auto bare = guards_.without_legal_form(full.folded);
        auto short_form = from_folded(bare, full.possessives);
        short_form.capitals = full.capitals;
        if (bare.size() < full.folded.size()) {
            std::vector<word> words;
            read_words(name, words);
            short_form.capitals = bare.size() == 1 && words[0].capitals;
            add_words(full, id, caution::none);
        }
        add_variants(name, short_form, id);
    }
    void add_variants(std::string_view name, const spelling& form, account_id id) {
        add_words(form, id, care_of(form));
        if (form.folded.size() > 1 && form.folded[0] == "the") {
            auto rest = std::vector<std::string>(form.folded.begin() + 1, form.folded.end());
            auto without = from_folded(rest, static_cast<std::uint16_t>(form.possessives >> 1));
            if (rest.size() > 1 || care_of(without) == caution::none)
                add_words(without, id, care_of(without));
        }
        if (form.possessives != 0) {
            auto joined = form.folded;
            for (std::size_t i = 0; i < joined.size(); ++i)
                if ((form.possessives >> i) & 1)
                    joined[i] += 's';
            add_words(from_folded(joined, 0), id, care_of(from_folded(joined, 0)));
        }
        if (form.folded.size() == 2 && name.find('-') != std::string_view::npos && form.possessives == 0)
            add_words(from_folded({form.folded[0] + form.folded[1]}, 0), id, caution::none);
        join_initials(form, id);
    }
    // "J. C. Penney" and "J.C. Penney" are one name.
    void join_initials(const spelling& form, account_id id) {
        std::size_t singles = 0;
        std::string initials;
        while (singles < form.folded.size() && form.folded[singles].size() == 1)
            initials += form.folded[singles++];
        if (singles < 2 || singles == form.folded.size())
            return;
        std::vector<std::string> joined{initials};
        joined.insert(joined.end(), form.folded.begin() + static_cast<std::ptrdiff_t>(singles), form.folded.end());
        add_words(from_folded(joined, 0), id, caution::none);
    }
    caution care_of(const spelling& s) const {
        const auto care = guards_.care_for(s.folded);
        if (care == caution::none && s.capitals && s.folded.size() == 1 && s.folded[0].size() <= 4)
            return caution::capitals;
        return care;
    }
    void add_words(const spelling& s, account_id id, caution care) {
        if (s.hashes.empty())
            return;
        auto& m = names_[s];
        if (std::find(m.owners.begin(), m.owners.end(), id) == m.owners.end() && m.owners.size() < 255)
            m.owners.push_back(id);
        m.care = std::max(m.care, care);
    }

    name_guards guards_;
    std::map<spelling, meaning> names_;
};

void builder::lay_out(name_index& out) {
    const auto bits = std::max<std::size_t>(1U << 14, std::bit_ceil(names_.size() * 16));
    out.shift = 64 - std::countr_zero(bits);
    out.first_words.assign(bits / 64, 0);
    out.table.assign(std::max<std::size_t>(16, std::bit_ceil(names_.size() * 2)), slot{});
    // names_ is ordered by its hashes, so that names with one first word stand together.
    for (const auto& [s, m] : names_) {
        name_entry e;
        e.first_word = static_cast<std::uint32_t>(out.hashes.size());
        e.first_owner = static_cast<std::uint32_t>(out.owners.size());
        e.words = static_cast<std::uint8_t>(s.hashes.size());
        e.owners = static_cast<std::uint8_t>(m.owners.size());
        e.possessives = s.possessives;
        e.care = m.care;
        out.hashes.insert(out.hashes.end(), s.hashes.begin(), s.hashes.end());
        out.owners.insert(out.owners.end(), m.owners.begin(), m.owners.end());
        out.entries.push_back(e);
    }
    const auto first_of = [&](std::size_t i) { return out.hashes[out.entries[i].first_word]; };
    for (std::size_t i = 0; i < out.entries.size();) {
        auto end = i;
        const auto hash = first_of(i);
        while (end < out.entries.size() && first_of(end) == hash)
            ++end;
        std::sort(out.entries.begin() + static_cast<std::ptrdiff_t>(i),
                  out.entries.begin() + static_cast<std::ptrdiff_t>(end), [](const auto& a, const auto& b) {
                      return std::tie(b.words, a.first_word) < std::tie(a.words, b.first_word);
                  });
        auto at = hash & (out.table.size() - 1);
        while (out.table[at].count != 0)
            at = (at + 1) & (out.table.size() - 1);
        out.table[at] = slot{hash, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end - i)};
        const auto bit = (hash * 0x9e3779b97f4a7c15ULL) >> out.shift;
        out.first_words[bit >> 6] |= 1ULL << (bit & 63);
        i = end;
    }
    out.guards = std::move(guards_);
}

} // namespace

void lay_out_names(const std::vector<account_names>& accounts, name_guards guards, name_index& out) {
    builder names{std::move(guards)};
    for (const auto& account : accounts)
        names.add(account);
    names.lay_out(out);
}

} // namespace whynow::domain::triggers
