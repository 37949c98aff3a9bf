#include "adapters/teams/activity.hpp"

#include "adapters/teams/cards.hpp"
#include "adapters/teams/encoding.hpp"
#include "adapters/teams/forms.hpp"
#include "domain/text/utf8.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>

namespace whynow::adapters::teams {

namespace dom = simdjson::dom;

namespace {

constexpr std::size_t longest_body = 512 * 1024;

std::string text_at(const dom::element& j, const char* key) {
    std::string_view out;
    if (j.at_key(key).get(out) != simdjson::SUCCESS)
        return {};
    return std::string(out);
}

std::optional<dom::element> child(const dom::element& j, const char* key) {
    dom::element out;
    if (!j.is_object() || j.at_key(key).get(out) != simdjson::SUCCESS || !out.is_object())
        return std::nullopt;
    return out;
}

std::string text_at(const dom::element& j, const char* first, const char* second) {
    const auto inner = child(j, first);
    return inner ? text_at(*inner, second) : std::string{};
}

// Values of cards are strings by our own cards; numbers and truths come from other people's clients.
std::string as_text(const dom::element& j) {
    std::string_view s;
    if (j.get(s) == simdjson::SUCCESS)
        return std::string(s);
    bool truth = false;
    if (j.get(truth) == simdjson::SUCCESS)
        return truth ? "true" : "false";
    if (j.is_number())
        return simdjson::minify(j);
    return {};
}

std::string zone_of(const dom::element& j) {
    dom::array entities;
    if (j.at_key("entities").get(entities) == simdjson::SUCCESS)
        for (const auto entity : entities)
            if (entity.is_object() && text_at(entity, "type") == "clientInfo")
                if (auto zone = text_at(entity, "timezone"); !zone.empty())
                    return zone;
    return text_at(j, "localTimezone");
}

// The texts by which the message names the bot.
std::vector<std::string> bot_mentions(const dom::element& j) {
    std::vector<std::string> out;
    const auto bot = text_at(j, "recipient", "id");
    dom::array entities;
    if (j.at_key("entities").get(entities) != simdjson::SUCCESS)
        return out;
    for (const auto entity : entities)
        if (entity.is_object() && text_at(entity, "type") == "mention" && !bot.empty() &&
            text_at(entity, "mentioned", "id") == bot)
            out.push_back(text_at(entity, "text"));
    return out;
}

bool names_bot(const dom::element& j, const char* members) {
    const auto bot = text_at(j, "recipient", "id");
    dom::array list;
    if (j.at_key(members).get(list) != simdjson::SUCCESS)
        return false;
    for (const auto member : list)
        if (member.is_object() && !bot.empty() && text_at(member, "id") == bot)
            return true;
    return false;
}

bool personal(const dom::element& j) {
    const auto kind = text_at(j, "conversation", "conversationType");
    return kind.empty() || kind == "personal";
}

// Only a 1:1 is a place to reach a person: from anywhere else the answer goes to a 1:1 that the adapter opens.
void read_sender(const dom::element& j, activity& out) {
    auto& e = out.event;
    const auto conversation = text_at(j, "conversation", "id");
    e.from.platform = "teams";
    e.from.tenant = out.facts.tenant.empty() ? out.facts.channel_tenant : out.facts.tenant;
    e.from.user = text_at(j, "from", "aadObjectId");
    if (personal(j))
        e.from.conversation = conversation;
    e.from.route = to_json(route{out.facts.service_url, text_at(j, "from", "id"), text_at(j, "recipient", "id")});
    e.sender_name = text_at(j, "from", "name");
    e.zone = zone_of(j);
    if (const auto at = domain::parse_iso_instant(text_at(j, "timestamp")))
        e.at = *at;
    const auto id = text_at(j, "id");
    e.id = id.empty() ? std::string{} : conversation + "|" + id;
    if (const auto about = text_at(j, "replyToId"); !about.empty())
        e.about = {conversation, about};
}

std::string business_key(const chat::chat_event& e, std::string_view what, std::string_view value) {
    std::string out = "teams";
    for (const std::string_view part :
         {std::string_view(e.from.tenant), std::string_view(e.from.user), std::string_view(e.about.id), what, value})
        (out += '|') += part;
    return out;
}

bool ours_not_fields(std::string_view key) {
    constexpr std::array names{"verb", "value", "form", "context", "rev", "msteams", "type"};
    return std::find(names.begin(), names.end(), key) != names.end();
}

// What a button or a dialog of ours carries.
void read_data(const dom::element& data, chat::chat_event& e) {
    dom::object members;
    if (data.get(members) != simdjson::SUCCESS)
        return;
    for (const auto& [key, value] : members) {
        if (key == "verb" && e.action.empty())
            e.action = as_text(value);
        else if (key == "value")
            e.value = as_text(value);
        else if (key == "form")
            e.form = as_text(value);
        else if (key == "context")
            e.context = as_text(value);
        else if (key == "rev")
            e.respond_to = as_text(value);
        else if (!ours_not_fields(key))
            e.fields[std::string(field_name(key))] = as_text(value);
    }
}

void become_action(chat::chat_event& e) {
    e.kind = chat::event_kind::action;
    e.business_key = business_key(e, e.action, e.value);
}

void become_form(chat::chat_event& e) {
    e.kind = chat::event_kind::form_submitted;
    std::string all;
    for (const auto& [name, value] : e.fields)
        all += json_string(name) + json_string(value);
    e.business_key = business_key(e, "form:" + e.form, e.context + "|" + base64url(sha256(all)).substr(0, 16));
}

void read_message(const dom::element& j, activity& out) {
    auto& e = out.event;
    if (const auto value = child(j, "value")) {
        read_data(*value, e);
        if (!e.form.empty())
            become_form(e);
        else if (!e.action.empty())
            become_action(e);
        if (e.kind != chat::event_kind::nothing)
            return;
    }
    const auto words = text_at(j, "text");
    auto mentions = bot_mentions(j);
    // An Outgoing Webhook has no recipient; its name stands in front.
    if (const auto end = words.find("</at>");
        words.starts_with("<at>") && end != std::string::npos && text_at(j, "recipient", "id").empty())
        mentions.push_back(words.substr(0, end + 5));
    e.text = spoken_words(words, mentions);
    e.self = {text_at(j, "conversation", "id"), text_at(j, "id")};
    // Among others we answer to our name only, whatever a tenant lets us hear. (A webhook hears nothing else.)
    if (mentions.empty() && !personal(j) && !text_at(j, "recipient", "id").empty())
        return;
    e.kind = !mentions.empty() || !personal(j) ? chat::event_kind::command : chat::event_kind::message;
    e.business_key = "teams|" + e.from.tenant + "|" + e.id;
}

void read_update(const dom::element& j, activity& out) {
    auto& e = out.event;
    const auto what = text_at(j, "channelData", "eventType");
    const chat::message_ref message{text_at(j, "conversation", "id"), text_at(j, "id")};
    const bool deleted = text_at(j, "type") == "messageDelete";
    if (!deleted && !what.empty() && what != "editMessage" && what != "undeleteMessage")
        return;
    // What was understood from the message is found again by the key that the message had.
    e.business_key = "teams|" + e.from.tenant + "|" + e.id;
    // An edit carries the id of the message it edits; its own moment makes it an event of its own.
    e.id = (deleted ? "deleted|" : "edited|") + e.id + "|" + text_at(j, "timestamp");
    e.about = message;
    e.kind = deleted ? chat::event_kind::deleted : chat::event_kind::edited;
    if (!deleted)
        e.text = spoken_words(text_at(j, "text"), bot_mentions(j));
}

void read_invoke(const dom::element& j, activity& out) {
    auto& e = out.event;
    const auto name = text_at(j, "name");
    const auto value = child(j, "value");
    out.wants_effect = true;
    e.trigger = name;
    if (name == card_action) {
        const auto action = value ? child(*value, "action") : std::nullopt;
        if (action) {
            e.action = text_at(*action, "verb");
            if (const auto data = child(*action, "data"))
                read_data(*data, e);
        }
        become_action(e);
        // Also the refreshes that some tenants send uninvited: a client never asks again after an error.
        if (e.action.empty() || e.action == refresh_verb || text_at(*value, "trigger") == "automatic")
            e.kind = chat::event_kind::card_wanted;
    } else if (name == dialog_fetch || name == dialog_submit) {
        if (const auto data = value ? child(*value, "data") : std::nullopt)
            read_data(*data, e);
        if (name == dialog_submit)
            return become_form(e);
        become_action(e);
        e.kind = chat::event_kind::form_wanted;
    } else {
        out.wants_effect = false;
        out.unknown_invoke = true;
    }
}

void read_membership(const dom::element& j, activity& out) {
    auto& e = out.event;
    const auto type = text_at(j, "type");
    const auto action = text_at(j, "action");
    const bool installs = type == "installationUpdate";
    const bool comes = installs ? action.starts_with("add") : names_bot(j, "membersAdded");
    // "remove-upgrade" is followed by its "add-upgrade": the person stays reachable.
    const bool goes = installs ? action == "remove" : names_bot(j, "membersRemoved");
    if (e.from.user.empty() || (!comes && !goes) || (goes && !personal(j)))
        return;
    e.kind = comes ? chat::event_kind::reached : chat::event_kind::gone;
    e.about = {};
    e.business_key = "teams|" + e.from.tenant + "|" + e.id + (comes ? "|reached" : "|gone");
}

// Our own echo, or another bot's word.
bool said_by_a_bot(const dom::element& j) {
    const auto from = text_at(j, "from", "id");
    return from.starts_with("28:") || text_at(j, "from", "role") == "bot" ||
           (!from.empty() && from == text_at(j, "recipient", "id"));
}

void strip_all(std::string& text, std::string_view part) {
    if (part.empty())
        return;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at))
        text.replace(at, part.size(), " ");
}

