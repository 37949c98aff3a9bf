#include "adapters/teams/send_outcome.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace whynow::adapters::teams {

using nlohmann::json;

namespace {

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>().substr(0, 80) : std::string{};
}

std::chrono::seconds retry_after(const http::response& r, std::chrono::seconds otherwise) {
    const auto text = r.fields.get("Retry-After");
    long seconds = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (bad != std::errc{} || end == text.data() || seconds < 0)
        return otherwise;
    return std::chrono::seconds(std::clamp(seconds, 1L, 3600L));
}

// 2 s, 4 s, 8 s … at most 5 minutes, each longer by up to a half.
std::chrono::seconds doubled(int in_a_row, std::size_t seed) {
    const long base = std::min(300L, 1L << std::clamp(in_a_row, 1, 9));
    return std::chrono::seconds(base + static_cast<long>(seed % static_cast<std::size_t>(base / 2 + 1)));
}

bool means_gone(std::string_view code) {
    constexpr std::string_view codes[] = {"ConversationBlockedByUser",   "BotNotInConversationRoster",
                                          "BotDisabledByAdmin",          "MessageWritesBlocked",
                                          "ForbiddenOperationException", "Forbidden"};
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

} // namespace

std::string error_code_of(const http::response& r) {
    const auto j = json::parse(r.body, nullptr, false);
    if (!j.is_object())
        return {};
    const auto error = j.find("error");
    if (error == j.end() || !error->is_object())
        return text_of(j, "code");
    for (const char* inner : {"innerHttpError", "innererror", "innerError"})
        if (const auto it = error->find(inner); it != error->end() && it->is_object())
            if (auto code = text_of(*it, "code"); !code.empty())
                return code;
    return text_of(*error, "code");
}

chat::send_result refused(call what, const http::response& r, int in_a_row, std::size_t seed) {
    const auto code = error_code_of(r);
    const auto why = fmt::format("teams {} {}", r.status, code);
    switch (r.status) {
    case 403: return chat::rejected{why, means_gone(code), false};
    case 404: return chat::rejected{why, what != call::update, false};
    case 412: return chat::retry_later{std::chrono::seconds(1 + seed % 3), why, false};
    case 429: return chat::retry_later{retry_after(r, doubled(in_a_row, seed)), why, true};
    case 408: break;
    default:
        if (r.status < 500)
            return chat::rejected{why, false, false};
    }
    if (what == call::post)
        return chat::ambiguous{why};
    return chat::retry_later{retry_after(r, std::chrono::seconds(5)), why, false};
}

chat::send_result unanswered(call what, boost::system::error_code e) {
    const auto why = e.message();
    if (e == http::make_error_code(http::client_errc::bad_url) ||
        e == http::make_error_code(http::client_errc::refused_address))
        return chat::rejected{why, false, false};
    if (e == http::make_error_code(http::client_errc::not_sent) || what != call::post)
        return chat::not_sent{why};
    return chat::ambiguous{why};
}

} // namespace whynow::adapters::teams
