#include "adapters/slack/manifest.hpp"
#include "adapters/teams/package.hpp"
#include "cli/commands.hpp"
#include "cli/opened.hpp"
#include "cli/stop.hpp"
#include "cli/writing.hpp"
#include "embedded/embedded.hpp"

#include <iostream>

namespace whynow::cli {
namespace {

void must_be_https(const std::string& url) {
    if (!url.starts_with("https://") || url.size() < 12 || url.find_first_of(" \"<>") != std::string::npos)
        throw stop(exit_code::usage, "--url: an https address is wanted, such as https://whynow.example.com");
}

} // namespace

int slack_manifest(const platform_command& c) {
    if (!c.socket_mode || !c.url.empty())
        must_be_https(c.url);
    slack::manifest_facts f;
    f.public_url = c.url;
    if (!c.name.empty())
        f.app_name = c.name;
    f.socket_mode = c.socket_mode;
    f.token_rotation = c.rotation;
    f.whole_organisation = c.organisation;
    std::cout << slack::manifest(f);
    return 0;
}

int teams_package(const platform_command& c) {
    must_be_https(c.url);
    adapters::teams::package_facts f;
    f.bot_id = c.app_id.empty() ? read_settings(c.config).teams.app_id : c.app_id;
    f.package_id = c.package_id.empty() ? f.bot_id : c.package_id;
    f.version = c.package_version.empty() ? WHYNOW_VERSION : c.package_version;
    f.public_url = c.url;
    f.developer = c.developer.empty() ? "whynow" : c.developer;
    f.short_description = "The few calls worth making today, and why the customer would care now";
    f.full_description =
        "Every working morning whynow names the few calls worth making and why they matter to the customer now. "
        "Answer with a tap or a line of text; it drafts the thank-you and brings people back on the day they named.";
    f.commands = {
        {"brief", "Today's calls"}, {"why now", "Why an account should be called now"}, {"help", "What can be said"}};
    if (const auto fault = adapters::teams::fault_of(f); !fault.empty())
        throw stop(exit_code::usage, fault);
    if (c.manifest) {
        std::cout << adapters::teams::manifest_json(f);
        return 0;
    }
    const auto zip = adapters::teams::package_zip(f, embedded::find("adapters/teams/icons/color.png").value_or(""),
                                                  embedded::find("adapters/teams/icons/outline.png").value_or(""));
    if (!zip)
        throw stop(exit_code::problem, "the package could not be made");
    const auto file = c.out.empty() ? std::string("whynow-teams.zip") : c.out;
    write_whole(file, *zip, lasting::no);
    if (file != "-")
        std::cerr << file << ": upload it in the Teams admin center, Manage apps\n";
    return 0;
}

} // namespace whynow::cli
