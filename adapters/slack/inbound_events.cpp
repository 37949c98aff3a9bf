#include "adapters/slack/json_reader.hpp"
#include "adapters/slack/readers.hpp"

#include <optional>

namespace whynow::slack::reader {

namespace {

// A message as it stands in an event, or inside message_changed as `message` and `previous_message`.
struct raw_message {
    std::string user, text, ts, thread_ts, subtype, bot_id, edited_by, edited_at;
};

struct raw_event {
    raw_message own; // the event's own fields
    raw_message message;
    raw_message previous;
    bool has_previous = false;
    std::string type, channel, channel_type, deleted_ts, tab, event_ts;
    std::string changed_user; // user_change: the user object's id
    bool user_deleted = false;
    bool bot_tokens = false; // tokens_revoked: at least one of them is the bot's
};

struct raw_envelope {
    raw_event event;
    std::string type, challenge, team, context_team, event_id;
    std::string authorized_team, authorized_enterprise, authorized_user;
    bool authorized_bot = false;
    bool enterprise_install = false;
    long long event_time = 0;
};

bool read_message_member(std::string_view key, od::value& value, raw_message& m) {
    if (key == "user")
        return read_text(value, m.user);
    if (key == "text")
        return read_text(value, m.text);
    if (key == "ts")
        return read_text(value, m.ts);
    if (key == "thread_ts")
        return read_text(value, m.thread_ts);
    if (key == "subtype")
        return read_text(value, m.subtype);
    if (key == "bot_id")
        return read_text(value, m.bot_id);
    if (key == "edited")
        return each_member(value, [&](std::string_view k, od::value& v) {
            return k == "user" ? read_text(v, m.edited_by) : k != "ts" || read_text(v, m.edited_at);
        });
    return true;
}

bool read_message(od::value& value, raw_message& m) {
    return each_member(value, [&](std::string_view k, od::value& v) { return read_message_member(k, v, m); });
}

// user_change carries an object where the others carry an id.
bool read_changed_user(od::value& value, raw_event& e) {
    od::json_type type;
    if (value.type().get(type))
        return false;
    if (type != od::json_type::object)
        return read_text(value, e.own.user);
    return each_member(value, [&](std::string_view k, od::value& v) {
        return k == "id" ? read_text(v, e.changed_user) : k != "deleted" || read_flag(v, e.user_deleted);
    });
}

bool read_revoked(od::value& value, raw_event& e) {
    return each_member(value, [&](std::string_view k, od::value& v) {
        if (k != "bot")
            return true;
        od::array list;
        if (v.get_array().get(list))
            return true;
        bool empty = true;
        if (list.is_empty().get(empty))
            return false;
        e.bot_tokens = !empty;
        return true;
    });
}

bool read_event(od::value& value, raw_event& e) {
    return each_member(value, [&](std::string_view k, od::value& v) {
        if (k == "type")
            return read_text(v, e.type);
        if (k == "channel")
            return read_text(v, e.channel);
        if (k == "channel_type")
            return read_text(v, e.channel_type);
        if (k == "event_ts")
            return read_text(v, e.event_ts);
        if (k == "deleted_ts")
            return read_text(v, e.deleted_ts);
        if (k == "tab")
            return read_text(v, e.tab);
        if (k == "user")
            return read_changed_user(v, e);
        if (k == "tokens")
            return read_revoked(v, e);
        if (k == "message")
            return read_message(v, e.message);
        if (k == "previous_message")
            return e.has_previous = true, read_message(v, e.previous);
        return read_message_member(k, v, e.own);
    });
}

bool read_authorization(od::value& value, raw_envelope& e) {
    od::array list;
    if (value.get_array().get(list))
        return true; // null or absent in some events
    for (auto item : list) {
        od::value first;
        if (std::move(item).get(first))
            return false;
        return each_member(first, [&](std::string_view k, od::value& v) {
            if (k == "team_id")
                return read_text(v, e.authorized_team);
            if (k == "enterprise_id")
                return read_text(v, e.authorized_enterprise);
            if (k == "user_id")
                return read_text(v, e.authorized_user);
            if (k == "is_bot")
                return read_flag(v, e.authorized_bot);
            return k != "is_enterprise_install" || read_flag(v, e.enterprise_install);
        });
    }
    return true;
}

bool read_envelope(od::object& root, raw_envelope& e) {
    return each_member(root, [&](std::string_view k, od::value& v) {
        if (k == "type")
            return read_text(v, e.type);
        if (k == "challenge")
            return read_text(v, e.challenge);
        if (k == "team_id")
            return read_text(v, e.team);
        if (k == "context_team_id")
            return read_text(v, e.context_team);
        if (k == "event_id")
            return read_text(v, e.event_id);
        if (k == "event_time")
            return read_number(v, e.event_time);
        if (k == "authorizations")
            return read_authorization(v, e);
        if (k == "event")
            return read_event(v, e.event);
        return true;
    });
}

std::string tenant_of(const raw_envelope& e) {
    if (e.enterprise_install && !e.authorized_enterprise.empty())
        return e.authorized_enterprise;
    if (!e.authorized_team.empty())
        return e.authorized_team;
    return !e.team.empty() ? e.team : e.context_team;
}

// One envelope at its turn into an event; the members keep what all kinds need.
class interpreter {
  public:
    interpreter(raw_envelope& e, const circumstances& c) : raw_(e.event) {
        bot_ = e.authorized_bot && !e.authorized_user.empty() ? std::string_view(e.authorized_user) : c.bot_user;
        base_.id = e.event_id;
        base_.from = {"slack", tenant_of(e), {}, raw_.channel, {}};
        base_.at = e.event_time > 0 ? domain::instant{std::chrono::seconds{e.event_time}} : c.sent_at;
    }

