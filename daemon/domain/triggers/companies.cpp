#include "domain/triggers/companies.hpp"

#include "domain/triggers/name_index.hpp"

#include <algorithm>

namespace whynow::domain::triggers {
namespace {

constexpr std::size_t longest_reach = 32; // words that a name, its legal form and the words behind may take

// "NASDAQ:AAPL" is AAPL.
std::string bare_ticker(std::string_view ticker) {
    if (const auto colon = ticker.rfind(':'); colon != std::string_view::npos)
        ticker.remove_prefix(colon + 1);
    std::string out;
    for (const char c : ticker)
        if (c != ' ')
            out += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& w : words) {
        if (!out.empty())
            out += ' ';
        out += w;
    }
    return out;
}

// "Wal-Mart", "E-Bay": words[at] and the next, as one.
word joined_by_hyphen(std::string_view text, const std::vector<word>& words, std::size_t at) {
    auto out = words[at];
    const auto& next = words[at + 1];
    out.hash = word_hash(folded_word(text, words[at]) + folded_word(text, next));
    out.to = next.to;
    out.possessive = next.possessive;
    out.capitals = words[at].capitals && next.capitals;
    return out;
}

bool hyphen_follows(const std::vector<word>& words, std::size_t at) {
    return at + 1 < words.size() && words[at].capital && !words[at].possessive && words[at + 1].before == '-' &&
           words[at + 1].glued;
}

void settle(company_match& m, const account_id* owners, std::size_t count) {
    if (count == 1) {
        m.account = owners[0];
        return;
    }
    m.ambiguous = true;
    m.candidates.assign(owners, owners + count);
}

} // namespace

bool name_index::same_words(const name_entry& e, const std::vector<word>& words, std::size_t at) const {
    if (at + e.words > words.size())
        return false;
    for (std::size_t i = 0; i < e.words; ++i) {
        const auto& w = words[at + i];
        if (w.hash != hashes[e.first_word + i])
            return false;
        const bool needs = (e.possessives >> i) & 1;
        if (needs != w.possessive && (needs || i + 1U < e.words))
            return false;
        if (i > 0 && w.before == ',' && !w.capital)
            return false; // "Knight, frank about failings"
        if (i > 0 && std::string_view(" -.'&,/\"").find(w.before) == std::string_view::npos)
            return false;
    }
    return true;
}

bool name_index::ticker_at(std::string_view text, const std::vector<word>& words, std::size_t at,
                           company_match& out) const {
    const auto& w = words[at];
    if (!w.capitals || w.to - w.from > 6)
        return false;
    const char after = w.to < text.size() ? text[w.to] : ' ';
    const bool cash = w.before == '$';
    const bool after_exchange = w.before == ':' && at > 0 && guards.exchange(words[at - 1].hash);
    const bool in_brackets = w.before == '(' && after == ')' && w.to - w.from >= 2;
    if (!cash && !after_exchange && !in_brackets)
        return false;
    const auto found = tickers.find(std::string(text.substr(w.from, w.to - w.from)));
    if (found == tickers.end())
        return false;
    out.from = w.from;
    out.to = w.to;
    settle(out, found->second.data(), found->second.size());
    return true;
}

std::size_t name_index::name_at(std::string_view text, const std::vector<word>& words, std::size_t at,
                                std::optional<capital_habit>& habit, company_match& out) const {
    if (at + 1 < words.size()) {
        const auto key = key_of(words[at].hash, &words[at + 1].hash);
        if (may_begin(key))
            if (const auto* s = find_slot(key); s != nullptr)
                if (const auto length = name_in(*s, text, words, at, habit, out); length != 0)
                    return length;
    }
    const auto* s = find_slot(words[at].hash);
    return s == nullptr ? 0 : name_in(*s, text, words, at, habit, out);
}

