#include "domain/calls/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace whynow::domain::calls {

std::size_t position(std::span<const std::string> header, std::string_view name) {
    const auto at = std::ranges::find(header, name);
    return at == header.end() ? nowhere : std::size_t(at - header.begin());
}

std::vector<day_rows> days_of(const sheet& s, std::span<const std::string> day_columns) {
    std::vector<std::size_t> at;
    for (const auto& c : day_columns)
        at.push_back(position(s.header, c));
    std::vector<day_rows> out;
    for (std::size_t r = 0; r < s.rows.size(); ++r) {
        const auto& cells = s.rows[r].cells;
        const auto same = [&] {
            const auto& before = s.rows[r - 1].cells;
            return std::ranges::all_of(at, [&](std::size_t c) { return cells[c] == before[c]; });
        };
        if (r == 0 || !same()) {
            std::string label;
            for (const auto c : at)
                label += (label.empty() ? "" : " ") + cells[c];
            out.push_back({r, r, std::move(label)});
        }
        out.back().last = r + 1;
    }
    return out;
}

std::uint64_t fingerprint(std::string_view text, std::uint64_t from) {
    for (const char c : text)
        from = (from ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return from;
}

namespace {

std::string listed(std::span<const std::string> names) {
    constexpr std::size_t most = 30;
    auto out = fmt::format("{}", fmt::join(names.first(std::min(names.size(), most)), ", "));
    return names.size() > most ? out + " …" : out;
}

} // namespace

std::vector<problem> misfits(const sheet& s, const purpose& told, bool outcome_wanted) {
    std::vector<problem> out;
    const auto needed = [&](const std::string& name, std::string_view flag) {
        if (!name.empty() && position(s.header, name) == nowhere)
            out.push_back({1, name, fmt::format("{} names a column that is not there", flag),
                           "name one of: " + listed(s.header)});
    };
    needed(told.key, "--key");
    if (outcome_wanted)
        needed(told.outcome, "--outcome");
    for (const auto& d : told.day)
        needed(d, "--day");
    for (std::size_t c = 0; c < s.header.size(); ++c) {
        if (s.header[c].empty())
            out.push_back({1, fmt::format("#{}", c + 1), "a column has no name", "give it one"});
        else if (position(s.header, s.header[c]) != c)
            out.push_back({1, s.header[c], "two columns have this name", "rename or remove one"});
    }
    if (s.rows.empty())
        out.push_back({0, {}, "there is no row below the header", "export the calls again, one a line"});
    const auto key = position(s.header, told.key);
    if (key == nowhere)
        return out;
    std::unordered_map<std::string_view, std::size_t> lines;
    lines.reserve(s.rows.size());
    for (const auto& r : s.rows) {
        if (r.cells[key].empty())
            out.push_back({r.line, told.key, "the key is empty", "every call needs a key of its own"});
        else if (const auto [first, fresh] = lines.emplace(r.cells[key], r.line); !fresh)
            out.push_back({r.line, told.key,
                           fmt::format("\"{}\" is already the key of line {}", r.cells[key], first->second),
                           "every call needs a key of its own"});
    }
    return out;
}

} // namespace whynow::domain::calls
