#include "adapters/slack/inbound.hpp"

#include "adapters/slack/json_reader.hpp"
#include "adapters/slack/readers.hpp"
#include "domain/text/utf8.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <map>

namespace whynow::slack {

namespace reader {

domain::instant instant_of(std::string_view ts, domain::instant otherwise) {
    long long seconds = 0;
    const auto [end, error] = std::from_chars(ts.data(), ts.data() + ts.size(), seconds);
    if (error != std::errc{} || seconds <= 0 || seconds > 99'999'999'999)
        return otherwise;
    return domain::instant{std::chrono::seconds{seconds}};
}

std::string joined_key(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const auto part : parts) {
        if (!out.empty())
            out += '|';
        out += part;
    }
    return out;
}

} // namespace reader

namespace {

constexpr std::array<signed char, 256> make_hex() {
    std::array<signed char, 256> out{};
    out.fill(-1);
    for (int i = 0; i < 10; ++i)
        out[static_cast<std::size_t>('0' + i)] = static_cast<signed char>(i);
    for (int i = 0; i < 6; ++i) {
        out[static_cast<std::size_t>('a' + i)] = static_cast<signed char>(10 + i);
        out[static_cast<std::size_t>('A' + i)] = static_cast<signed char>(10 + i);
    }
    return out;
}
constexpr auto hex = make_hex();

constexpr std::uint64_t eight(char c) { return 0x0101010101010101ULL * static_cast<unsigned char>(c); }
// The lowest bit set belongs to the first byte that is zero; bits above it may be wrong.
constexpr std::uint64_t zero_bytes(std::uint64_t x) { return (x - eight(1)) & ~x & eight(static_cast<char>(0x80)); }

// How many of the eight bytes at `in` stand for themselves; all eight are copied.
std::size_t copy_plain(const char* in, char* out) {
    std::uint64_t word = 0;
    std::memcpy(&word, in, sizeof word);
    std::memcpy(out, &word, sizeof word);
    if constexpr (std::endian::native == std::endian::big)
        return 0;
    const auto found = zero_bytes(word ^ eight('%')) | zero_bytes(word ^ eight('+'));
    return found ? static_cast<std::size_t>(std::countr_zero(found)) / 8 : 8;
}

// Decodes into `to`, which has room for text.size() + 8 bytes; gives the length. Bad escapes stay. A click arrives
// with an escape every few bytes: going from escape to escape spares one wrong guess of the processor for each.
std::size_t decode_form_value(std::string_view text, char* to) {
    const char* in = text.data();
    const char* const end = in + text.size();
    char* out = to;
    while (in != end) {
        if (end - in >= 8) {
            const auto plain = copy_plain(in, out);
            in += plain;
            out += plain;
            if (plain == 8)
                continue;
        }
        const char c = *in++;
        if (c == '%' && end - in >= 2) {
            const int high = hex[static_cast<unsigned char>(in[0])];
            const int low = hex[static_cast<unsigned char>(in[1])];
            if ((high | low) >= 0) {
                *out++ = static_cast<char>(high * 16 + low);
                in += 2;
                continue;
            }
        }
        *out++ = c == '+' ? ' ' : c;
    }
    return static_cast<std::size_t>(out - to);
}

// The undecoded value of a form field; false when there is none. Field names need no decoding here.
bool form_value(std::string_view body, std::string_view name, std::string_view& out) {
    while (!body.empty()) {
        const auto amp = body.find('&');
        const auto pair = body.substr(0, amp);
        if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=') {
            out = pair.substr(name.size() + 1);
            return true;
        }
        if (amp == std::string_view::npos)
            return false;
        body.remove_prefix(amp + 1);
    }
    return false;
}

std::string form_text(std::string_view body, std::string_view name) {
    std::string_view raw;
    if (!form_value(body, name, raw))
        return {};
    std::string out(raw.size() + 8, '\0');
    out.resize(decode_form_value(raw, out.data()));
    return domain::text::valid_utf8(out) ? out : domain::text::repaired_utf8(out);
}

reader::document& this_threads_document() {
    thread_local reader::document json;
    return json;
}

using read_function = reader::outcome (*)(reader::document&, std::size_t, const reader::circumstances&, reading&);

reading read_json(std::size_t size, read_function read, const reader::circumstances& c) {
    auto& json = this_threads_document();
    reading out;
    auto became = read(json, size, c, out);
    if (became == reader::outcome::bad_utf8) {
        const auto repaired = domain::text::repaired_utf8(json.view(size));
        json.assign(repaired);
        out = {};
        became = read(json, repaired.size(), c, out);
    }
    if (became != reader::outcome::good) {
        out = {};
        out.what = reading::kind::rubbish;
    }
    return out;
}

// `text_of` gives a field of the command by its name, empty where there is none.
template <class TextOf>
reading read_command(const TextOf& text_of, const reader::circumstances& c) {
    reading out;
    chat::chat_event e;
    e.kind = chat::event_kind::command;
    const auto enterprise = text_of("enterprise_id");
    const bool whole_enterprise = text_of("is_enterprise_install") == "true" && !enterprise.empty();
    e.from = {
        "slack", whole_enterprise ? enterprise : text_of("team_id"), text_of("user_id"), text_of("channel_id"), {}};
    if (e.from.user.empty() || e.from.tenant.empty()) {
        out.what = reading::kind::rubbish;
        return out;
    }
    e.sender_name = text_of("user_name");
    e.text = typed_text(text_of("text"), c.bot_user);
    e.trigger = text_of("trigger_id");
    e.respond_to = text_of("response_url");
    // A command may be given in a channel where we are no member: the only way to answer there is this address.
    if (!e.from.conversation.starts_with('D'))
        e.from.route = e.respond_to;
    e.id = e.trigger;
    e.at = c.sent_at;
    e.business_key = reader::joined_key({"slack", e.from.tenant, e.from.user, "command", e.trigger});
    out.what = reading::kind::events;
    out.events.push_back(std::move(e));
    return out;
}

// Over a socket the fields of a command are members of an object; some are no texts (is_enterprise_install).
reader::outcome read_command_object(reader::document& json, std::size_t size, const reader::circumstances& c,
                                    reading& out) {
    reader::od::object root;
    if (const auto e = json.parse(size, root))
        return e == simdjson::UTF8_ERROR ? reader::outcome::bad_utf8 : reader::outcome::broken;
    std::map<std::string, std::string, std::less<>> fields;
    const bool whole = reader::each_member(root, [&](std::string_view k, reader::od::value& v) {
        bool flag = false;
        auto& field = fields[std::string(k)];
        if (!reader::read_text(v, field) || !reader::read_flag(v, flag))
            return false;
        if (flag)
            field = "true";
        return true;
    });
    if (!whole)
        return reader::outcome::broken;
    out = read_command(
        [&](std::string_view name) {
            const auto found = fields.find(name);
            return found == fields.end() ? std::string{} : found->second;
        },
        c);
    return reader::outcome::good;
}

} // namespace

