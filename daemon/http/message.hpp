// HTTP as values: what handlers and adapters see. No socket, no library type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::http {

// Header fields in the order they came; names compare without case.
class fields {
  public:
    using entry = std::pair<std::string, std::string>;

    void add(std::string name, std::string value);
    void set(std::string name, std::string value); // replaces every field of that name
    // The first value of that name, empty where there is none.
    std::string_view get(std::string_view name) const;
    // How many fields of that name there are: a signature header that stands twice is refused, not guessed.
    int count(std::string_view name) const;
    const std::vector<entry>& all() const { return entries_; }

  private:
    std::vector<entry> entries_;
};

// A request as it came in. `target` is path and query as sent; `path` is the part before '?', not decoded.
struct request {
    std::string method;
    std::string target;
    std::string path;
    std::string query; // after '?', not decoded
    http::fields fields;
    std::string body;   // the raw bytes: signatures are checked on these
    std::string remote; // the peer's address, for logs and limits
    std::string id;     // made by the server, stands in every log line of this request
    // What the route's "{name}" parts matched, decoded, in the pattern's order.
    std::vector<std::pair<std::string, std::string>> captures;

    // The decoded value of a query parameter, or nothing.
    std::optional<std::string> parameter(std::string_view name) const;
    // What "{name}" of the route's pattern matched, decoded; empty where the pattern has no such part.
    std::string_view captured(std::string_view name) const;
};

struct response {
    int status = 200;
    http::fields fields;
    std::string body;

    static response text(int status, std::string body);
    static response html(int status, std::string body);
    static response json(int status, std::string body);
    // RFC 9457 problem+json; `type` is a stable word ("too-large"), never an internal.
    static response problem(int status, std::string_view type, std::string_view title, std::string_view detail = {});
};

// ASCII without case, as field names compare.
bool same_name(std::string_view a, std::string_view b);
// application/x-www-form-urlencoded to pairs, '+' is a space. Bad escapes stay as they are.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view body);
std::string percent_decoded(std::string_view text);
// Everything but RFC 3986's unreserved characters is escaped: for one path part or one value.
std::string percent_encoded(std::string_view text);

} // namespace whynow::http
