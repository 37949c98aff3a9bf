#include "domain/signals/signal.hpp"

#include "domain/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace whynow::domain::signals {
namespace {

// FNV-1a with a chosen basis: two of them make a key of 128 bits that is the same on every machine and release.
std::uint64_t fnv(std::string_view bytes, std::uint64_t basis) {
    for (const char c : bytes) {
        basis ^= static_cast<unsigned char>(c);
        basis *= 1099511628211ULL;
    }
    basis ^= basis >> 32;
    return basis * 0x9e3779b97f4a7c15ULL;
}

bool tracking(std::string_view parameter) {
    static constexpr std::array<std::string_view, 16> words{
        "fbclid", "gclid",   "dclid", "msclkid", "mc_cid",   "mc_eid",   "cmpid",      "ncid",
        "ref",    "ref_src", "ocid",  "rss",     "feedtype", "feedname", "guccounter", "smid"};
    const auto name = parameter.substr(0, parameter.find('='));
    return name.starts_with("utm_") || std::find(words.begin(), words.end(), name) != words.end();
}

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::vector<std::string_view> kept_parameters(std::string_view query) {
    std::vector<std::string_view> kept;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto parameter = query.substr(0, end);
        if (!parameter.empty() && !tracking(parameter))
            kept.push_back(parameter);
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    std::sort(kept.begin(), kept.end());
    return kept;
}

} // namespace

std::string comparable_url(std::string_view url) {
    while (!url.empty() && static_cast<unsigned char>(url.back()) <= ' ')
        url.remove_suffix(1);
    while (!url.empty() && static_cast<unsigned char>(url.front()) <= ' ')
        url.remove_prefix(1);
    url = url.substr(0, url.find('#'));
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    const auto query_at = std::min(url.find('?'), url.size());
    auto place = url.substr(0, query_at);
    const auto path_at = std::min(place.find('/'), place.size());
    std::string out = lower_ascii(place.substr(0, path_at));
    for (const std::string_view prefix : {"www.", "m.", "amp."})
        if (out.starts_with(prefix))
            out.erase(0, prefix.size());
    for (const std::string_view port : {":443", ":80"})
        if (out.ends_with(port))
            out.erase(out.size() - port.size());
    auto path = place.substr(path_at);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    out += path;
    char mark = '?';
    for (const auto parameter : kept_parameters(url.substr(std::min(query_at + 1, url.size())))) {
        out += mark;
        out += parameter;
        mark = '&';
    }
    return out;
}

std::string fingerprint(const signal& item) {
    std::string key;
    if (auto url = comparable_url(item.url); !url.empty())
        key = "u:" + url;
    else if (!item.external_id.empty())
        key = "i:" + item.source + "\n" + item.external_id;
    else {
        const local_date day{std::chrono::floor<std::chrono::days>(item.published)};
        key = "t:" + text::folded(item.title) + "\n" + to_iso(day);
    }
    return fmt::format("{:016x}{:016x}", fnv(key, 14695981039346656037ULL), fnv(key, 0x6c62272e07bb0142ULL));
}

} // namespace whynow::domain::signals
