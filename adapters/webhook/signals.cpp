#include "adapters/webhook/signals.hpp"

#include "domain/text/utf8.hpp"
#include "sources/documents/dates.hpp"
#include "sources/documents/plain_text.hpp"
#include "sources/documents/uri.hpp"

#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <optional>

namespace whynow::webhook {

namespace {

using nlohmann::json;
namespace documents = sources::documents;

constexpr std::array<std::string_view, 15> kinds{"leadership",       "funding",      "ma",           "earnings",
                                                 "restructuring",    "expansion",    "hiring",       "product_launch",
                                                 "legal_regulatory", "incident",     "contract_win", "partnership",
                                                 "distress",         "market_shift", "technology"};

// Nesting as the brackets say it, without building anything.
bool deeper_than(std::string_view body, std::size_t most) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > most)
                return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

// Reads the fields of one signal; the first thing wrong is kept as the reason.
class signal_reader {
  public:
    signal_reader(const json& object, domain::instant now, const limits& within)
        : object_(object), now_(now), within_(within) {}

    std::optional<sources::item> read() {
        if (!object_.is_object()) {
            wrong("a signal is a JSON object");
            return std::nullopt;
        }
        sources::item i;
        i.title = text("title", within_.title, true);
        i.summary = text("summary", within_.summary, false);
        i.url = url();
        published(i);
        i.source = text("source", 100, false);
        if (i.source.empty())
            i.source = "webhook";
        i.publisher = host(i.url);
        i.account_hint = text("account", 300, false);
        i.kind_hint = kind();
        i.activity = activity();
        i.external_id = id(i);
        return why_.empty() ? std::optional(std::move(i)) : std::nullopt;
    }

    const std::string& why() const { return why_; }

  private:
    void wrong(std::string why) {
        if (why_.empty())
            why_ = std::move(why);
    }

    const json* field(const char* name) const {
        const auto at = object_.find(name);
        return at == object_.end() || at->is_null() ? nullptr : &*at;
    }

    std::string text(const char* name, std::size_t most, bool required) {
        const json* value = field(name);
        if (value != nullptr && !value->is_string())
            wrong(std::string(name) + " is no string");
        const std::string out = value != nullptr && value->is_string()
                                    ? documents::tidy(value->get_ref<const std::string&>())
                                    : std::string{};
        if (required && out.empty())
            wrong(std::string(name) + " is missing");
        if (domain::text::count_code_points(out) > most)
            wrong(std::string(name) + " is longer than " + std::to_string(most) + " characters");
        return out;
    }

    std::string url() {
        const std::string out = text("url", within_.url, true);
        const std::string scheme = documents::scheme_of(out);
        if (scheme != "http" && scheme != "https")
            wrong("url is no http or https address");
        else if (out.size() > within_.url)
            wrong("url is longer than " + std::to_string(within_.url) + " bytes");
        else if (host(out).empty() || out.find_first_of(" <>\"\\^`{|}") != std::string::npos)
            wrong("url cannot be read");
        else if (const auto at = out.find('@'); at != std::string::npos && at < out.find('/', out.find("//") + 2))
            wrong("url carries a user name");
        return out;
    }

    static std::string host(std::string_view url) {
        const auto from = url.find("//");
        if (from == std::string_view::npos)
            return {};
        const std::string_view authority = url.substr(from + 2, url.find_first_of("/?#", from + 2) - from - 2);
        return std::string(authority.substr(
            0, authority.rfind(':') == std::string_view::npos || authority.ends_with(']') ? std::string_view::npos
                                                                                          : authority.rfind(':')));
    }

    void published(sources::item& i) {
        const std::string written = text("published", 64, true);
        const auto at = domain::parse_iso_instant(written);
        const auto day = domain::parse_iso_date(written);
        if (at)
            i.published = at;
        else if (day)
            i.published = domain::instant{std::chrono::sys_days{*day}};
        else
            return wrong("published is no ISO 8601 time");
        if (*i.published > now_ + std::chrono::hours{24})
            wrong("published lies in the future");
        else if (*i.published < domain::instant{std::chrono::sys_days{std::chrono::year{1990} / 1 / 1}})
            wrong("published lies before 1990");
    }

