#include "adapters/teams/outgoing_webhook.hpp"

#include "adapters/teams/activity.hpp"
#include "adapters/teams/cards.hpp"
#include "adapters/teams/encoding.hpp"
#include "adapters/teams/markdown.hpp"
#include "domain/text/utf8.hpp"

namespace whynow::adapters::teams {
namespace {

constexpr std::chrono::minutes window{5};

} // namespace

bool webhook_signature_holds(std::string_view authorization, std::string_view body, const config& c) {
    const auto key = base64_decoded(c.outgoing_secret);
    if (!key || key->empty() || authorization.size() < 6 || !same_ignoring_case(authorization.substr(0, 5), "HMAC "))
        return false;
    const auto given = base64_decoded(authorization.substr(5));
    return given && same_in_constant_time(*given, hmac_sha256(*key, body));
}

std::optional<chat::chat_event> read_webhook(std::string_view body, const config& c, domain::instant now) {
    auto read = read_activity(body);
    if (!read)
        return std::nullopt;
    auto e = std::move(read->event);
    const bool message = e.kind == chat::event_kind::command || e.kind == chat::event_kind::message;
    if (!message || e.at < now - window || e.at > now + window || !tenant_allowed(c, e.from.tenant))
        return std::nullopt;
    e.kind = chat::event_kind::command;
    e.trigger = outgoing_webhook;
    e.in_place = true;
    e.from.conversation.clear();
    e.from.route.clear();
    return e;
}

std::string webhook_answer_json(const chat::reply& r) {
    auto words = r.toast;
    if (words.empty() && r.replace)
        words = domain::cards::as_text(*r.replace);
    if (words.empty() && r.replace)
        words = r.replace->fallback;
    return R"({"type":"message","text":)" + json_string(literal_paragraphs(domain::text::shortened(words, 6000))) + "}";
}

} // namespace whynow::adapters::teams
