#include "adapters/csv/mapping.hpp"

#include <algorithm>
#include <utility>

namespace whynow::csv {
namespace {

mapping as(kind k, const std::vector<std::string>& header, const vocabulary& words) {
    mapping m{.kind = k, .columns = {}, .missing = {}};
    for (const auto& name : header) {
        const auto meaning = words.meaning_of(k, name);
        m.columns.push_back(meaning ? column{name, meaning->field, meaning->rank} : column{name, {}, 0});
    }
    const bool named = m.has("name") || m.has("first_name") || m.has("last_name");
    if (!named)
        m.missing.emplace_back(k == kind::accounts ? "name" : "name, or first_name and last_name");
    if (k == kind::reps && !m.has("email"))
        m.missing.emplace_back("email");
    if (k == kind::contacts && !m.has("email") && !m.has("account"))
        m.missing.emplace_back("email or account");
    return m;
}

// How much the header speaks for a kind: what only this kind has counts most.
int likeness(const mapping& m) {
    int score = 0;
    const auto any = [&](std::initializer_list<std::string_view> fields, int worth) {
        for (const auto f : fields)
            score += m.has(f) ? worth : 0;
    };
    switch (m.kind) {
    case kind::reps:
        any({"slack_user", "teams_user", "manager_email", "daily_calls", "team"}, 6);
        any({"language", "role"}, 4);
        break;
    case kind::accounts:
        any({"ticker", "cik", "aliases", "former_names", "competitors", "customers"}, 6);
        any({"domain", "industry", "employees"}, 3);
        break;
    case kind::contacts:
        any({"first_name", "last_name", "title", "phone", "do_not_contact", "may_email", "may_not_email"}, 4);
        any({"email"}, 4);
        any({"account"}, 2);
        break;
    }
    any({"name", "owner_email", "zone", "country"}, 1);
    return m.missing.empty() ? score : score - 50;
}

} // namespace

std::vector<std::size_t> mapping::columns_of(std::string_view field) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].field == field)
            out.push_back(i);
    std::ranges::sort(out, {}, [&](std::size_t i) { return std::pair(columns[i].rank, i); });
    return out;
}

bool mapping::has(std::string_view field) const {
    return std::ranges::any_of(columns, [&](const column& c) { return c.field == field; });
}

mapping guess(const std::vector<std::string>& header, const vocabulary& words, std::optional<kind> told) {
    if (told)
        return as(*told, header, words);
    auto best = as(kind::contacts, header, words);
    for (const auto k : {kind::accounts, kind::reps})
        if (auto other = as(k, header, words); likeness(other) > likeness(best))
            best = std::move(other);
    return best;
}

} // namespace whynow::csv
