#include "store/sql/query.hpp"

#include "domain/text/utf8.hpp"

namespace whynow::store::sql {
namespace {

constexpr std::string_view hex = "0123456789abcdef";

void append_quoted(std::string& out, std::string_view value) {
    out += '"';
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

// The reader knows what append_quoted writes, and every other JSON string besides.
struct list_reader {
    std::string_view in;
    std::size_t at = 0;

    void skip_space() {
        while (at < in.size() && (in[at] == ' ' || in[at] == '\n' || in[at] == '\t' || in[at] == '\r'))
            ++at;
    }
    bool take(char c) {
        skip_space();
        if (at >= in.size() || in[at] != c)
            return false;
        ++at;
        return true;
    }
    std::optional<char32_t> unit() {
        if (at + 4 > in.size())
            return std::nullopt;
        char32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            const auto digit = hex.find(static_cast<char>(in[at] >= 'A' && in[at] <= 'F' ? in[at] + 32 : in[at]));
            if (digit == std::string_view::npos)
                return std::nullopt;
            value = value << 4 | static_cast<char32_t>(digit);
            ++at;
        }
        return value;
    }
    bool escaped(std::string& out) {
        constexpr std::string_view from = "\"\\/bfnrt", to = "\"\\/\b\f\n\r\t";
        const char c = in[at++];
        if (const auto known = from.find(c); known != std::string_view::npos) {
            out += to[known];
            return true;
        }
        if (c != 'u')
            return false;
        auto first = unit();
        if (!first)
            return false;
        if (*first >= 0xD800 && *first < 0xDC00 && in.substr(at, 2) == "\\u") {
            at += 2;
            const auto second = unit();
            if (!second)
                return false;
            first = 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00);
        }
        domain::text::append_utf8(out, *first);
        return true;
    }
    bool quoted(std::string& out) {
        if (!take('"'))
            return false;
        while (at < in.size()) {
            const char c = in[at++];
            if (c == '"')
                return true;
            if (c != '\\')
                out += c;
            else if (at >= in.size() || !escaped(out))
                return false;
        }
        return false;
    }
};

} // namespace

std::string to_json_list(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const auto& value : values) {
        if (out.size() > 1)
            out += ',';
        append_quoted(out, value);
    }
    return out += ']';
}

std::vector<std::string> from_json_list(std::string_view json) {
    list_reader reader{json};
    std::vector<std::string> out;
    if (!reader.take('[') || reader.take(']'))
        return out;
    do {
        std::string value;
        if (!reader.quoted(value))
            return {};
        out.push_back(std::move(value));
    } while (reader.take(','));
    if (!reader.take(']'))
        return {};
    return out;
}

void query::put_owned(std::string v) {
    statement_->bind(++parameter_, std::string_view(owned_.emplace_front(std::move(v))));
}

} // namespace whynow::store::sql
