// Private to the readers of this folder: simdjson On-Demand in the few shapes they use.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace whynow::slack::reader {

namespace od = simdjson::ondemand;

// A JSON text in a buffer with the slack simdjson wants, kept per thread so that a webhook allocates nothing here.
class document {
  public:
    // An empty buffer for at most `size` bytes; fill data()[0..n) and call parse(n).
    char* room(std::size_t size) {
        if (buffer_.size() < size + simdjson::SIMDJSON_PADDING)
            buffer_.resize(size + simdjson::SIMDJSON_PADDING);
        return buffer_.data();
    }
    std::string_view view(std::size_t size) const { return {buffer_.data(), size}; }
    void assign(std::string_view text) { text.copy(room(text.size()), text.size()); }
    // The root object. Invalid UTF-8 gives UTF8_ERROR.
    simdjson::error_code parse(std::size_t size, od::object& root) {
        if (const auto e = parser_.iterate(buffer_.data(), size, buffer_.size()).get(document_))
            return e;
        return document_.get_object().get(root);
    }

  private:
    std::string buffer_;
    od::parser parser_;
    od::document document_;
};

// Calls take(key, value) for each member; take skips what it does not read. false: the JSON is broken.
template <class Take>
bool each_member(od::object& object, Take&& take) {
    for (auto member : object) {
        od::field field;
        if (std::move(member).get(field))
            return false;
        // Slack's keys hold no escapes; one that does is simply not recognised.
        const auto token = field.key();
        const std::string_view rest(token.raw(), 32);
        const auto key = rest.substr(0, rest.find('"'));
        if (!take(key, field.value()))
            return false;
    }
    return true;
}

template <class Take>
bool each_member(od::value& value, Take&& take) {
    od::json_type type;
    if (value.type().get(type))
        return false;
    if (type != od::json_type::object)
        return true;
    od::object object;
    return !value.get_object().get(object) && each_member(object, std::forward<Take>(take));
}

// A string into `out`; another type (null) leaves it as it is. false: broken.
inline bool read_text(od::value& value, std::string& out) {
    od::json_type type;
    if (value.type().get(type))
        return false;
    if (type != od::json_type::string)
        return true;
    std::string_view text;
    if (value.get_string().get(text))
        return false;
    out.assign(text);
    return true;
}

inline bool read_flag(od::value& value, bool& out) {
    od::json_type type;
    if (value.type().get(type))
        return false;
    return type != od::json_type::boolean || !value.get_bool().get(out);
}

inline bool read_number(od::value& value, long long& out) {
    od::json_type type;
    if (value.type().get(type))
        return false;
    if (type != od::json_type::number)
        return true;
    std::int64_t number = 0;
    if (!value.get_int64().get(number))
        out = number;
    return true;
}

} // namespace whynow::slack::reader
