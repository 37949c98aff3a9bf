// The app package an administrator uploads to Teams.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::adapters::teams {

struct package_facts {
    std::string package_id; // a GUID of the package, not the bot's
    std::string bot_id;     // the app registration
    std::string version = "1.0.0";
    std::string public_url; // https, the daemon's own address
    std::string developer;  // who runs it
    std::string short_description;
    std::string full_description;
    struct command {
        std::string title; // what is sent: "brief"
        std::string description;
    };
    std::vector<command> commands; // shown in the 1:1 with the bot
};

// Why no package can be made of these; empty where one can.
std::string fault_of(const package_facts& f);

// The app package: manifest.json and the two icons (PNG, 192×192 and 32×32) as a zip archive; nothing where memory is
// short. The same facts make the same bytes.
std::optional<std::string> package_zip(const package_facts& f, std::string_view color_png,
                                       std::string_view outline_png);

// manifest.json (schema 1.22, no permissions asked for), pretty-printed; the icons it names are color.png (192×192)
// and outline.png (32×32). All sentences come from the caller; lengths are cut to what the schema takes.
std::string manifest_json(const package_facts& f);

} // namespace whynow::adapters::teams
