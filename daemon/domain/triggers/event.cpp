#include "domain/triggers/event.hpp"

#include <algorithm>

namespace whynow::domain::triggers {
namespace {

constexpr std::array<std::string_view, kind_count> kind_names{
    "none",         "leadership",     "funding",          "ma",       "earnings",     "restructuring", "expansion",
    "hiring",       "product_launch", "legal_regulatory", "incident", "contract_win", "partnership",   "distress",
    "market_shift", "technology"};
constexpr std::array<std::string_view, 5> scope_names{"account", "person", "industry", "competitor",
                                                      "customers_customer"};
constexpr std::array<std::string_view, 3> state_names{"reported", "confirmed", "withdrawn"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view text) {
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

} // namespace

std::string_view to_string(kind k) { return kind_names.at(static_cast<std::size_t>(k)); }
std::string_view to_string(scope s) { return scope_names.at(static_cast<std::size_t>(s)); }
std::string_view to_string(state s) { return state_names.at(static_cast<std::size_t>(s)); }
std::optional<kind> kind_from(std::string_view text) { return named<kind>(kind_names, text); }
std::optional<scope> scope_from(std::string_view text) { return named<scope>(scope_names, text); }
std::optional<state> state_from(std::string_view text) { return named<state>(state_names, text); }

kind_table read_kinds(const rules::node& triggers_toml) {
    kind_table out;
    for (std::size_t i = 0; i < kind_count; ++i) {
        const auto& from = triggers_toml["kinds"][kind_names[i]];
        auto& row = out[i];
        row.label = from["label"].text(kind_names[i]);
        row.half_life_days = std::max(0.5, from["half_life_days"].number(row.half_life_days));
        row.prior = std::clamp(from["prior"].number(row.prior), 0.0, 1.0);
        row.ahead = std::clamp(from["ahead"].number(row.ahead), -0.4, 0.4);
        row.scope = scope_from(from["scope"].text("account")).value_or(scope::account);
    }
    return out;
}

} // namespace whynow::domain::triggers
