#include "adapters/slack/forms.hpp"
#include "adapters/slack/json_reader.hpp"
#include "adapters/slack/readers.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace whynow::slack::reader {

namespace {

struct raw_action {
    std::string id, value, selected, ts, url;
};

struct raw_interaction {
    std::string type, team, enterprise, user, user_name, trigger, response_url;
    std::string channel, container_type, container_ts, container_channel, container_view, thread_ts;
    bool enterprise_install = false;
    std::vector<raw_action> actions;
    std::string state; // the JSON of state.values as it came
    std::string view_id, callback_id, private_metadata, view_type, view_state;
};

bool read_id(od::value& value, std::string& out) {
    return each_member(value, [&](std::string_view k, od::value& v) { return k != "id" || read_text(v, out); });
}

// The JSON of the `values` inside a `state`, unless there is nothing in it.
bool read_state(od::value& value, std::string& out) {
    return each_member(value, [&](std::string_view k, od::value& v) {
        if (k != "values")
            return true;
        od::object values;
        if (v.get_object().get(values))
            return true;
        std::string_view json;
        if (values.raw_json().get(json))
            return false;
        if (json.find('"') != std::string_view::npos)
            out.assign(json);
        return true;
    });
}

bool read_container(od::value& value, raw_interaction& r) {
    return each_member(value, [&](std::string_view k, od::value& v) {
        if (k == "type")
            return read_text(v, r.container_type);
        if (k == "message_ts")
            return read_text(v, r.container_ts);
        if (k == "channel_id")
            return read_text(v, r.container_channel);
        if (k == "view_id")
            return read_text(v, r.container_view);
        return k != "thread_ts" || read_text(v, r.thread_ts);
    });
}

bool read_action(od::value& value, raw_action& a) {
    return each_member(value, [&](std::string_view k, od::value& v) {
        if (k == "action_id")
            return read_text(v, a.id);
        if (k == "value")
            return read_text(v, a.value);
        if (k == "action_ts")
            return read_text(v, a.ts);
        if (k == "url")
            return read_text(v, a.url);
        if (k == "selected_option")
            return each_member(
                v, [&](std::string_view kk, od::value& vv) { return kk != "value" || read_text(vv, a.selected); });
        return true;
    });
}

bool read_actions(od::value& value, raw_interaction& r) {
    od::array list;
    if (value.get_array().get(list))
        return true;
    for (auto item : list) {
        od::value one;
        if (std::move(item).get(one) || !read_action(one, r.actions.emplace_back()))
            return false;
    }
    return true;
}

bool read_user(od::value& value, raw_interaction& r) {
    return each_member(value, [&](std::string_view k, od::value& v) {
        if (k == "id")
            return read_text(v, r.user);
        return (k != "name" && (k != "username" || !r.user_name.empty())) || read_text(v, r.user_name);
    });
}

bool read_view(od::value& value, raw_interaction& r) {
    return each_member(value, [&](std::string_view k, od::value& v) {
        if (k == "id")
            return read_text(v, r.view_id);
        if (k == "type")
            return read_text(v, r.view_type);
        if (k == "callback_id")
            return read_text(v, r.callback_id);
        if (k == "private_metadata")
            return read_text(v, r.private_metadata);
        return k != "state" || read_state(v, r.view_state);
    });
}

bool read_root(od::object& root, raw_interaction& r) {
    return each_member(root, [&](std::string_view k, od::value& v) {
        if (k == "type")
            return read_text(v, r.type);
        if (k == "team")
            return read_id(v, r.team);
        if (k == "enterprise")
            return read_id(v, r.enterprise);
        if (k == "is_enterprise_install")
            return read_flag(v, r.enterprise_install);
        if (k == "user")
            return read_user(v, r);
        if (k == "trigger_id")
            return read_text(v, r.trigger);
        if (k == "response_url")
            return read_text(v, r.response_url);
        if (k == "channel")
            return read_id(v, r.channel);
        if (k == "container")
            return read_container(v, r);
        if (k == "actions")
            return read_actions(v, r);
        if (k == "state")
            return read_state(v, r.state);
        if (k == "view")
            return read_view(v, r);
        return true;
    });
}

chat::chat_event base_of(const raw_interaction& r, const circumstances& c) {
    chat::chat_event e;
    e.id = r.trigger;
    const auto& tenant = r.enterprise_install && !r.enterprise.empty() ? r.enterprise : r.team;
    e.from = {"slack", tenant, r.user, r.channel.empty() ? r.container_channel : r.channel, {}};
    e.sender_name = r.user_name;
    e.at = c.sent_at;
    e.trigger = r.trigger;
    e.respond_to = r.response_url;
    return e;
}

void read_clicks(const raw_interaction& r, const circumstances& c, reading& out) {
    for (const auto& a : r.actions) {
        const auto name = read_action_id(a.id);
        if (name.link || !a.url.empty()) {
            out.note = "link_button";
            continue;
        }
        auto e = base_of(r, c);
        e.kind = name.opens_form ? chat::event_kind::form_wanted : chat::event_kind::action;
        e.action = name.action;
        e.value = a.value.empty() ? a.selected : a.value;
        e.at = instant_of(a.ts, c.sent_at);
        if (r.container_type == "view")
            e.about = {"home", r.container_view};
        else
            e.about = {r.container_channel.empty() ? r.channel : r.container_channel, r.container_ts};
        if (!r.state.empty())
            e.fields = read_values(r.state);
        e.business_key = joined_key({"slack", e.from.tenant, r.user, e.about.id, e.action, e.value});
        out.events.push_back(std::move(e));
    }
    if (!out.events.empty())
        out.what = reading::kind::events;
}

// A dialog that came back with errors is sent again with other values from the same view: the values are in the key.
std::string digest_of(const std::map<std::string, std::string>& fields) {
    std::uint64_t h = 14695981039346656037ULL;
    const auto mix = [&h](std::string_view text) {
        for (const char c : text)
            h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        h = (h ^ 0xffU) * 1099511628211ULL;
    };
    for (const auto& [id, value] : fields) {
        mix(id);
        mix(value);
    }
    return fmt::format("{:016x}", h);
}

void read_submission(const raw_interaction& r, const circumstances& c, reading& out) {
    auto e = base_of(r, c);
    e.kind = chat::event_kind::form_submitted;
    e.form = r.callback_id;
    const auto origin = read_private_metadata(r.private_metadata);
    e.context = origin.context;
    e.about = origin.about;
    if (e.from.conversation.empty() && origin.about.conversation != "home")
        e.from.conversation = origin.about.conversation;
    if (!r.view_state.empty())
        e.fields = read_values(r.view_state);
    e.business_key = joined_key({"slack", e.from.tenant, r.user, "view", r.view_id, digest_of(e.fields)});
    out.what = reading::kind::events;
    out.wants_effect = true;
    out.events.push_back(std::move(e));
}

} // namespace

outcome read_interaction(document& json, std::size_t size, const circumstances& c, reading& out) {
    od::object root;
    if (const auto e = json.parse(size, root))
        return e == simdjson::UTF8_ERROR ? outcome::bad_utf8 : outcome::broken;
    raw_interaction r;
    if (!read_root(root, r) || r.type.empty())
        return outcome::broken;
    out.note = r.type;
    if (r.type != "block_actions" && r.type != "view_submission")
        return outcome::good;
    if (r.user.empty() || (r.team.empty() && r.enterprise.empty()))
        return outcome::broken;
    if (r.type == "block_actions")
        read_clicks(r, c, out);
    else
        read_submission(r, c, out);
    return outcome::good;
}

} // namespace whynow::slack::reader
