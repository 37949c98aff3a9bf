#include "http/response_head.hpp"

#include <algorithm>
#include <array>

namespace whynow::http {
namespace {

struct phrase {
    int status;
    std::string_view text;
};

constexpr std::array phrases{
    phrase{200, "OK"},
    phrase{201, "Created"},
    phrase{202, "Accepted"},
    phrase{204, "No Content"},
    phrase{301, "Moved Permanently"},
    phrase{302, "Found"},
    phrase{303, "See Other"},
    phrase{304, "Not Modified"},
    phrase{307, "Temporary Redirect"},
    phrase{308, "Permanent Redirect"},
    phrase{400, "Bad Request"},
    phrase{401, "Unauthorized"},
    phrase{403, "Forbidden"},
    phrase{404, "Not Found"},
    phrase{405, "Method Not Allowed"},
    phrase{408, "Request Timeout"},
    phrase{409, "Conflict"},
    phrase{410, "Gone"},
    phrase{411, "Length Required"},
    phrase{413, "Content Too Large"},
    phrase{415, "Unsupported Media Type"},
    phrase{422, "Unprocessable Content"},
    phrase{429, "Too Many Requests"},
    phrase{431, "Request Header Fields Too Large"},
    phrase{500, "Internal Server Error"},
    phrase{501, "Not Implemented"},
    phrase{502, "Bad Gateway"},
    phrase{503, "Service Unavailable"},
    phrase{504, "Gateway Timeout"},
    phrase{505, "HTTP Version Not Supported"},
};

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool sendable(const fields::entry& f) {
    const auto breaks = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return !f.first.empty() && std::all_of(f.first.begin(), f.first.end(), is_name_char) &&
           std::none_of(f.second.begin(), f.second.end(), breaks);
}

bool ours(std::string_view name) {
    for (const auto n : {"Content-Length", "Transfer-Encoding", "Connection", "Date", "Server"})
        if (same_name(name, n))
            return true;
    return false;
}

} // namespace

std::string_view reason_phrase(int status) {
    const auto at = std::find_if(phrases.begin(), phrases.end(), [&](const phrase& p) { return p.status == status; });
    return at == phrases.end() ? std::string_view("Unknown") : at->text;
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_head(std::string& out, const response& r, const head_extras& extras) {
    out += "HTTP/1.1 ";
    out += std::to_string(r.status);
    out += ' ';
    out += reason_phrase(r.status);
    out += "\r\n";
    out += extras.date_line;
    for (const auto& f : r.fields.all()) {
        if (ours(f.first) || !sendable(f))
            continue;
        out += f.first;
        out += ": ";
        out += f.second;
        out += "\r\n";
    }
    if (!extras.request_id.empty()) {
        out += "X-Request-Id: ";
        out += extras.request_id;
        out += "\r\n";
    }
    if (may_have_body(r.status)) {
        out += "Content-Length: ";
        out += std::to_string(r.body.size());
        out += "\r\n";
    }
    if (!extras.keep)
        out += "Connection: close\r\n";
    else if (extras.version_1_0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
}

} // namespace whynow::http