    std::string kind() {
        const std::string out = text("kind", 64, false);
        if (!out.empty() && std::find(kinds.begin(), kinds.end(), out) == kinds.end())
            wrong("kind is none of the known kinds");
        return out;
    }

    bool activity() {
        const json* value = field("activity");
        if (value == nullptr)
            return false;
        if (!value->is_boolean())
            wrong("activity is neither true nor false");
        return value->is_boolean() && value->get<bool>();
    }

    std::string id(const sources::item& i) {
        const json* given = field("id");
        if (given != nullptr && given->is_number_integer())
            return given->dump();
        const std::string own = text("id", 300, false);
        return own.empty() ? i.url + "#" + i.title : own;
    }

    const json& object_;
    domain::instant now_;
    const limits& within_;
    std::string why_;
};

received refused(int status, std::string why) {
    received out;
    out.status = status;
    out.refusal = std::move(why);
    return out;
}

} // namespace

received read_signals(std::string_view body, domain::instant now, const limits& within) {
    if (body.size() > within.bytes)
        return refused(413, "the body is larger than " + std::to_string(within.bytes) + " bytes");
    if (deeper_than(body, within.depth))
        return refused(413, "the JSON is nested deeper than " + std::to_string(within.depth));
    if (!domain::text::valid_utf8(body))
        return refused(400, "the body is no valid UTF-8");
    const json whole = json::parse(body, nullptr, false);
    if (whole.is_discarded())
        return refused(400, "the body is no JSON");
    if (!whole.is_object() && !whole.is_array())
        return refused(400, "the body is neither an object nor a list");
    if (whole.is_array() && whole.size() > within.signals)
        return refused(413, "more than " + std::to_string(within.signals) + " signals");
    received out;
    const std::size_t count = whole.is_array() ? whole.size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
        signal_reader one(whole.is_array() ? whole[i] : whole, now, within);
        if (auto item = one.read())
            out.accepted.push_back(std::move(*item));
        else
            out.rejected.push_back({i, one.why()});
    }
    if (out.accepted.empty() && !out.rejected.empty())
        out.status = 422;
    return out;
}

bool bearer_matches(std::string_view authorization, std::string_view expected) {
    constexpr std::string_view scheme = "bearer ";
    if (expected.empty() || authorization.size() <= scheme.size())
        return false;
    for (std::size_t i = 0; i < scheme.size(); ++i)
        if ((authorization[i] >= 'A' && authorization[i] <= 'Z' ? authorization[i] + 32 : authorization[i]) !=
            scheme[i])
            return false;
    std::string_view given = authorization.substr(scheme.size());
    while (given.starts_with(' '))
        given.remove_prefix(1);
    // Digests are compared: of equal length, and nothing about the token's own length shows.
    std::array<unsigned char, EVP_MAX_MD_SIZE> a{};
    std::array<unsigned char, EVP_MAX_MD_SIZE> b{};
    unsigned int size = 0;
    if (EVP_Digest(given.data(), given.size(), a.data(), &size, EVP_sha256(), nullptr) != 1 ||
        EVP_Digest(expected.data(), expected.size(), b.data(), &size, EVP_sha256(), nullptr) != 1)
        return false;
    return CRYPTO_memcmp(a.data(), b.data(), size) == 0;
}

std::string answer_json(std::size_t accepted, std::size_t duplicates, const std::vector<rejection>& rejected) {
    nlohmann::ordered_json out;
    out["accepted"] = accepted;
    out["duplicates"] = duplicates;
    out["rejected"] = json::array();
    for (const rejection& r : rejected)
        out["rejected"].push_back(nlohmann::ordered_json{{"index", r.index}, {"why", r.why}});
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace whynow::webhook
