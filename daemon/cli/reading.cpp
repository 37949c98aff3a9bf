#include "cli/reading.hpp"

#include "cli/stop.hpp"
#include "schedule/system_zones.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iostream>
#include <sstream>

namespace whynow::cli {

std::shared_ptr<const workday::rulebook> rules_of_the_house() {
    auto loaded = workday::rulebook::load("", {}, schedule::system_zones());
    if (const auto* problems = std::get_if<std::vector<workday::rule_problem>>(&loaded))
        throw stop(exit_code::usage, "the built-in rules cannot be read:" + workday::to_string(*problems));
    return std::get<std::shared_ptr<const workday::rulebook>>(std::move(loaded));
}

instant clock_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

instant now_or(std::string_view given) {
    if (given.empty())
        return clock_now();
    if (const auto at = parse_iso_instant(given))
        return *at;
    throw stop(exit_code::usage, "--now: \"" + std::string(given) + "\" is no moment; write 2026-03-04T08:00:00Z");
}

instant moment_of(const json& line) {
    const auto text = text_of(line, "now");
    if (text.empty())
        throw bad_line("\"now\" is missing; write 2026-03-04T08:00:00Z");
    if (const auto at = parse_iso_instant(text))
        return *at;
    throw bad_line("\"now\" is no moment: \"" + text + "\"; write 2026-03-04T08:00:00Z");
}

std::string zone_of(const json& line, const zones& clocks) {
    auto zone = text_of(line, "tz");
    if (zone.empty())
        return "UTC";
    if (!clocks.known(zone))
        throw bad_line("\"tz\" is no time zone: \"" + zone + "\"; write an IANA name such as Europe/Berlin");
    return zone;
}

std::optional<std::string> file_if_readable(const std::string& name) {
    std::ostringstream all;
    if (name == "-") {
        all << std::cin.rdbuf();
        return all.str();
    }
    std::ifstream in(name, std::ios::binary);
    if (!in)
        return std::nullopt;
    if (in.peek() == std::ifstream::traits_type::eof())
        return in.bad() ? std::nullopt : std::optional<std::string>(std::string{});
    all << in.rdbuf();
    return all ? std::optional(all.str()) : std::nullopt;
}

std::string whole_file(const std::string& name) {
    if (auto text = file_if_readable(name))
        return *std::move(text);
    throw stop(exit_code::usage, name + ": cannot be read");
}

} // namespace whynow::cli
