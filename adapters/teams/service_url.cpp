#include "adapters/teams/service_url.hpp"

#include "adapters/teams/encoding.hpp"

#include <algorithm>

namespace whynow::adapters::teams {
namespace {

constexpr std::string_view microsoft_hosts[] = {"smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com",
                                                "smba.infra.gov.teams.microsoft.us"};

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string_view without_slash(std::string_view url) {
    if (url.ends_with('/'))
        url.remove_suffix(1);
    return url;
}

bool plain_path(std::string_view path) {
    return path.find("..") == std::string_view::npos && path.find("//") == std::string_view::npos &&
           std::all_of(path.begin(), path.end(), [](char c) {
               return letter_or_digit(c) || c == '/' || c == '-' || c == '_' || c == '.' || c == '~';
           });
}

struct authority {
    std::string_view host;
    std::string_view port;
};

std::optional<authority> split(std::string_view text) {
    authority out{text, {}};
    if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        out = {text.substr(0, colon), text.substr(colon + 1)};
        if (out.port.empty() || out.port.size() > 5 ||
            !std::all_of(out.port.begin(), out.port.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return std::nullopt;
    }
    if (out.host.empty() || !std::all_of(out.host.begin(), out.host.end(),
                                         [](char c) { return letter_or_digit(c) || c == '.' || c == '-'; }))
        return std::nullopt;
    return out;
}

bool listed(const authority& there, bool any_port, std::string_view entry) {
    const auto want = split(entry);
    if (!want || !same_ignoring_case(want->host, there.host))
        return false;
    if (!want->port.empty())
        return want->port == there.port;
    return any_port || there.port.empty() || there.port == "443";
}

} // namespace

std::optional<std::string> allowed_service_url(std::string_view url, const config& c) {
    const auto whole = url;
    if (url.size() > 512)
        return std::nullopt;
    if (url.starts_with("https://"))
        url.remove_prefix(8);
    else if (c.any_address && url.starts_with("http://"))
        url.remove_prefix(7);
    else
        return std::nullopt;
    const auto slash = url.find('/');
    const auto there = split(url.substr(0, slash));
    if (!there || (slash != std::string_view::npos && !plain_path(url.substr(slash))))
        return std::nullopt;
    const auto match = [&](std::string_view entry) { return listed(*there, c.any_address, entry); };
    const bool known = c.service_hosts.empty()
                           ? std::any_of(std::begin(microsoft_hosts), std::end(microsoft_hosts), match)
                           : std::any_of(c.service_hosts.begin(), c.service_hosts.end(), match);
    if (!known)
        return std::nullopt;
    return std::string(without_slash(whole));
}

bool same_service_url(std::string_view a, std::string_view b) {
    return same_ignoring_case(without_slash(a), without_slash(b));
}

} // namespace whynow::adapters::teams
