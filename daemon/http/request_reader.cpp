#include "http/request_reader.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <optional>

namespace whynow::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;
using boost::system::error_code;

constexpr std::size_t most_fields = 100;
constexpr std::size_t most_reserved = 1u << 20; // a declared length is a claim, not yet bytes

// Beast's parser, writing straight into our request.
class parser final : public beast::http::basic_parser<true> {
  public:
    http::request request;
    std::size_t most_body = 0;
    int version = 0;
    bool too_many_fields = false;
    bool odd_coding = false;
    bool header_whole = false;

  private:
    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version_number,
                         error_code&) override {
        version = version_number;
        request.method.assign(method.data(), method.size());
        request.target.assign(target.data(), target.size());
    }
    void on_response_impl(int, beast::string_view, int, error_code&) override {}
    void on_field_impl(beast::http::field name, beast::string_view name_text, beast::string_view value,
                       error_code& ec) override {
        if (header_whole)
            return; // a trailer must not pose as a header
        if (name == beast::http::field::transfer_encoding && !beast::iequals(value, "chunked"))
            odd_coding = true;
        too_many_fields = request.fields.all().size() >= most_fields;
        if (too_many_fields || odd_coding)
            ec = error::bad_field;
        else
            request.fields.add({name_text.data(), name_text.size()}, {value.data(), value.size()});
    }
    void on_header_impl(error_code&) override { header_whole = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length)
            request.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, most_reserved)));
    }
    std::size_t on_body_impl(beast::string_view bytes, error_code& ec) override { return add(bytes, ec); }
    void on_chunk_header_impl(std::uint64_t size, beast::string_view, error_code& ec) override {
        if (size > most_body - request.body.size())
            ec = error::body_limit;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code& ec) override {
        return add(bytes, ec);
    }
    void on_finish_impl(error_code&) override {}

    std::size_t add(beast::string_view bytes, error_code& ec) {
        if (bytes.size() > most_body - request.body.size()) {
            ec = error::body_limit;
            return 0;
        }
        request.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
};

int status_of(const error_code& ec, const parser& p) {
    if (p.odd_coding)
        return 501;
    if (p.too_many_fields || ec == error::header_limit || ec == error::buffer_overflow)
        return 431;
    if (ec == error::body_limit)
        return 413;
    return ec == error::bad_version ? 505 : 400;
}

// "http://host/path" (what proxies send) becomes "/path"; the query is cut off into its own place.
void split_target(request& r) {
    std::string_view target = r.target;
    if (const auto scheme = target.find("://"); scheme != std::string_view::npos && !target.starts_with('/')) {
        const auto path = target.find('/', scheme + 3);
        target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    const auto query = target.find('?');
    r.path.assign(target.substr(0, query));
    if (query != std::string_view::npos)
        r.query.assign(target.substr(query + 1));
}

} // namespace

struct request_reader::parts {
    std::size_t header_limit;
    std::size_t header_bytes = 0;
    state at = state::header;
    int failure = 0;
    std::optional<parser> reading;

    void fail(int status) {
        at = state::failed;
        failure = status;
    }
};

request_reader::request_reader(std::size_t header_limit) : parts_(std::make_unique<parts>()) {
    parts_->header_limit = header_limit;
    start();
}

request_reader::~request_reader() = default;

void request_reader::start() {
    auto& p = parts_->reading.emplace();
    p.header_limit(static_cast<std::uint32_t>(parts_->header_limit));
    p.body_limit(boost::none); // counted here, per route
    parts_->header_bytes = 0;
    parts_->at = state::header;
    parts_->failure = 0;
}

std::size_t request_reader::take(std::string_view bytes) {
    auto& p = *parts_->reading;
    std::size_t used = 0;
    while (used < bytes.size() && (parts_->at == state::header || parts_->at == state::body)) {
        const bool in_header = parts_->at == state::header;
        error_code ec;
        const auto n = p.put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), ec);
        used += n;
        if (in_header)
            parts_->header_bytes += n;
        if (ec && ec != error::need_more) {
            parts_->fail(status_of(ec, p));
        } else if (in_header && parts_->header_bytes > parts_->header_limit) {
            parts_->fail(431);
        } else if (in_header && p.header_whole) {
            split_target(p.request);
            const bool host = p.version < 11 || p.request.fields.count("host") == 1;
            parts_->at = p.is_done() ? state::done : state::body;
            if (!host)
                parts_->fail(400);
            return used;
        } else if (p.is_done()) {
            parts_->at = state::done;
        }
        if (ec == error::need_more || n == 0)
            break;
    }
    return used;
}

void request_reader::allow_body(std::size_t limit) { parts_->reading->most_body = limit; }

request_reader::state request_reader::at() const { return parts_->at; }

int request_reader::failure() const { return parts_->failure; }

bool request_reader::keep_alive() const { return parts_->reading->keep_alive(); }

bool request_reader::version_1_0() const { return parts_->reading->version == 10; }

bool request_reader::wants_continue() const {
    return same_name(parts_->reading->request.fields.get("expect"), "100-continue");
}

bool request_reader::declares_more_than(std::size_t bytes) const {
    const auto length = parts_->reading->content_length();
    return length && *length > bytes;
}

request& request_reader::current() { return parts_->reading->request; }

} // namespace whynow::http
