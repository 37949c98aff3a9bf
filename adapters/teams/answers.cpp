#include "adapters/teams/answers.hpp"

#include "adapters/teams/activity.hpp"
#include "adapters/teams/cards.hpp"
#include "adapters/teams/forms.hpp"
#include "adapters/teams/markdown.hpp"
#include "adapters/teams/outgoing_webhook.hpp"

#include <charconv>

namespace whynow::adapters::teams {
namespace {

constexpr std::string_view done = "✓"; // Teams shows an error where there is no value at all

std::string sentence_of(const std::map<std::string, std::string>& errors) {
    std::string out;
    for (const auto& [field, words] : errors)
        (out += out.empty() ? "" : " ") += words;
    return out;
}

std::string message_json(std::string_view words) {
    return R"({"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":)" +
           json_string(words.empty() ? std::string(done) : one_line(words)) + "}";
}

std::string card_action_json(const chat::chat_event& e, const chat::reply& r) {
    if (r.replace) {
        const auto where = route_from_json(e.from.route);
        return R"({"statusCode":200,"type":"application/vnd.microsoft.card.adaptive","value":)" +
               card_json(*r.replace, card_budget - 100, where && !e.about.id.empty() ? where->user : std::string{}) +
               "}";
    }
    if (!r.errors.empty())
        return R"({"statusCode":400,"type":"application/vnd.microsoft.error","value":{"code":"BadRequest","message":)" +
               json_string(one_line(sentence_of(r.errors))) + "}}";
    return message_json(r.toast);
}

int revision_after(const chat::chat_event& e) {
    int before = 0;
    std::from_chars(e.respond_to.data(), e.respond_to.data() + e.respond_to.size(), before);
    return before >= 0 && before < 1000 ? before + 1 : 1;
}

// Empty: the dialog closes.
std::string dialog_answer_json(const chat::chat_event& e, const chat::reply& r) {
    if (r.open) {
        const bool again = !r.errors.empty() && r.open->id == e.form;
        return dialog_json(
            {*r.open, r.errors, again ? e.fields : std::map<std::string, std::string>{}, revision_after(e)});
    }
    if (!r.errors.empty())
        return dialog_message_json(sentence_of(r.errors));
    if (!r.toast.empty())
        return dialog_message_json(r.toast);
    if (e.trigger == dialog_fetch && r.replace)
        return dialog_message_json(r.replace->fallback);
    return {};
}

} // namespace

http::response invoke_answer(const chat::chat_event& e, const chat::reply& r) {
    std::string body;
    if (e.trigger == card_action)
        body = card_action_json(e, r);
    else if (e.trigger == dialog_fetch || e.trigger == dialog_submit)
        body = dialog_answer_json(e, r);
    else if (e.trigger == outgoing_webhook)
        body = webhook_answer_json(r);
    if (body.empty())
        return http::response{};
    return http::response::json(200, std::move(body));
}

} // namespace whynow::adapters::teams
