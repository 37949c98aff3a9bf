#include "adapters/teams/package.hpp"

#include "adapters/teams/libzip.hpp"
#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

#include <ctime>

namespace whynow::adapters::teams {

using json = nlohmann::ordered_json;
using domain::text::shortened;

namespace {

std::string page(const std::string& base, const char* path) {
    return (base.ends_with('/') ? base.substr(0, base.size() - 1) : base) + path;
}

std::string host_of(std::string_view url) {
    if (url.starts_with("https://"))
        url.remove_prefix(8);
    return std::string(url.substr(0, url.find_first_of("/:?#")));
}

bool guid(std::string_view s) {
    if (s.size() != 36)
        return false;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = s[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex)
            return false;
    }
    return true;
}

// One file of the archive, always of the same moment. libzip copies nothing: `bytes` outlives the archive.
bool add(zip_t* archive, const char* name, std::string_view bytes) {
    constexpr std::time_t new_year_2026 = 1767225600;
    zip_source_t* source = zip().source_buffer(archive, bytes.data(), bytes.size(), 0);
    const auto index = source ? zip().file_add(archive, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
        zip().source_free(source);
        return false;
    }
    return zip().file_set_mtime(archive, static_cast<zip_uint64_t>(index), new_year_2026, 0) == 0;
}

} // namespace

std::string fault_of(const package_facts& f) {
    if (!guid(f.bot_id))
        return "the app id is no GUID such as 00000000-0000-0000-0000-000000000000";
    if (!guid(f.package_id))
        return "the package id is no GUID such as 00000000-0000-0000-0000-000000000000";
    if (!f.public_url.starts_with("https://") || host_of(f.public_url).find('.') == std::string::npos)
        return "Teams takes an https address with a public name only";
    return {};
}

std::optional<std::string> package_zip(const package_facts& f, std::string_view color_png,
                                       std::string_view outline_png) {
    const auto manifest = manifest_json(f);
    zip_error_t error;
    zip().error_init(&error);
    zip_source_t* whole = zip().source_buffer_create(nullptr, 0, 0, &error);
    zip_t* archive = whole ? zip().open_from_source(whole, ZIP_CREATE | ZIP_TRUNCATE, &error) : nullptr;
    zip().error_fini(&error);
    if (!archive) {
        zip().source_free(whole);
        return std::nullopt;
    }
    zip().source_keep(whole); // closing the archive lets go of it, and its bytes are still wanted
    const bool added = add(archive, "manifest.json", manifest) && add(archive, "color.png", color_png) &&
                       add(archive, "outline.png", outline_png);
    std::optional<std::string> out;
    if (!added || zip().close(archive) != 0) {
        zip().discard(archive);
    } else if (zip().source_open(whole) == 0) {
        zip_stat_t about;
        if (zip().source_stat(whole, &about) == 0 && (about.valid & ZIP_STAT_SIZE) != 0) {
            out.emplace(about.size, '\0');
            if (zip().source_read(whole, out->data(), about.size) != static_cast<zip_int64_t>(about.size))
                out.reset();
        }
        zip().source_close(whole);
    }
    zip().source_free(whole);
    return out;
}

std::string manifest_json(const package_facts& f) {
    auto commands = json::array();
    for (const auto& c : f.commands)
        if (commands.size() < 10)
            commands.push_back({{"title", shortened(c.title, 32)}, {"description", shortened(c.description, 128)}});
    auto lists = json::array();
    if (!commands.empty())
        for (const char* scope : {"personal", "team", "groupChat"})
            lists.push_back({{"scopes", json::array({scope})}, {"commands", commands}});
    json bot{{"botId", f.bot_id},
             {"scopes", json::array({"personal", "team", "groupChat"})},
             {"supportsFiles", false},
             {"isNotificationOnly", false},
             {"commandLists", std::move(lists)}};
    const json manifest{
        {"$schema", "https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json"},
        {"manifestVersion", "1.22"},
        {"version", f.version},
        {"id", f.package_id},
        {"developer",
         {{"name", shortened(f.developer, 32)},
          {"websiteUrl", page(f.public_url, "/")},
          {"privacyUrl", page(f.public_url, "/privacy")},
          {"termsOfUseUrl", page(f.public_url, "/terms")}}},
        {"name", {{"short", "whynow"}, {"full", "whynow"}}},
        {"description", {{"short", shortened(f.short_description, 80)}, {"full", shortened(f.full_description, 4000)}}},
        {"icons", {{"color", "color.png"}, {"outline", "outline.png"}}},
        {"accentColor", "#5B5FC7"},
        {"bots", json::array({std::move(bot)})},
        {"validDomains", json::array({host_of(f.public_url)})}};
    return manifest.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace whynow::adapters::teams
