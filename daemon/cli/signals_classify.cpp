#include "cli/commands.hpp"
#include "cli/reading.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

namespace whynow::cli {
namespace {

// One name a line; blank lines and lines that begin with # are passed over.
std::vector<triggers::account_names> names_in(const std::string& text) {
    std::vector<triggers::account_names> out;
    std::istringstream in(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text);
    for (std::string line; std::getline(in, line);) {
        const auto from = line.find_first_not_of(" \t\r");
        if (from == std::string::npos || line[from] == '#')
            continue;
        const auto to = line.find_last_not_of(" \t\r") + 1;
        out.push_back({account_id{std::int64_t(out.size()) + 1}, line.substr(from, to - from), {}, {}, {}, {}});
    }
    return out;
}

signals::signal signal_of(const json& line) {
    signals::signal s;
    s.title = text_of(line, "title");
    s.summary = text_of(line, "summary");
    s.url = text_of(line, "url");
    s.publisher = text_of(line, "publisher");
    s.source = text_of(line, "source");
    s.item_codes = texts_of(line, line.contains("items") ? "items" : "item_codes");
    const auto published = text_of(line, "published");
    if (const auto at = parse_iso_instant(published))
        s.published = *at;
    else if (const auto day = parse_iso_date(published))
        s.published = std::chrono::sys_days(*day);
    else if (!published.empty())
        throw bad_line("\"published\" is no moment: \"" + published + "\"; write 2026-03-04T08:00:00Z");
    return s;
}

json answer(const json& line, const workday::rulebook& rules, const triggers::companies& accounts) {
    const auto item = signal_of(line);
    const auto c = rules.events->classifier.classify(item, accounts);
    const bool is_event = c.kind != triggers::kind::none;
    const bool dated = is_event && c.happened_on.ok() &&
                       (item.published != instant{} ||
                        c.happened_on != local_date(std::chrono::floor<std::chrono::days>(item.published)));
    json out{{"id", id_of(line)},
             {"kind", triggers::to_string(c.kind)},
             {"companies", c.companies},
             {"date", dated ? json(to_iso(c.happened_on)) : json(nullptr)},
             {"state", is_event ? json(triggers::to_string(c.state)) : json(nullptr)},
             {"evidence", c.evidence}};
    if (!is_event && !c.none_reason.empty())
        out["none_reason"] = c.none_reason;
    return out;
}

} // namespace

int signals_classify(const accounts_file& c) {
    const auto rules = rules_of_the_house();
    const triggers::companies accounts(names_in(whole_file(c.file)), *rules->names);
    return each_line([&](const json& line) { return answer(line, *rules, accounts); });
}

} // namespace whynow::cli
