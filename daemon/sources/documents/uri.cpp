#include "sources/documents/uri.hpp"

#include <algorithm>
#include <array>

namespace whynow::sources::documents {

namespace {

struct parts {
    std::string_view scheme, authority, path, query, fragment;
    bool has_authority = false, has_query = false, has_fragment = false;
};

parts split(std::string_view uri) {
    parts p;
    const std::string scheme = scheme_of(uri);
    if (!scheme.empty()) {
        p.scheme = uri.substr(0, scheme.size());
        uri.remove_prefix(scheme.size() + 1);
    }
    if (const auto hash = uri.find('#'); hash != std::string_view::npos) {
        p.fragment = uri.substr(hash + 1);
        p.has_fragment = true;
        uri = uri.substr(0, hash);
    }
    if (const auto mark = uri.find('?'); mark != std::string_view::npos) {
        p.query = uri.substr(mark + 1);
        p.has_query = true;
        uri = uri.substr(0, mark);
    }
    if (uri.starts_with("//")) {
        p.has_authority = true;
        const auto slash = uri.find('/', 2);
        p.authority = uri.substr(2, slash == std::string_view::npos ? slash : slash - 2);
        uri = slash == std::string_view::npos ? std::string_view{} : uri.substr(slash);
    }
    p.path = uri;
    return p;
}

std::string without_dots(std::string_view path) {
    std::string out;
    out.reserve(path.size());
    while (!path.empty()) {
        if (path.starts_with("./")) {
            path.remove_prefix(2);
        } else if (path.starts_with("../")) {
            path.remove_prefix(3);
        } else if (path.starts_with("/./")) {
            path.remove_prefix(2);
        } else if (path == "/." || path == "/..") {
            if (path == "/..")
                out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
            out += '/';
            break;
        } else if (path.starts_with("/../")) {
            path.remove_prefix(3);
            out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
        } else if (path == "." || path == "..") {
            break;
        } else {
            const auto next = path.find('/', 1);
            out.append(path.substr(0, next));
            path = next == std::string_view::npos ? std::string_view{} : path.substr(next);
        }
    }
    return out;
}

std::string trimmed(std::string_view text) {
    const std::string_view blanks = " \t\r\n\f\v";
    const auto from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos)
        return {};
    std::string out;
    for (const char c : text.substr(from, text.find_last_not_of(blanks) - from + 1)) {
        if (c == ' ')
            out += "%20";
        else if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F)
            out += c;
    }
    return out;
}

// "http:///host/x" is what some write for "http://host/x"; no web address has an empty host.
void drop_extra_slashes(std::string& uri) {
    const std::string scheme = scheme_of(uri);
    if (scheme != "http" && scheme != "https" && scheme != "ftp")
        return;
    const std::size_t host = scheme.size() + 3;
    if (uri.compare(scheme.size(), 4, ":///") == 0)
        uri.erase(host, uri.find_first_not_of('/', host) - host);
}

std::string merged(const parts& base, std::string_view path) {
    if (base.has_authority && base.path.empty())
        return "/" + std::string(path);
    const auto slash = base.path.rfind('/');
    return std::string(base.path.substr(0, slash == std::string_view::npos ? 0 : slash + 1)) + std::string(path);
}

} // namespace

std::string scheme_of(std::string_view uri) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (uri.empty() || !letter(uri.front()))
        return {};
    std::string out;
    for (const char c : uri.substr(0, 32)) {
        if (c == ':')
            return out;
        if (!letter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.')
            return {};
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return {};
}

std::string resolve(std::string_view base_text, std::string_view reference) {
    std::string clean = trimmed(reference);
    drop_extra_slashes(clean);
    const std::string base_clean = trimmed(base_text);
    const parts base = split(base_clean);
    const std::string scheme = scheme_of(base_clean);
    const std::string own = scheme_of(clean);
    if (scheme.empty() || (!own.empty() && own != scheme))
        return clean;
    if (!own.empty())
        clean.replace(0, own.size(), own);
    const parts r = split(clean);
    if (!own.empty() && (r.has_authority || !scheme.starts_with("http")))
        return clean; // "http:x" alone counts as relative
    std::string out = scheme + ":";
    std::string path;
    bool query_of_base = false;
    const parts& host = r.has_authority ? r : base;
    if (r.has_authority) {
        path = without_dots(r.path);
    } else if (r.path.empty()) {
        path = std::string(base.path);
        query_of_base = !r.has_query;
    } else {
        path = without_dots(r.path.starts_with('/') ? std::string(r.path) : merged(base, r.path));
    }
    if (host.has_authority)
        out.append("//").append(host.authority);
    out += path;
    const parts& asked = query_of_base ? base : r;
    if (asked.has_query)
        out.append("?").append(asked.query);
    if (r.has_fragment)
        out.append("#").append(r.fragment);
    return out;
}

bool may_link(std::string_view uri) {
    if (uri.empty())
        return false;
    const std::string scheme = scheme_of(uri);
    static constexpr std::array<std::string_view, 12> allowed{"",    "http", "https", "ftp",    "ftps", "mailto",
                                                              "tag", "urn",  "news",  "gopher", "info", "vemmi"};
    return std::find(allowed.begin(), allowed.end(), scheme) != allowed.end();
}

} // namespace whynow::sources::documents
