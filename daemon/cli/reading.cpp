#include "cli/reading.hpp"

#include "cli/stop.hpp"
#include "schedule/system_zones.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>

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

instant moment_of(const json& line, std::string_view zone, const zones& clocks) {
    const auto text = text_of(line, "now");
    if (text.empty())
        throw bad_line("\"now\" is missing; write 2026-03-04T08:00:00Z");
    if (const auto at = parse_iso_instant(text))
        return *at;
    if (const auto flat = parse_iso_instant(text + "Z")) {
        const auto day = std::chrono::floor<std::chrono::days>(*flat);
        return clocks.to_instant({day, std::chrono::floor<std::chrono::minutes>(*flat - day)}, zone);
    }
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

namespace {

std::optional<std::string> at_most(std::istream& in, std::size_t most) {
    std::string all;
    for (std::array<char, 64 * 1024> part; all.size() < most && in;) {
        in.read(part.data(), static_cast<std::streamsize>(std::min(part.size(), most - all.size())));
        all.append(part.data(), static_cast<std::size_t>(in.gcount()));
    }
    return in.bad() ? std::nullopt : std::optional(std::move(all));
}

} // namespace

std::optional<std::string> file_if_readable(const std::string& name, std::size_t most) {
    if (name == "-")
        return at_most(std::cin, most);
    std::ifstream in(name, std::ios::binary);
    if (!in)
        return std::nullopt;
    return at_most(in, most);
}

std::string whole_file(const std::string& name, std::size_t most) {
    if (auto text = file_if_readable(name, most))
        return *std::move(text);
    throw stop(exit_code::usage, name + ": cannot be read");
}

} // namespace whynow::cli
