#include "adapters/slack/oauth.hpp"

#include "adapters/slack/api_errors.hpp"
#include "adapters/slack/signature.hpp"

#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>

namespace whynow::slack {

using nlohmann::json;

namespace {

std::string text_at(const json& j, std::string_view key) {
    if (!j.is_object())
        return {};
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}
std::string inner(const json& j, std::string_view object, std::string_view key) {
    const auto it = j.find(object);
    return it == j.end() ? std::string{} : text_at(*it, key);
}

std::string base64(std::string_view in) {
    std::string out(4 * ((in.size() + 2) / 3) + 1, '\0');
    const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                  reinterpret_cast<const unsigned char*>(in.data()), int(in.size()));
    out.resize(std::size_t(n));
    return out;
}

std::string state_signature(std::string_view nonce, std::string_view expires, std::string_view cookie,
                            std::string_view secret) {
    return hmac_hex(secret, {"slack-state|", nonce, "|", expires, "|", cookie});
}

boost::asio::awaitable<outcome_of<grant>> exchange(http::client& client, const app_identity& app, std::string body) {
    constexpr std::string_view method = "oauth.v2.access";
    http::outgoing what;
    what.method = "POST";
    what.url = app.api_base_url + "/" + std::string(method);
    what.fields.add("Authorization", "Basic " + base64(http::percent_encoded(app.client_id) + ":" +
                                                       http::percent_encoded(app.client_secret)));
    what.fields.add("Content-Type", "application/x-www-form-urlencoded");
    what.fields.add("Accept", "application/json");
    what.body = std::move(body);
    what.any_address = app.any_address;
    what.ca_file = app.ca_file;
    const auto got = co_await client.exchange(std::move(what));
    if (!got)
        co_return from_transport(method, got.error(), false);
    if (got->status < 200 || got->status >= 300)
        co_return from_status(method, got->status, got->fields.get("Retry-After"), false);
    const auto said = json::parse(got->body, nullptr, false);
    if (!said.is_object() || !said.contains("ok"))
        co_return from_status(method, 599, {}, false);
    if (said["ok"] != true)
        co_return from_error_word(method, text_at(said, "error"), {}, false);
    grant g;
    g.token = text_at(said, "access_token");
    g.refresh_token = text_at(said, "refresh_token");
    if (const auto it = said.find("expires_in"); it != said.end() && it->is_number_integer())
        g.expires_in = std::chrono::seconds{std::clamp<std::int64_t>(it->get<std::int64_t>(), 0, 366L * 86400)};
    g.app = text_at(said, "app_id");
    g.bot_user = text_at(said, "bot_user_id");
    g.scopes = text_at(said, "scope");
    g.team = inner(said, "team", "id");
    g.team_name = inner(said, "team", "name");
    g.enterprise = inner(said, "enterprise", "id");
    g.enterprise_name = inner(said, "enterprise", "name");
    if (const auto it = said.find("is_enterprise_install"); it != said.end() && it->is_boolean())
        g.whole_enterprise = it->get<bool>();
    if (g.token.empty())
        co_return failure{chat::rejected{"oauth.v2.access: answer without token"}};
    co_return g;
}

} // namespace

const std::vector<std::string>& needed_scopes() {
    static const std::vector<std::string> scopes{"chat:write", "commands",   "im:history",
                                                 "im:write",   "users:read", "users:read.email"};
    return scopes;
}

std::vector<std::string> missing_scopes(std::string_view granted) {
    std::vector<std::string> have, out;
    while (!granted.empty()) {
        const auto comma = granted.find(',');
        auto one = granted.substr(0, comma);
        while (one.starts_with(' '))
            one.remove_prefix(1);
        while (one.ends_with(' '))
            one.remove_suffix(1);
        have.emplace_back(one);
        granted.remove_prefix(comma == std::string_view::npos ? granted.size() : comma + 1);
    }
    std::ranges::copy_if(needed_scopes(), std::back_inserter(out),
                         [&](const auto& s) { return std::ranges::find(have, s) == have.end(); });
    return out;
}

std::string authorize_url(const app_identity& app, std::string_view state) {
    auto base = app.api_base_url;
    if (base.ends_with("/api"))
        base.resize(base.size() - 4);
    std::string scopes;
    for (const auto& s : needed_scopes())
        scopes += (scopes.empty() ? "" : ",") + s;
    return base + "/oauth/v2/authorize?client_id=" + http::percent_encoded(app.client_id) +
           "&scope=" + http::percent_encoded(scopes) + "&redirect_uri=" + http::percent_encoded(app.redirect_uri) +
           "&state=" + http::percent_encoded(state);
}

std::string make_state(std::string_view nonce, std::string_view cookie, domain::instant expires,
                       std::string_view secret) {
    const auto when = std::to_string(expires.time_since_epoch().count());
    return std::string(nonce) + "." + when + "." + state_signature(nonce, when, cookie, secret);
}

state_reading read_state(std::string_view state, std::string_view cookie, domain::instant now,
                         std::string_view secret) {
    const auto first = state.find('.'), last = state.rfind('.');
    if (state.size() > 512 || first == std::string_view::npos || first == last || first == 0)
        return {};
    const auto nonce = state.substr(0, first), when = state.substr(first + 1, last - first - 1);
    const auto given = state.substr(last + 1);
    long long seconds = 0;
    const auto [end, error] = std::from_chars(when.data(), when.data() + when.size(), seconds);
    if (error != std::errc{} || end != when.data() + when.size())
        return {};
    const auto ours = state_signature(nonce, when, cookie, secret);
    if (ours.empty() || ours.size() != given.size() || CRYPTO_memcmp(ours.data(), given.data(), ours.size()) != 0)
        return {state_verdict::another_browser, {}};
    if (now > domain::instant{std::chrono::seconds{seconds}})
        return {state_verdict::expired, {}};
    return {state_verdict::good, std::string(nonce)};
}

boost::asio::awaitable<outcome_of<grant>> exchange_code(http::client& client, const app_identity& app,
                                                        std::string code) {
    co_return co_await exchange(client, app,
                                "code=" + http::percent_encoded(code) +
                                    "&redirect_uri=" + http::percent_encoded(app.redirect_uri));
}

boost::asio::awaitable<outcome_of<grant>> exchange_refresh_token(http::client& client, const app_identity& app,
                                                                 std::string refresh_token) {
    co_return co_await exchange(client, app,
                                "grant_type=refresh_token&refresh_token=" + http::percent_encoded(refresh_token));
}

} // namespace whynow::slack