void replace_all(std::string& text, std::string_view part, std::string_view by) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size()))
        text.replace(at, part.size(), by);
}

std::string trimmed(const std::string& s) {
    const auto from = s.find_first_not_of(" \t\r\n");
    return from == std::string::npos ? std::string{} : s.substr(from, s.find_last_not_of(" \t\r\n") + 1 - from);
}

} // namespace

std::string to_json(const route& r) {
    return "{\"service_url\":" + json_string(r.service_url) + ",\"user\":" + json_string(r.user) +
           ",\"bot\":" + json_string(r.bot) + "}";
}

std::optional<route> route_from_json(std::string_view text) {
    dom::parser parser;
    dom::element j;
    if (parser.parse(text.data(), text.size()).get(j) != simdjson::SUCCESS || !j.is_object())
        return std::nullopt;
    return route{text_at(j, "service_url"), text_at(j, "user"), text_at(j, "bot")};
}

std::string spoken_words(std::string_view raw, const std::vector<std::string>& bot_mentions) {
    std::string out(raw);
    for (const auto& m : bot_mentions)
        strip_all(out, m);
    replace_all(out, "<at>", "");
    replace_all(out, "</at>", "");
    replace_all(out, "\u00a0", " ");
    constexpr std::array<std::array<std::string_view, 2>, 6> entities{
        {{"&nbsp;", " "}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}};
    for (const auto& [name, character] : entities)
        replace_all(out, name, character);
    return trimmed(out);
}

