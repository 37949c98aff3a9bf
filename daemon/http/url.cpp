#include "http/url.hpp"

#include "http/libcurl.hpp"

#include <algorithm>
#include <memory>

namespace whynow::http {
namespace {

struct free_url {
    void operator()(CURLU* u) const { curl().url_cleanup(u); }
};
using handle = std::unique_ptr<CURLU, free_url>;

std::optional<std::string> part(CURLU* u, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl().url_get(u, which, &text, flags) != CURLUE_OK)
        return std::nullopt;
    std::string out = text;
    curl().free(text);
    return out;
}

bool printable(const std::string& text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; });
}

bool put(CURLU* u, const std::string& text) {
    return printable(text) && curl().url_set(u, CURLUPART_URL, text.c_str(), CURLU_DISALLOW_USER) == CURLUE_OK;
}

std::optional<url_parts> read(CURLU* u) {
    curl().url_set(u, CURLUPART_FRAGMENT, nullptr, 0);
    const auto whole = part(u, CURLUPART_URL), scheme = part(u, CURLUPART_SCHEME), host = part(u, CURLUPART_HOST);
    const auto port = part(u, CURLUPART_PORT, CURLU_DEFAULT_PORT), path = part(u, CURLUPART_PATH);
    if (!whole || !scheme || !host || !port || !path || host->empty() || (*scheme != "http" && *scheme != "https"))
        return std::nullopt;
    if (part(u, CURLUPART_USER) || part(u, CURLUPART_PASSWORD))
        return std::nullopt;
    const auto query = part(u, CURLUPART_QUERY);
    auto lower = *host;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return url_parts{*whole, *scheme, lower, *port, query ? *path + "?" + *query : *path};
}

} // namespace

std::optional<url_parts> read_url(const std::string& text) {
    const handle u(curl().url());
    if (!u || !put(u.get(), text))
        return std::nullopt;
    return read(u.get());
}

std::optional<url_parts> resolve_url(const url_parts& base, const std::string& reference) {
    const handle u(curl().url());
    if (!u || !put(u.get(), base.whole) || !put(u.get(), reference))
        return std::nullopt;
    return read(u.get());
}

} // namespace whynow::http
