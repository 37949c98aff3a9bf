#include "domain/calls/table_rules.hpp"

#include <algorithm>

namespace whynow::domain::calls {

std::string in_small(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z')
            c = char(c + 32);
    return out;
}

table_rules read_table_rules(const rules::node& n) {
    const auto& t = n["table"];
    table_rules r;
    r.yes = t["yes"].texts();
    r.no = t["no"].texts();
    r.missing = t["missing"].texts();
    r.after_call_words = t["after_call_words"].texts();
    r.told_by_day = t["told_by_day"].number(r.told_by_day);
    r.told_at_all = t["told_at_all"].number(r.told_at_all);
    r.told_by_name = t["told_by_name"].number(r.told_by_name);
    r.settled_rows = std::size_t(std::max<std::int64_t>(1, t["settled_rows"].integer(std::int64_t(r.settled_rows))));
    r.levels = std::size_t(std::max<std::int64_t>(2, t["levels"].integer(std::int64_t(r.levels))));
    r.day_levels = std::size_t(std::max<std::int64_t>(2, t["day_levels"].integer(std::int64_t(r.day_levels))));
    r.learning = ranking::read_mixture_settings(t);
    return r;
}

bool is_missing(std::string_view cell, const table_rules& rules) {
    const auto same = [&](const std::string& word) {
        return word.size() == cell.size() && std::ranges::equal(word, cell, [](char a, char b) {
                   return a == b || (b >= 'A' && b <= 'Z' && a == char(b + 32));
               });
    };
    return cell.empty() || std::ranges::any_of(rules.missing, same);
}

std::optional<bool> read_outcome(std::string_view cell, std::string_view success, const table_rules& rules,
                                 bool& readable) {
    readable = true;
    if (is_missing(cell, rules))
        return std::nullopt;
    if (!success.empty())
        return cell == success;
    const auto word = in_small(cell);
    if (std::ranges::find(rules.yes, word) != rules.yes.end())
        return true;
    readable = std::ranges::find(rules.no, word) != rules.no.end();
    return false;
}

} // namespace whynow::domain::calls
