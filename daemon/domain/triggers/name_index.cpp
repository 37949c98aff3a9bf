#include "domain/triggers/name_index.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace whynow::domain::triggers {
namespace {

constexpr std::size_t longest_name = 16; // words

std::string umlauts_spelled_out(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> pairs{
        {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}}};
    std::string out(name);
    for (const auto& [letter, instead] : pairs)
        for (auto at = out.find(letter); at != std::string::npos; at = out.find(letter, at + instead.size()))
            out.replace(at, letter.size(), instead);
    return out;
}

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
        bool small = false; // written without a capital: "adidas"
    };
    struct row {
        std::uint64_t key = 0;
        std::size_t first_word = 0; // in hashes_
        std::size_t words = 0;
        std::uint16_t possessives = 0;
        caution care = caution::none;
        bool small = false;
        bool shortened = false; // "Compass", of "Compass Group": gives way to one that is called just so
        account_id id{};
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
        out.small = !words.empty() && !words[0].capital;
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

    // "Kühne" is also written "Kuehne".
    void add_name(std::string_view name, account_id id) {
        add_one_name(name, id);
        if (const auto spelled_out = umlauts_spelled_out(name); spelled_out != name)
            add_one_name(spelled_out, id);
    }
    void add_one_name(std::string_view name, account_id id) {
        auto full = spelled(name);
        if (full.hashes.empty())
            return;
        const auto bare = guards_.without_legal_form(full.folded);
        const auto kept = guards_.without_legal_form(full.folded, true);
        auto short_form = from_folded(bare, full.possessives);
        short_form.capitals = full.capitals;
        short_form.small = full.small;
        if (bare.size() < full.folded.size()) {
            std::vector<word> words;
            read_words(name, words);
            short_form.capitals = bare.size() == 1 && words[0].capitals;
            add_words(full, id, caution::none);
        }
        if (kept.size() > bare.size()) {
            auto longer = from_folded(kept, full.possessives);
            add_words(longer, id, caution::none);
            shortened_ = true;
        }
        add_variants(name, short_form, id);
        add_short_forms(bare, short_form.possessives, id);
        shortened_ = false;
    }
    // "GM" for General Motors, "Cisco" for Cisco Systems.
    void add_short_forms(const std::vector<std::string>& bare, std::uint16_t possessives, account_id id) {
        shortened_ = true;
        for (const auto& known : guards_.known_as(bare)) {
            const auto form = spelled(known);
            add_words(form, id, form.capitals && form.folded[0].size() <= 4 ? caution::capitals : care_of(form));
        }
        if (const auto kept = guards_.without_trade(bare); kept < bare.size()) {
            const auto form =
                from_folded({bare.begin(), bare.begin() + static_cast<std::ptrdiff_t>(kept)}, possessives);
            add_words(form, id, kept == 1 ? caution::shortened : care_of(form));
        }
    }
    void add_variants(std::string_view name, const spelling& form, account_id id) {
        add_words(form, id, care_of(form));
        if (form.folded.size() > 1 && form.folded[0] == "the") {
            auto rest = std::vector<std::string>(form.folded.begin() + 1, form.folded.end());
            auto without = from_folded(rest, static_cast<std::uint16_t>(form.possessives >> 1));
            if (rest.size() > 1 || care_of(without) < caution::with_capital)
                add_words(without, id, care_of(without));
        }
        if (form.possessives != 0) {
            auto joined = form.folded;
            for (std::size_t i = 0; i < joined.size(); ++i)
                if ((form.possessives >> i) & 1)
                    joined[i] += 's';
            add_words(from_folded(joined, 0), id, care_of(from_folded(joined, 0)));
        }
        // "Papa Johns" is also written "Papa John's"
        if (form.possessives == 0 && form.folded.size() > 1 && form.folded.back().size() > 3 &&
            form.folded.back().ends_with('s')) {
            auto apart = form.folded;
            apart.back().pop_back();
            const auto last = static_cast<std::uint16_t>(1U << (apart.size() - 1));
            add_words(from_folded(std::move(apart), last), id, care_of(form));
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
        if (care == caution::capital && s.small)
            return caution::none;
        if (care == caution::capital && s.capitals && s.folded.size() == 1 && s.folded[0].size() <= 4)
            return caution::capitals;
        return care;
    }
    void add_words(const spelling& s, account_id id, caution care) {
        if (s.hashes.empty())
            return;
        row r;
        r.key = name_index::key_of(s.hashes[0], s.hashes.size() > 1 ? &s.hashes[1] : nullptr);
        r.first_word = hashes_.size();
        r.words = s.hashes.size();
        r.possessives = s.possessives;
        r.care = care;
        r.small = s.small;
        r.shortened = shortened_;
        r.id = id;
        hashes_.insert(hashes_.end(), s.hashes.begin(), s.hashes.end());
        rows_.push_back(r);
    }
    int compare(const row& a, const row& b) const {
        if (a.key != b.key)
            return a.key < b.key ? -1 : 1;
        if (a.words != b.words)
            return a.words > b.words ? -1 : 1;
        if (a.possessives != b.possessives)
            return a.possessives > b.possessives ? -1 : 1;
        for (std::size_t i = 0; i < a.words; ++i)
            if (hashes_[a.first_word + i] != hashes_[b.first_word + i])
                return hashes_[a.first_word + i] < hashes_[b.first_word + i] ? -1 : 1;
        return 0;
    }

    name_guards guards_;
    bool shortened_ = false;
    std::vector<row> rows_;
    std::vector<std::uint64_t> hashes_;
};

void builder::lay_out(name_index& out) {
    std::sort(rows_.begin(), rows_.end(), [&](const row& a, const row& b) {
        const auto c = compare(a, b);
        return c != 0 ? c < 0 : a.id < b.id;
    });
    out.table.assign(std::max<std::size_t>(16, std::bit_ceil(rows_.size() * 2)), slot{});
    const auto bits = std::max<std::size_t>(1U << 14, std::bit_ceil(rows_.size() * 16));
    out.shift = 64 - std::countr_zero(bits);
    out.beginnings.assign(bits / 64, 0);
    for (std::size_t i = 0; i < rows_.size();) {
        auto end = i;
        name_entry e;
        e.first_word = static_cast<std::uint32_t>(rows_[i].first_word);
        e.first_owner = static_cast<std::uint32_t>(out.owners.size());
        e.words = static_cast<std::uint8_t>(rows_[i].words);
        e.possessives = rows_[i].possessives;
        bool called_so = false;
        for (auto j = i; j < rows_.size() && compare(rows_[i], rows_[j]) == 0; ++j)
            called_so = called_so || !rows_[j].shortened;
        for (; end < rows_.size() && compare(rows_[i], rows_[end]) == 0; ++end) {
            if (called_so && rows_[end].shortened)
                continue;
            e.small = e.small || rows_[end].small;
            e.care = std::max(e.care, rows_[end].care);
            const bool fresh = e.owners == 0 || out.owners.back() != rows_[end].id;
            if (!fresh || e.owners == 255)
                continue;
            out.owners.push_back(rows_[end].id);
            ++e.owners;
        }
        out.note_beginning(hashes_[rows_[i].first_word]);
        out.note_beginning(rows_[i].key);
        out.add_to_slot(rows_[i].key, static_cast<std::uint32_t>(out.entries.size()));
        out.entries.push_back(e);
        i = end;
    }
    out.hashes = std::move(hashes_);
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