std::size_t name_index::name_in(const slot& s, std::string_view text, const std::vector<word>& words, std::size_t at,
                                std::optional<capital_habit>& habit, company_match& out) const {
    for (auto i = s.first; i < s.first + s.count; ++i) {
        const auto& e = entries[i];
        if (!same_words(e, words, at))
            continue;
        const auto suffix = guards.legal_form_at(words, at + e.words);
        if (!habit)
            habit = habit_of(words);
        const name_place place{text, words, at, e.words, suffix, *habit, e.possessives != 0, e.small};
        if (!guards.means_company(place, e.care))
            continue;
        out.from = words[at].from;
        out.to = words[at + e.words + suffix - 1].to;
        if (((e.possessives >> (e.words - 1)) & 1) && suffix == 0) // the name's own 's belongs to it
            out.to = text.find_first_of("sS", out.to) + 1;
        settle(out, owners.data() + e.first_owner, e.owners);
        return e.words + suffix;
    }
    return 0;
}

companies::companies(std::vector<account_names> accounts, const rules::node& names_toml) {
    auto made = std::make_unique<name_index>();
    lay_out_names(accounts, name_guards(names_toml), *made);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        const auto& a = accounts[i];
        made->by_id.emplace(a.id, i);
        const auto note = [&](std::string_view name) {
            const auto folded = made->guards.bare_name(name);
            auto& ids = made->by_name[joined(folded)];
            if (std::find(ids.begin(), ids.end(), a.id) == ids.end())
                ids.push_back(a.id);
        };
        note(a.name);
        for (const auto& alias : a.aliases)
            note(alias);
        for (const auto& former : a.former_names)
            note(former);
        if (!a.domain.empty())
            note(a.domain);
        if (const auto t = bare_ticker(a.ticker); !t.empty()) {
            made->tickers[t].push_back(a.id);
            note(t);
        }
    }
    made->accounts = std::move(accounts);
    index_ = std::move(made);
}
companies::~companies() = default;
companies::companies(companies&&) noexcept = default;
companies& companies::operator=(companies&&) noexcept = default;

std::vector<company_match> companies::find(std::string_view text) const {
    std::vector<company_match> out;
    std::vector<word> words;
    read_words(text, words);
    std::optional<capital_habit> habit;
    for (std::size_t i = 0; i < words.size();) {
        company_match m;
        std::size_t length = 0;
        if (index_->may_begin(words[i].hash))
            length = index_->name_at(text, words, i, habit, m);
        if (length == 0 && hyphen_follows(words, i)) {
            const auto one = joined_by_hyphen(text, words, i);
            if (index_->may_begin(one.hash)) {
                if (!habit)
                    habit = habit_of(words);
                const auto before = std::min<std::size_t>(i, 2);
                const auto end = std::min(words.size(), i + longest_reach);
                std::vector<word> around(words.begin() + static_cast<std::ptrdiff_t>(i - before),
                                         words.begin() + static_cast<std::ptrdiff_t>(end));
                around[before] = one;
                around.erase(around.begin() + static_cast<std::ptrdiff_t>(before) + 1);
                length = index_->name_at(text, around, before, habit, m);
                length += length != 0 ? 1 : 0;
            }
        }
        if (length == 0 && words[i].capitals && !index_->tickers.empty() && index_->ticker_at(text, words, i, m))
            length = 1;
        if (length != 0) {
            m.as_written = text.substr(m.from, m.to - m.from);
            out.push_back(std::move(m));
        }
        i += std::max<std::size_t>(1, length);
    }
    return out;
}

std::vector<account_id> companies::accounts_in(std::string_view text) const {
    std::vector<account_id> out;
    for (const auto& m : find(text))
        if (!m.ambiguous && std::find(out.begin(), out.end(), m.account) == out.end())
            out.push_back(m.account);
    return out;
}

account_id companies::exactly(std::string_view name) const {
    const auto found = index_->by_name.find(joined(index_->guards.bare_name(name)));
    if (found == index_->by_name.end() || found->second.size() != 1)
        return {};
    return found->second.front();
}

std::string_view companies::name_of(account_id id) const {
    const auto found = index_->by_id.find(id);
    return found == index_->by_id.end() ? std::string_view{} : std::string_view(index_->accounts[found->second].name);
}

std::size_t companies::size() const { return index_->accounts.size(); }

} // namespace whynow::domain::triggers
