// The port between the working day and a chat platform: events that come in, messages that go out. One adapter per
// platform implements it (adapters/slack, teams, console); the working day knows only this.
#pragma once

#include "chat/allowance.hpp"
#include "domain/cards/message.hpp"
#include "domain/core/id.hpp"
#include "domain/core/time.hpp"
#include "http/message.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace whynow::chat {

using domain::instant;

// Where a person can be reached, as the platform names it. For Slack: tenant = team id, user = U…, conversation = D….
// For Teams: tenant = tenant id, user = Entra object id, conversation = a:…, route = serviceUrl and the 29:… id as
// JSON. For the console: user = the rep's e-mail.
struct address {
    std::string platform; // "slack", "teams", "console"
    std::string tenant;
    std::string user;
    std::string conversation; // empty: the adapter opens it and returns it in `sent`
    std::string route;        // whatever else the adapter needs, opaque to everybody else
    friend bool operator==(const address&, const address&) = default;
};

// A message that stands on the platform.
struct message_ref {
    std::string conversation;
    std::string id; // Slack ts, Teams activity id
    friend bool operator==(const message_ref&, const message_ref&) = default;
};

enum class event_kind {
    message, // free text by a person
    edited,  // the text of an earlier message changed; `text` is the new one, `about` the edited message
    deleted,
    action,         // a button: `action`, `value`; fields hold inputs of the card, if any
    form_wanted,    // a button that must open a dialog: `action`, `value`
    form_submitted, // `form`, `context`, `fields`
    card_wanted,    // the platform asks how the message in `about` stands now; answered in reply::replace
    command,        // slash command or @mention: `text` is what follows the name
    reached,        // first contact, app installed, reference refreshed: store `from`
    gone,           // app uninstalled, user blocked us: stop sending to `from` (or the whole tenant when user is empty)
    home_opened,    // a page of the platform that shows today's brief
    nothing,        // understood and of no interest
};
std::string_view to_string(event_kind kind);

struct chat_event {
    event_kind kind = event_kind::nothing;
    std::string id;           // the platform's own, first filter against repeats; empty where it has none
    std::string business_key; // second filter: same person, message, action and value = same event, whatever the id
    address from;
    std::string sender_name;
    std::string zone;  // the sender's IANA zone where the platform tells it
    instant at{};      // when the person acted, by the platform's word
    message_ref about; // the message that was clicked, replied to or edited
    message_ref self;  // the message that this event is (free text)
    std::string text;  // free text, unescaped, mentions of the bot stripped
    std::string action;
    std::string value;
    std::string form;
    std::string context;
    std::map<std::string, std::string> fields;
    std::string trigger;    // Slack: trigger_id for a dialog
    std::string respond_to; // Slack: response_url
    bool in_place = false;  // only the answer itself can say anything (Outgoing Webhook); not kept in the inbox row
};

// One event as a line of JSON for the inbox row, and back; round trip is exact.
std::string to_json(const chat_event& e);
std::optional<chat_event> chat_event_from_json(std::string_view json);
// The same for what waits in the outbox.
std::string to_json(const domain::cards::message& m);
std::optional<domain::cards::message> message_from_json(std::string_view json);
std::string to_json(const address& a);
std::optional<address> address_from_json(std::string_view json);

// What the working day answers at once to an event, where the platform can show it.
struct reply {
    std::optional<domain::cards::message> replace; // the clicked card, as it stands now
    std::optional<domain::cards::form> open;       // a dialog to open
    std::map<std::string, std::string> errors;     // of a submitted form, by field id: the dialog stays open
    std::string toast;                             // one line, only for the one who clicked
};

// What came in over HTTP, verified and read.
struct inbound {
    // Set: answer this at once, nothing happened (bad signature, challenge, rubbish, ssl check).
    std::optional<http::response> refuse;
    std::vector<chat_event> events;
    // true: the answer to the platform needs the effect (a Teams invoke, a Slack dialog submission);
    // false: answer as soon as the inbox row is durable.
    bool wants_effect = false;
};

// What became of a send. The kinds decide what the outbox may do next.
struct sent {
    message_ref at;
    address to;
}; // `to` with the conversation filled in
struct retry_later {
    std::chrono::seconds after{0};
    std::string why;
    bool whole_tenant = false;
}; // refused before any effect (429)
struct not_sent {
    std::string why;
}; // nothing reached the peer: safe to repeat
struct ambiguous {
    std::string why;
}; // no answer seen: may stand there or not
struct rejected {
    std::string why;
    bool person_gone = false;
    bool tenant_gone = false;
}; // permanent for this message / person / tenant
using send_result = std::variant<sent, retry_later, not_sent, ambiguous, rejected>;

struct outgoing {
    enum class operation { post, update, whisper }; // whisper: visible to one person only, never stored
    outgoing::operation what = operation::post;
    std::string key; // own id, the same at every try of this message ("outbox:17")
    address to;
    message_ref target; // update: the message; post: the thread it belongs to, if any
    domain::cards::message body;
    bool loud = false;    // deserves the platform's strongest notification
    bool changes = false; // stands for something that changes: the platform may ask for it again (card_wanted)
};

// Lookup of an ambiguous post.
struct found {
    message_ref at;
};
struct absent {};
struct cannot_tell {
    std::string why;
};
using find_result = std::variant<found, absent, cannot_tell>;

struct limits {
    std::chrono::milliseconds per_conversation{1000}; // least distance of two posts to one conversation
    double per_second = 1.0;                          // of the whole tenant
    std::vector<allowance> in_conversation = {};      // of posts to one conversation, besides the distance
};

class adapter {
  public:
    virtual ~adapter() = default;
    virtual std::string_view platform() const = 0;
    virtual chat::limits limits() const = 0;
    // Verifies on the raw bytes, then reads. `now` is the daemon's clock. Never throws for what strangers send.
    virtual boost::asio::awaitable<inbound> receive(const http::request& what, instant now) = 0;
    // The HTTP answer after the commit (no effect wanted: `r` is empty) or with the effect.
    virtual http::response answer(const chat_event& e, const reply& r) = 0;
    virtual boost::asio::awaitable<send_result> send(const outgoing& what) = 0;
    // Did a post with this key arrive? `since` is when it was first tried.
    virtual boost::asio::awaitable<find_result> find(const outgoing& what, instant since) = 0;
    // Opens a dialog outside an HTTP answer (Slack). Platforms that answer in place return not_sent.
    virtual boost::asio::awaitable<send_result> open_form(const chat_event& e, const domain::cards::form& f) = 0;
};

} // namespace whynow::chat
