#include "adapters/console/console_adapter.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace whynow::console {
namespace {

using nlohmann::json;
namespace cards = domain::cards;

constexpr std::size_t most_kept = 100;

std::string dumped(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

json list_from(const std::string& text) {
    auto list = json::parse(text, nullptr, false);
    return list.is_array() ? list : json::array();
}

json form_json(const cards::form& f) {
    static constexpr std::array kinds{"line", "text", "choice", "choices", "date", "time", "tick"};
    auto fields = json::array();
    for (const auto& x : f.fields) {
        auto options = json::array();
        for (const auto& [value, shown] : x.options)
            options.push_back({{"value", value}, {"text", shown}});
        fields.push_back({{"id", x.id},
                          {"kind", kinds[std::size_t(x.input)]},
                          {"label", x.label},
                          {"value", x.value},
                          {"hint", x.hint},
                          {"optional", x.optional},
                          {"options", std::move(options)},
                          {"most", x.most}});
    }
    return {{"id", f.id},         {"context", f.context}, {"title", f.title},
            {"submit", f.submit}, {"cancel", f.cancel},   {"fields", std::move(fields)}};
}

} // namespace

boost::asio::awaitable<chat::inbound> console_adapter::receive(const http::request& what, chat::instant now) {
    chat::inbound in;
    const auto j = json::parse(what.body, nullptr, false);
    if (!j.is_object() || text_of(j, "user").empty()) {
        in.refuse = http::response::problem(400, "bad-event", "This is not a console event.",
                                            "An object with user and kind is needed.");
        co_return in;
    }
    chat::chat_event e;
    const auto user = text_of(j, "user"), kind = text_of(j, "kind");
    e.from = {"console", "", user, user, ""};
    e.id = text_of(j, "id");
    e.at = now;
    e.text = text_of(j, "text");
    e.action = text_of(j, "action");
    e.value = text_of(j, "value");
    e.form = text_of(j, "form");
    e.context = text_of(j, "context");
    const auto about = text_of(j, "about");
    if (!about.empty())
        e.about = {user, about};
    if (const auto it = j.find("fields"); it != j.end() && it->is_object())
        for (const auto& [key, value] : it->items())
            if (value.is_string())
                e.fields[key] = value.get<std::string>();
    using enum chat::event_kind;
    e.kind = kind == "message"          ? message
             : kind == "edited"         ? edited
             : kind == "action"         ? action
             : kind == "form_wanted"    ? form_wanted
             : kind == "form_submitted" ? form_submitted
             : kind == "command"        ? command
                                        : nothing;
    const auto self = text_of(j, "message_id");
    e.self = {user, self.empty() ? e.id : self};
    e.business_key = e.kind == message || e.kind == edited
                         ? "console|" + user + "|" + e.self.id
                         : "console|" + user + "|" + about + "|" + e.action + "|" + e.value + "|" + e.id;
    in.events.push_back(std::move(e));
    in.wants_effect = true;
    co_return in;
}

http::response console_adapter::answer(const chat::chat_event&, const chat::reply& r) {
    json j{{"toast", r.toast}, {"errors", r.errors}};
    if (r.replace)
        j["replace"] = json::parse(chat::to_json(*r.replace));
    if (r.open)
        j["open"] = form_json(*r.open);
    return http::response::json(200, dumped(j));
}

boost::asio::awaitable<chat::send_result> console_adapter::send(const chat::outgoing& what) {
    if (what.to.user.empty())
        co_return chat::rejected{"nobody to show it to", false, false};
    const auto user = what.to.user;
    const auto body = chat::to_json(what.body);
    const bool update = what.what == chat::outgoing::operation::update;
    const auto id = update ? what.target.id : what.key;
    std::function<std::string(std::string)> change = [&](std::string text) {
        auto list = list_from(text);
        const auto it = std::ranges::find_if(list, [&](const auto& m) { return text_of(m, "id") == id; });
        if (it != list.end())
            (*it)["message"] = json::parse(body);
        else if (!update)
            list.push_back({{"id", id}, {"thread", what.target.id}, {"message", json::parse(body)}});
        while (list.size() > most_kept)
            list.erase(list.begin());
        return dumped(list);
    };
    if (!co_await shelf_.change(user, std::move(change)))
        co_return chat::not_sent{"store"};
    co_return chat::sent{{user, id}, {"console", "", user, user, ""}};
}

boost::asio::awaitable<chat::find_result> console_adapter::find(const chat::outgoing& what, chat::instant) {
    const auto list = list_from(co_await shelf_.read(what.to.user));
    for (const auto& m : list)
        if (text_of(m, "id") == what.key)
            co_return chat::found{{what.to.user, what.key}};
    co_return chat::absent{};
}

boost::asio::awaitable<chat::send_result> console_adapter::open_form(const chat::chat_event&,
                                                                     const domain::cards::form&) {
    co_return chat::not_sent{"dialogs open in the answer"};
}

boost::asio::awaitable<std::string> console_adapter::messages(std::string user) {
    co_return dumped(list_from(co_await shelf_.read(std::move(user))));
}

} // namespace whynow::console