bool is_ssl_check(std::string_view body) {
    std::string_view value;
    return !body.starts_with('{') && form_value(body, "ssl_check", value) && value == "1";
}

reading read_body(std::string_view body, std::string_view bot_user, domain::instant sent_at) {
    const reader::circumstances c{bot_user, sent_at};
    auto& json = this_threads_document();
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && body[first] == '{') {
        json.assign(body);
        return read_json(body.size(), reader::read_event_callback, c);
    }
    std::string_view payload;
    if (form_value(body, "payload", payload)) {
        const auto size = decode_form_value(payload, json.room(payload.size()));
        return read_json(size, reader::read_interaction, c);
    }
    std::string_view command;
    if (form_value(body, "command", command))
        return read_command([body](std::string_view name) { return form_text(body, name); }, c);
    reading out;
    out.what = reading::kind::rubbish;
    return out;
}

reading read_envelope(std::string_view type, std::string_view payload, std::string_view bot_user,
                      domain::instant sent_at) {
    const reader::circumstances c{bot_user, sent_at};
    const read_function how = type == "events_api"       ? reader::read_event_callback
                              : type == "interactive"    ? reader::read_interaction
                              : type == "slash_commands" ? read_command_object
                                                         : nullptr;
    reading out;
    out.note = type;
    if (!how)
        return out;
    auto& json = this_threads_document();
    json.assign(payload);
    return read_json(payload.size(), how, c);
}

action_name read_action_id(std::string_view id) {
    action_name out;
    out.link = id.starts_with("link:");
    out.opens_form = id.starts_with("form:");
    if (out.link || out.opens_form)
        id.remove_prefix(5);
    out.action = id.substr(0, id.find('#'));
    return out;
}

std::string make_action_id(std::string_view action, bool opens_form, int repeat) {
    std::string out = opens_form ? "form:" : "";
    out += domain::text::shortened(action, 200, "");
    if (repeat > 1) {
        out += '#';
        out += std::to_string(repeat);
    }
    return out;
}

} // namespace whynow::slack
