#include "adapters/slack/socket_frames.hpp"

#include "adapters/slack/json_reader.hpp"

#include <nlohmann/json.hpp>

namespace whynow::slack {

namespace {

using reader::od::value;

constexpr long long most_lifetime = 7L * 24 * 3600;

struct raw_frame {
    socket_frame out;
    long long lifetime = 0;
};

bool read_raw(value& v, std::string& out) {
    reader::od::object object;
    if (v.get_object().get(object))
        return true; // a payload is an object; anything else is none
    std::string_view json;
    if (object.raw_json().get(json))
        return false;
    out.assign(json);
    return true;
}

bool read_member(std::string_view key, value& v, raw_frame& f) {
    if (key == "type")
        return reader::read_text(v, f.out.type);
    if (key == "envelope_id")
        return reader::read_text(v, f.out.envelope_id);
    if (key == "payload")
        return read_raw(v, f.out.payload);
    if (key == "accepts_response_payload")
        return reader::read_flag(v, f.out.accepts_payload);
    if (key == "retry_attempt")
        return reader::read_number(v, f.out.retry_attempt);
    if (key == "reason")
        return reader::read_text(v, f.out.reason);
    if (key == "debug_info")
        return reader::each_member(v, [&](std::string_view k, value& x) {
            return k != "approximate_connection_time" || reader::read_number(x, f.lifetime);
        });
    return true;
}

bool read(std::string_view text, raw_frame& f) {
    thread_local reader::document json; // not the payloads' one: that is read while a frame is being worked on
    json.assign(text);
    reader::od::object root;
    return !json.parse(text.size(), root) &&
           reader::each_member(root, [&](std::string_view k, value& v) { return read_member(k, v, f); });
}

} // namespace

socket_frame read_socket_frame(std::string_view text) {
    raw_frame f;
    // Payloads are repaired by their own readers; a frame must be whole.
    if (!read(text, f))
        return {};
    auto& out = f.out;
    if (out.type == "hello") {
        out.what = socket_frame::kind::hello;
        out.lifetime = std::chrono::seconds{f.lifetime > 0 && f.lifetime < most_lifetime ? f.lifetime : 0};
    } else if (out.type == "disconnect") {
        out.what = socket_frame::kind::disconnect;
    } else if (!out.envelope_id.empty()) {
        out.what = socket_frame::kind::envelope;
    } else {
        out.what = out.type.empty() || !out.payload.empty() ? socket_frame::kind::broken : socket_frame::kind::other;
    }
    return std::move(out);
}

std::string acknowledgement(const socket_frame& of, std::string_view answer) {
    nlohmann::json out{{"envelope_id", of.envelope_id}};
    if (of.accepts_payload && !answer.empty())
        if (auto payload = nlohmann::json::parse(answer, nullptr, false); payload.is_object())
            out["payload"] = std::move(payload);
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace whynow::slack
