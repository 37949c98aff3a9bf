#include "sources/fetching.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <utility>

namespace whynow::sources {

namespace {

using http::client_errc;

std::uint64_t hash_of(std::string_view bytes) { // FNV-1a; 0 is kept for "none"
    std::uint64_t h = 0xcbf29ce484222325u;
    for (const char c : bytes)
        h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return h == 0 ? 1 : h;
}

bool redirects(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

poll_problem problem_of(const boost::system::error_code& e) {
    if (e == make_error_code(client_errc::refused_address) || e == make_error_code(client_errc::bad_url))
        return poll_problem::refused_address;
    if (e == make_error_code(client_errc::too_large))
        return poll_problem::too_large;
    if (e == make_error_code(client_errc::too_many_redirects))
        return poll_problem::redirects;
    return poll_problem::unreachable;
}

poll_problem problem_of(int status) {
    switch (status) {
    case 200: return poll_problem::none;
    case 401:
    case 402:
    case 403:
    case 407:
    case 451: return poll_problem::not_allowed;
    case 404: return poll_problem::not_found;
    case 410: return poll_problem::gone;
    case 429:
    case 503: return poll_problem::busy;
    default: return poll_problem::server_error;
    }
}

std::string kept(std::string_view validator) { return validator.size() > 512 ? std::string{} : std::string(validator); }

class fetching final : public signal_source {
  public:
    fetching(http::client& client, fetch_settings settings, reader read)
        : client_(client), settings_(std::move(settings)), read_(std::move(read)) {}

    boost::asio::awaitable<poll_result> poll(cursor from, domain::instant now) override {
        std::string address = from.moved_to.empty() ? settings_.url : from.moved_to;
        poll_result out;
        out.next = std::move(from);
        bool permanent = true;
        std::string moved;
        for (int hop = 0;; ++hop) {
            http::outgoing asked = request(address, out.next);
            const auto answer = co_await client_.exchange(std::move(asked));
            if (answer.has_error()) {
                out.problem = problem_of(answer.error());
                out.detail = answer.error().message();
                if (out.problem != poll_problem::unreachable && !out.next.moved_to.empty())
                    forget_move(out.next); // next time the configured address again
                co_return out;
            }
            if (!redirects(answer->status)) {
                finish(*answer, address, moved, now, out);
                co_return out;
            }
            std::string next = resolve_location(address, answer->fields.get("Location"));
            permanent = permanent && (answer->status == 301 || answer->status == 308);
            if (next.empty() || hop >= settings_.most_redirects ||
                (address.starts_with("https:") && next.starts_with("http:"))) {
                out.problem = poll_problem::redirects;
                out.detail = next.empty()                      ? "redirected to nowhere"
                             : hop >= settings_.most_redirects ? "too many redirects"
                                                               : "redirected from https to http";
                co_return out;
            }
            address = std::move(next);
            if (permanent)
                moved = address;
        }
    }

  private:
    http::outgoing request(const std::string& address, const cursor& known) const {
        http::outgoing out;
        out.url = address;
        out.deadline = settings_.deadline;
        out.most_bytes = settings_.most_bytes;
        out.any_address = settings_.any_address;
        out.ca_file = settings_.ca_file;
        out.fields.set("User-Agent", settings_.user_agent);
        out.fields.set("Accept", settings_.accept);
        if (!known.etag.empty())
            out.fields.set("If-None-Match", known.etag);
        if (!known.last_modified.empty())
            out.fields.set("If-Modified-Since", known.last_modified);
        return out;
    }

    static void forget_move(cursor& c) {
        c.moved_to.clear();
        c.etag.clear();
        c.last_modified.clear();
    }

    void finish(const http::response& answer, const std::string& address, const std::string& moved, domain::instant now,
                poll_result& out) const {
        out.retry_after = read_retry_after(answer.fields.get("Retry-After"), now);
        if (answer.status == 304) {
            out.unchanged = true;
            return;
        }
        out.problem = problem_of(answer.status);
        if (out.problem != poll_problem::none) {
            out.detail = "status " + std::to_string(answer.status);
            if (out.problem != poll_problem::busy && out.problem != poll_problem::server_error &&
                !out.next.moved_to.empty()) {
                forget_move(out.next); // the move may have been a mistake of theirs
                if (out.problem == poll_problem::gone)
                    out.problem = poll_problem::not_found;
            }
            return;
        }
        read_document(answer, address, moved, out);
    }

    void read_document(const http::response& answer, const std::string& address, const std::string& moved,
                       poll_result& out) const {
        if (answer.body.size() > settings_.most_bytes) {
            out.problem = poll_problem::too_large;
            return;
        }
        const std::uint64_t hash = hash_of(answer.body);
        if (hash == out.next.body_hash) {
            out.unchanged = true;
        } else {
            std::string base = resolve_location(address, answer.fields.get("Content-Location"));
            if (base.empty())
                base = address;
            reading got = read_({answer.body, answer.fields.get("Content-Type"), base});
            out.detail = std::move(got.complaint);
            if (!got.readable) {
                out.problem = poll_problem::unreadable;
                return; // the validators of what could not be read are not kept: it is asked for again
            }
            out.items = std::move(got.items);
        }
        out.next.etag = kept(answer.fields.get("ETag"));
        out.next.last_modified = kept(answer.fields.get("Last-Modified"));
        out.next.body_hash = hash;
        if (!moved.empty())
            out.next.moved_to = moved;
        if (!out.items.empty())
            out.next.newest_id = newest(out.items).external_id;
    }

    static const item& newest(const std::vector<item>& items) {
        const item* best = &items.front();
        for (const item& i : items)
            if (i.published && (!best->published || *i.published > *best->published))
                best = &i;
        return *best;
    }

    http::client& client_;
    fetch_settings settings_;
    reader read_;
};

} // namespace

std::string_view word(poll_problem p) {
    switch (p) {
    case poll_problem::none: return "none";
    case poll_problem::gone: return "gone";
    case poll_problem::not_allowed: return "not_allowed";
    case poll_problem::not_found: return "not_found";
    case poll_problem::busy: return "busy";
    case poll_problem::server_error: return "server_error";
    case poll_problem::unreachable: return "unreachable";
    case poll_problem::refused_address: return "refused_address";
    case poll_problem::too_large: return "too_large";
    case poll_problem::redirects: return "redirects";
    case poll_problem::unreadable: return "unreadable";
    }
    return "unknown";
}

std::unique_ptr<signal_source> make_fetching(http::client& client, fetch_settings settings, reader read) {
    return std::make_unique<fetching>(client, std::move(settings), std::move(read));
}

std::string resolve_location(std::string_view base, std::string_view reference) {
    if (reference.empty() || reference.size() > 4'096)
        return {};
    const auto from = boost::urls::parse_uri(base);
    const auto to = boost::urls::parse_uri_reference(reference);
    if (!from || !to)
        return {};
    boost::urls::url out;
    if (!boost::urls::resolve(*from, *to, out))
        return {};
    out.remove_fragment();
    out.remove_userinfo();
    if (out.scheme_id() != boost::urls::scheme::http && out.scheme_id() != boost::urls::scheme::https)
        return {};
    if (out.encoded_host().empty())
        return {};
    const auto text = out.buffer();
    return {text.data(), text.size()};
}

} // namespace whynow::sources
