#include "domain/core/rules.hpp"

#include <mutex>
#include <set>

namespace whynow::domain::rules {
namespace {
const node nothing;
const table no_entries;
const list no_items;
} // namespace

std::string_view kept_name(std::string_view file) {
    static std::mutex door;
    static std::set<std::string, std::less<>> names;
    const std::lock_guard lock(door);
    const auto known = names.find(file);
    return known != names.end() ? *known : *names.emplace(file).first;
}

node::node(value_type value, place at) : value_(std::move(value)), at_(at) {}

std::string_view node::kind() const {
    static constexpr std::string_view names[] = {"nothing", "boolean", "integer", "float", "string", "array", "table"};
    return names[value_.index()];
}

const node& node::operator[](std::string_view key) const {
    for (const auto& [name, child] : entries())
        if (name == key)
            return child;
    return nothing;
}

const table& node::entries() const {
    const auto* t = std::get_if<table>(&value_);
    return t ? *t : no_entries;
}

const list& node::items() const {
    const auto* l = std::get_if<list>(&value_);
    return l ? *l : no_items;
}

std::string node::text(std::string_view fallback) const {
    const auto* s = std::get_if<std::string>(&value_);
    return s ? *s : std::string(fallback);
}

double node::number(double fallback) const {
    if (const auto* d = std::get_if<double>(&value_))
        return *d;
    if (const auto* i = std::get_if<std::int64_t>(&value_))
        return double(*i);
    return fallback;
}

std::int64_t node::integer(std::int64_t fallback) const {
    const auto* i = std::get_if<std::int64_t>(&value_);
    return i ? *i : fallback;
}

bool node::truth(bool fallback) const {
    const auto* b = std::get_if<bool>(&value_);
    return b ? *b : fallback;
}

std::vector<std::string> node::texts() const {
    if (const auto* s = std::get_if<std::string>(&value_))
        return {*s};
    std::vector<std::string> out;
    for (const auto& item : items())
        if (const auto* s = std::get_if<std::string>(&item.value()))
            out.push_back(*s);
    return out;
}

} // namespace whynow::domain::rules
