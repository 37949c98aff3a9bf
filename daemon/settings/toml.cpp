#include "settings/toml.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace whynow::settings {
namespace {

using domain::rules::node;
using domain::rules::place;

struct reader {
    std::string_view file;

    place where(const toml::source_region& source) const { return {file, source.begin.line, source.begin.column}; }

    template <class T>
    static std::string written(const T& value) {
        std::ostringstream out;
        out << value;
        return out.str();
    }

    node convert(const toml::node& in) const { return convert(in, where(in.source())); }
    node convert(const toml::node& in, place at) const {
        if (const auto* t = in.as_table())
            return convert_table(*t, at);
        if (const auto* a = in.as_array()) {
            domain::rules::list items;
            items.reserve(a->size());
            for (const auto& child : *a)
                items.push_back(convert(child));
            return {std::move(items), at};
        }
        if (const auto* s = in.as_string())
            return {s->get(), at};
        if (const auto* i = in.as_integer())
            return {i->get(), at};
        if (const auto* d = in.as_floating_point())
            return {d->get(), at};
        if (const auto* b = in.as_boolean())
            return {b->get(), at};
        if (const auto* d = in.as_date())
            return {written(d->get()), at};
        if (const auto* t = in.as_time()) {
            const auto text = written(t->get()); // "07:30:00" or with nanoseconds
            return {text.size() >= 8 && text.substr(5, 3) == ":00" && text.size() == 8 ? text.substr(0, 5) : text, at};
        }
        if (const auto* t = in.as_date_time())
            return {written(t->get()), at};
        return {};
    }

    node convert_table(const toml::table& in, place at) const {
        domain::rules::table entries;
        entries.reserve(in.size());
        for (const auto& [key, child] : in)
            entries.emplace_back(std::string(key.str()), convert(child, where(key.source())));
        // The library sorts by name; people read files top down.
        std::ranges::stable_sort(entries, [](const auto& a, const auto& b) {
            const auto &x = a.second.at(), &y = b.second.at();
            return std::pair(x.line, x.column) < std::pair(y.line, y.column);
        });
        return {std::move(entries), at};
    }
};

} // namespace

std::variant<node, toml_error> read_toml(std::string_view text, std::string_view file) {
    try {
        const auto parsed = toml::parse(text);
        const reader r{domain::rules::kept_name(file)};
        return r.convert_table(parsed, {r.file, 1, 1});
    } catch (const toml::parse_error& e) {
        const auto& begin = e.source().begin;
        return toml_error{{domain::rules::kept_name(file), begin.line, begin.column}, std::string(e.description())};
    }
}

} // namespace whynow::settings
