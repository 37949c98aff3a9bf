#include "cli/commands.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"

#include <nlohmann/json.hpp>

namespace whynow::cli {
namespace {

struct known_accounts {
    std::vector<json> ids; // as written: numbers or strings
    std::vector<triggers::account_names> names;
};

known_accounts accounts_in(const std::string& file) {
    const auto text = whole_file(file);
    const auto list = json::parse(text, nullptr, false);
    if (!list.is_array())
        throw stop(exit_code::usage, file + ": a JSON list of {id,name,ticker,aliases,domain} is wanted");
    known_accounts out;
    for (const auto& a : list) {
        const auto where = file + ", account " + std::to_string(out.ids.size() + 1) + ": ";
        if (!a.is_object())
            throw stop(exit_code::usage, where + "not an object");
        try {
            out.ids.push_back(id_of(a));
            out.names.push_back({account_id{std::int64_t(out.ids.size())}, text_of(a, "name"), texts_of(a, "aliases"),
                                 texts_of(a, "former_names"), text_of(a, "ticker"), text_of(a, "domain")});
        } catch (const bad_line& e) {
            throw stop(exit_code::usage, where + e.what());
        }
    }
    return out;
}

} // namespace

int companies_match(const accounts_file& c) {
    const auto rules = rules_of_the_house();
    auto known = accounts_in(c.file);
    const triggers::companies matcher(std::move(known.names), *rules->names);
    return each_line([&](const json& line) {
        auto matches = json::array();
        for (const auto id : matcher.accounts_in(text_of(line, "text")))
            matches.push_back(known.ids[std::size_t(id.value - 1)]);
        return json{{"id", id_of(line)}, {"matches", std::move(matches)}};
    });
}

} // namespace whynow::cli
