#include "adapters/slack/api_errors.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace whynow::slack {

namespace {

using std::chrono::seconds;

constexpr seconds usual_pause{30}; // a 429 that does not say how long
constexpr seconds longest_pause{3600};

constexpr std::string_view tenant_gone[] = {
    "token_revoked",     "account_inactive", "invalid_auth",           "not_authed",
    "app_uninstalled",   "team_disabled",    "user_removed_from_team", "team_access_not_granted",
    "enterprise_is_gone"};
constexpr std::string_view person_gone[] = {
    "user_not_found",   "users_not_found", "user_disabled",      "channel_not_found",   "is_archived",
    "user_not_visible", "cannot_dm_bot",   "user_is_restricted", "user_not_in_channel", "not_in_channel"};
// Refused before any effect.
constexpr std::string_view later[] = {"ratelimited",       "rate_limited",  "service_unavailable", "request_timeout",
                                      "team_added_to_org", "accesslimited", "token_expired"};
// Slack's own words: some part of it may have succeeded.
constexpr std::string_view unclear[] = {"internal_error", "fatal_error"};

template <std::size_t n>
bool among(std::string_view word, const std::string_view (&list)[n]) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Only what an error word may hold goes into logs and rows.
std::string tame(std::string_view word) {
    std::string out;
    for (const char c : word.substr(0, 64))
        out +=
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == ':' || c == ',' || c == '.' ? c : '?';
    return out.empty() ? "no_error_word" : out;
}

std::string said(std::string_view method, std::string_view word) { return std::string(method) + ": " + tame(word); }

} // namespace

failure from_error_word(std::string_view method, std::string_view word, std::string_view needed, bool safe) {
    auto text = said(method, word);
    if (!needed.empty())
        text += " needs " + tame(needed);
    if (among(word, later))
        return chat::retry_later{word == "token_expired" ? seconds{300} : usual_pause, text, true};
    if (among(word, unclear)) {
        if (safe)
            return chat::not_sent{text};
        return chat::ambiguous{text};
    }
    return chat::rejected{text, among(word, person_gone), among(word, tenant_gone)};
}

failure from_status(std::string_view method, int status, std::string_view retry_after, bool safe) {
    auto text = std::string(method) + ": status " + std::to_string(status);
    if (status == 429) {
        long long wait = 0;
        const auto* const end = retry_after.data() + retry_after.size();
        const auto [stop, error] = std::from_chars(retry_after.data(), end, wait);
        const bool read = error == std::errc{} && stop == end && wait >= 0;
        return chat::retry_later{read ? std::clamp(seconds{wait}, seconds{1}, longest_pause) : usual_pause, text, true};
    }
    if (status >= 500) {
        if (safe)
            return chat::not_sent{text};
        return chat::ambiguous{text};
    }
    return chat::rejected{text};
}

failure from_transport(std::string_view method, boost::system::error_code e, bool safe) {
    using http::client_errc;
    const auto is = [&](client_errc c) { return e == http::make_error_code(c); };
    const auto text = std::string(method) + ": ";
    if (is(client_errc::not_sent))
        return chat::not_sent{text + "no connection"};
    if (is(client_errc::bad_url))
        return chat::rejected{text + "bad address"};
    if (is(client_errc::refused_address))
        return chat::rejected{text + "refused address"};
    if (is(client_errc::too_many_redirects))
        return chat::rejected{text + "redirected"};
    const auto unseen = text + (is(client_errc::too_large) ? "answer too large" : "no answer");
    if (safe)
        return chat::not_sent{unseen};
    return chat::ambiguous{unseen};
}

} // namespace whynow::slack