std::optional<activity> read_activity(std::string_view body) {
    if (body.size() > longest_body)
        return std::nullopt;
    thread_local dom::parser parser;
    dom::element j;
    if (parser.parse(body.data(), body.size()).get(j) != simdjson::SUCCESS || !j.is_object())
        return std::nullopt;
    activity out;
    const auto type = text_at(j, "type");
    out.facts.channel = text_at(j, "channelId");
    out.facts.service_url = text_at(j, "serviceUrl");
    out.facts.tenant = text_at(j, "conversation", "tenantId");
    if (const auto data = child(j, "channelData"))
        out.facts.channel_tenant = text_at(*data, "tenant", "id");
    if (type.empty())
        return std::nullopt;
    read_sender(j, out);
    if (type == "message")
        read_message(j, out);
    else if (type == "invoke")
        read_invoke(j, out);
    else if (type == "conversationUpdate" || type == "installationUpdate")
        read_membership(j, out);
    else if (type == "messageUpdate" || type == "messageDelete")
        read_update(j, out);
    if (out.event.from.user.empty() || said_by_a_bot(j)) { // nobody we could know: other bots, guests of a meeting
        out.event.kind = chat::event_kind::nothing;
        out.wants_effect = false;
    }
    return out;
}

} // namespace whynow::adapters::teams
