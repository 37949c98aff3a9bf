#include "cli/opened.hpp"

#include "app/house.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"
#include "schedule/system_zones.hpp"

#include <cstdlib>
#include <filesystem>

namespace whynow::cli {
namespace {

struct taken_back {};

std::shared_ptr<const workday::rulebook> rules_of(const settings::config& c) {
    auto loaded = workday::rulebook::load(c.own_folder, app::team_of(c), schedule::system_zones());
    if (const auto* problems = std::get_if<std::vector<workday::rule_problem>>(&loaded))
        throw stop(exit_code::usage, "the rules cannot be read:" + workday::to_string(*problems));
    return std::get<std::shared_ptr<const workday::rulebook>>(std::move(loaded));
}

} // namespace

std::string config_file_of(const config_option& o) {
    if (!o.file.empty())
        return o.file;
    if (const char* named = std::getenv("WHYNOW_CONFIG"); named && *named)
        return named;
    for (const char* usual : {"whynow.toml", "/etc/whynow/whynow.toml"})
        if (std::error_code none; std::filesystem::exists(usual, none))
            return usual;
    throw stop(
        exit_code::usage,
        "no config: neither $WHYNOW_CONFIG nor ./whynow.toml nor /etc/whynow/whynow.toml; name one with --config FILE");
}

settings::config read_settings(const config_option& o) {
    const auto file = config_file_of(o);
    auto result =
        settings::read_config(whole_file(file), file, settings::environment_of_process(), schedule::system_zones());
    if (result.mistakes.empty())
        return std::move(result.config);
    std::string all = file + " has " + std::to_string(result.mistakes.size()) + " mistake(s):";
    for (const auto& m : result.mistakes)
        all += "\n  " + settings::to_string(m);
    throw stop(exit_code::usage, all);
}

std::unique_ptr<store::store> open_store(const settings::config& c) {
    if (c.store.kind != "sqlite")
        throw stop(exit_code::usage, "this command works on [store] kind = \"sqlite\" only");
    // A question about a week must not read years of cards first.
    auto opened = store::store::open({.path = c.store.path, .look_for_damage = false});
    if (!opened)
        throw stop(exit_code::store, "the store " + c.store.path + " cannot be opened: " + opened.error().message());
    return std::move(*opened);
}

opened open_house(const config_option& o) {
    opened h;
    h.config = read_settings(o);
    h.rules = rules_of(h.config);
    h.store = open_store(h.config);
    return h;
}

void must(const boost::system::result<void>& done, std::string_view doing) {
    if (!done)
        throw stop(exit_code::store, std::string(doing) + ": " + done.error().message());
}

void write(store::store& s, const store::store::work& what) {
    try {
        must(s.write_now(what), "writing to the store");
    } catch (const store::failure& e) {
        throw stop(exit_code::store, std::string("writing to the store: ") + e.what());
    }
}

void read(store::store& s, const store::store::work& what) {
    try {
        must(s.read_now(what), "reading the store");
    } catch (const store::failure& e) {
        throw stop(exit_code::store, std::string("reading the store: ") + e.what());
    }
}

void rehearse(store::store& s, const store::store::work& what) {
    try {
        write(s, [&](store::session& unit) {
            what(unit);
            throw taken_back{};
        });
    } catch (const taken_back&) {
    }
}

book::rep rep_called(store::session& s, std::string_view email) {
    store::reps all(s);
    if (auto found = all.by_email(email))
        return *std::move(found);
    std::string known;
    for (const auto& r : all.all())
        known += (known.empty() ? "" : ", ") + r.email;
    throw stop(exit_code::usage, "no rep " + std::string(email) +
                                     "; there are: " + (known.empty() ? "none yet (whynow import reps.csv)" : known));
}

} // namespace whynow::cli