    reading read() {
        if (raw_.type == "message")
            return message();
        if (raw_.type == "app_mention")
            return mention();
        if (raw_.type == "app_home_opened")
            return raw_.tab == "messages" ? nothing("messages_tab") : person(chat::event_kind::home_opened);
        if (raw_.type == "app_uninstalled")
            return everybody_gone();
        if (raw_.type == "tokens_revoked")
            return raw_.bot_tokens ? everybody_gone() : nothing("user_tokens_revoked");
        if (raw_.type == "user_change" && raw_.user_deleted) {
            raw_.own.user = raw_.changed_user;
            return person(chat::event_kind::gone);
        }
        return nothing(raw_.type);
    }

  private:
    static reading nothing(std::string_view why) {
        reading r;
        r.note = why;
        return r;
    }
    reading one(chat::chat_event e) {
        reading r;
        r.what = reading::kind::events;
        r.events.push_back(std::move(e));
        return r;
    }
    bool human(const raw_message& m) const {
        return m.bot_id.empty() && !m.user.empty() && m.user != bot_ && m.user != "USLACKBOT";
    }
    // Free text in a channel is the channel's own talk; only replies in a thread may be meant for us.
    bool talk_of_others(const raw_message& m) const {
        return raw_.channel_type != "im" && !raw_.channel.starts_with('D') &&
               (m.thread_ts.empty() || m.thread_ts == m.ts);
    }

    reading message() {
        const auto& subtype = raw_.own.subtype;
        if (subtype == "message_changed")
            return changed();
        if (subtype == "message_deleted")
            return deleted(raw_.deleted_ts, raw_.previous);
        if (!subtype.empty() && subtype != "thread_broadcast" && subtype != "file_share")
            return nothing(subtype);
        auto& m = raw_.own;
        if (!human(m))
            return nothing("bot_message");
        if (talk_of_others(m))
            return nothing("channel_talk");
        return one(free_text(chat::event_kind::message, m));
    }

    reading mention() {
        if (!human(raw_.own))
            return nothing("bot_message");
        return one(free_text(chat::event_kind::command, raw_.own));
    }

    chat::chat_event free_text(chat::event_kind kind, const raw_message& m) {
        auto e = base_;
        e.kind = kind;
        e.from.user = m.user;
        e.at = instant_of(m.ts, base_.at);
        e.self = {raw_.channel, m.ts};
        if (!m.thread_ts.empty() && m.thread_ts != m.ts)
            e.about = {raw_.channel, m.thread_ts};
        e.text = typed_text(m.text, bot_);
        e.business_key = joined_key({"slack", e.from.tenant, raw_.channel, m.ts});
        return e;
    }

    reading changed() {
        auto& m = raw_.message;
        if (m.subtype == "tombstone")
            return deleted(m.ts, raw_.previous);
        if (!human(m) || m.edited_by.empty() || m.edited_by == bot_)
            return nothing("own_or_machine_edit");
        if (raw_.has_previous && raw_.previous.text == m.text)
            return nothing("unfurl");
        if (talk_of_others(m))
            return nothing("channel_talk");
        auto e = free_text(chat::event_kind::edited, m);
        e.about = e.self;
        e.at = instant_of(m.edited_at, base_.at);
        e.business_key += '|';
        e.business_key += m.edited_at;
        return one(std::move(e));
    }

    reading deleted(const std::string& ts, const raw_message& before) {
        if (raw_.has_previous && !human(before))
            return nothing("own_deletion");
        if (talk_of_others(before))
            return nothing("channel_talk");
        auto e = base_;
        e.kind = chat::event_kind::deleted;
        e.from.user = before.user;
        e.about = {raw_.channel, ts};
        e.business_key = joined_key({"slack", e.from.tenant, raw_.channel, ts, "deleted"});
        return one(std::move(e));
    }

    reading person(chat::event_kind kind) {
        auto e = base_;
        e.kind = kind;
        e.from.user = raw_.own.user;
        if (e.from.user.empty())
            return nothing("no_user");
        e.business_key = joined_key({"slack", e.from.tenant, e.from.user, raw_.type, raw_.event_ts});
        return one(std::move(e));
    }

    reading everybody_gone() {
        auto e = base_;
        e.kind = chat::event_kind::gone;
        e.from.conversation.clear();
        e.business_key = joined_key({"slack", e.from.tenant, "gone", std::to_string(e.at.time_since_epoch().count())});
        return one(std::move(e));
    }

    raw_event& raw_;
    std::string_view bot_;
    chat::chat_event base_;
};

} // namespace

outcome read_event_callback(document& json, std::size_t size, const circumstances& c, reading& out) {
    od::object root;
    if (const auto e = json.parse(size, root))
        return e == simdjson::UTF8_ERROR ? outcome::bad_utf8 : outcome::broken;
    raw_envelope e;
    if (!read_envelope(root, e))
        return outcome::broken;
    if (e.type == "url_verification") {
        out.what = e.challenge.empty() || e.challenge.size() > 1024 ? reading::kind::rubbish : reading::kind::challenge;
        out.challenge = e.challenge;
        return outcome::good;
    }
    if (e.type == "event_callback") {
        if (e.event.type.empty() || tenant_of(e).empty())
            return outcome::broken;
        out = interpreter(e, c).read();
        return outcome::good;
    }
    out.note = e.type;
    return e.type.empty() ? outcome::broken : outcome::good;
}

} // namespace whynow::slack::reader
