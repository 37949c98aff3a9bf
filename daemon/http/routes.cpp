#include "http/routes.hpp"

#include <algorithm>
#include <stdexcept>

namespace whynow::http {
namespace {

bool is_capture(std::string_view part) { return part.size() > 2 && part.front() == '{' && part.back() == '}'; }

template <class Part>
std::vector<Part> split(std::string_view path) {
    std::vector<Part> parts;
    for (std::size_t from = 1;;) {
        const auto end = std::min(path.find('/', from), path.size());
        parts.emplace_back(path.substr(from, end - from));
        if (end == path.size())
            return parts;
        from = end + 1;
    }
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string_view>& parts) {
    return std::equal(pattern.begin(), pattern.end(), parts.begin(), parts.end(),
                      [](const std::string& p, std::string_view s) { return is_capture(p) ? !s.empty() : p == s; });
}

} // namespace

route_table::route_table(std::vector<route> routes) : routes_(std::move(routes)) {
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        const auto& r = routes_[i];
        if (r.path.empty() || r.path.front() != '/')
            throw std::invalid_argument("a route's path begins with '/': " + r.path);
        std::vector<std::size_t>* same = nullptr;
        if (r.path.find('{') == std::string::npos) {
            same = &fixed_[r.path];
        } else {
            auto parts = split<std::string>(r.path);
            auto at =
                std::find_if(patterns_.begin(), patterns_.end(), [&](const pattern& p) { return p.parts == parts; });
            if (at == patterns_.end())
                at = patterns_.insert(at, pattern{std::move(parts), {}});
            same = &at->routes;
        }
        const bool twice =
            std::any_of(same->begin(), same->end(), [&](auto j) { return routes_[j].method == r.method; });
        if (twice)
            throw std::invalid_argument("route given twice: " + r.method + " " + r.path);
        same->push_back(i);
    }
}

const route* route_table::by_method(const std::vector<std::size_t>& candidates, std::string_view method) const {
    for (const auto i : candidates)
        if (routes_[i].method == method)
            return &routes_[i];
    return method == "HEAD" ? by_method(candidates, "GET") : nullptr;
}

std::string route_table::methods_of(const std::vector<std::size_t>& candidates) const {
    std::string out;
    for (const auto i : candidates) {
        out += (out.empty() ? "" : ", ") + routes_[i].method;
        if (routes_[i].method == "GET")
            out += ", HEAD";
    }
    return out;
}

route_table::match route_table::find(std::string_view method, std::string_view path) const {
    match m;
    if (path.empty() || path.front() != '/')
        return m;
    if (const auto at = fixed_.find(path); at != fixed_.end()) {
        m.found = by_method(at->second, method);
        if (!m.found)
            m.allowed = methods_of(at->second);
        return m;
    }
    if (patterns_.empty())
        return m;
    const auto parts = split<std::string_view>(path);
    for (const auto& p : patterns_) {
        if (!matches(p.parts, parts))
            continue;
        m.found = by_method(p.routes, method);
        if (!m.found) {
            m.allowed = methods_of(p.routes);
            continue;
        }
        m.allowed.clear();
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (is_capture(p.parts[i]))
                m.captures.emplace_back(p.parts[i].substr(1, p.parts[i].size() - 2), percent_decoded(parts[i]));
        return m;
    }
    return m;
}

} // namespace whynow::http
