#include "adapters/teams/signing_keys.hpp"

#include "log/log.hpp"

#include <boost/asio/this_coro.hpp>
#include <nlohmann/json.hpp>

namespace whynow::adapters::teams {

using nlohmann::json;

namespace {

constexpr std::size_t most_keys = 256;

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

std::optional<signing_key> read_key(const json& j) {
    if (text_of(j, "kty") != "RSA")
        return std::nullopt;
    if (const auto use = text_of(j, "use"); !use.empty() && use != "sig")
        return std::nullopt;
    if (const auto alg = text_of(j, "alg"); !alg.empty() && alg != "RS256")
        return std::nullopt;
    signing_key out{rsa_public_key(text_of(j, "n"), text_of(j, "e")), {}};
    if (!out.key)
        return std::nullopt;
    if (const auto it = j.find("endorsements"); it != j.end() && it->is_array())
        for (const auto& channel : *it)
            if (channel.is_string())
                out.endorsements.push_back(channel.get<std::string>());
    return out;
}

} // namespace

std::optional<key_set> read_keys(std::string_view jwks) {
    const auto j = json::parse(jwks, nullptr, false);
    if (!j.is_object() || !j.contains("keys") || !j["keys"].is_array())
        return std::nullopt;
    key_set out;
    for (const auto& k : j["keys"]) {
        if (!k.is_object() || out.size() >= most_keys)
            continue;
        const auto kid = text_of(k, "kid");
        if (auto key = kid.empty() ? std::nullopt : read_key(k))
            out.emplace(kid, std::move(*key));
    }
    if (out.empty())
        return std::nullopt;
    return out;
}

std::optional<std::string> read_keys_address(std::string_view metadata) {
    const auto j = json::parse(metadata, nullptr, false);
    if (!j.is_object())
        return std::nullopt;
    auto url = text_of(j, "jwks_uri");
    if (url.empty())
        return std::nullopt;
    return url;
}

bool key_pace::fetch_now(bool known, time_point now) const {
    const bool needed = !known || !loaded_ || now - *loaded_ >= freshness;
    return needed && (!tried_ || now - *tried_ >= (loaded_ ? floor : first_floor));
}

boost::asio::awaitable<std::shared_ptr<const key_set>> signing_keys::with(std::string kid) {
    const bool known = keys_->contains(kid);
    if (flight_.under_way()) {
        if (!known)
            co_await flight_.landing();
    } else if (pace_.fetch_now(known, config_.pace())) {
        pace_.began(config_.pace());
        co_await fetch();
    }
    co_return keys_;
}

boost::asio::awaitable<void> signing_keys::fetch() {
    auto where = co_await boost::asio::this_coro::executor;
    const flight::pilot aboard(flight_, std::move(where));
    const auto metadata = co_await get(metadata_);
    const auto address = metadata ? read_keys_address(*metadata) : std::nullopt;
    if (!address || (!config_.any_address && !address->starts_with("https://"))) {
        log::warn("teams_keys_unavailable", {{"step", "metadata"}});
        co_return;
    }
    const auto body = co_await get(*address);
    auto keys = body ? read_keys(*body) : std::nullopt;
    if (!keys) {
        log::warn("teams_keys_unavailable", {{"step", "keys"}});
        co_return;
    }
    keys_ = std::make_shared<const key_set>(std::move(*keys));
    pace_.loaded(config_.pace());
    log::info("teams_keys_loaded", {{"keys", keys_->size()}});
}

boost::asio::awaitable<std::optional<std::string>> signing_keys::get(std::string url) {
    http::outgoing what;
    what.url = std::move(url);
    what.deadline = std::chrono::seconds(5);
    what.most_bytes = 1u << 20;
    what.any_address = config_.any_address;
    what.ca_file = config_.ca_file;
    what.fields.add("Accept", "application/json");
    auto answer = co_await out_.exchange(std::move(what));
    if (!answer || answer->status != 200)
        co_return std::nullopt;
    co_return std::move(answer->body);
}

} // namespace whynow::adapters::teams
