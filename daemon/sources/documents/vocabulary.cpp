#include "sources/documents/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace whynow::sources::documents {

namespace {

using row = std::pair<std::string_view, vocabulary>;

// Addresses without "http://", trailing '/' or '#'.
constexpr std::array<row, 31> addresses{{
    {"www.w3.org/2005/atom", vocabulary::atom},
    {"purl.org/atom/ns", vocabulary::atom},
    {"purl.org/pie", vocabulary::atom},
    {"purl.org/echo", vocabulary::atom},
    {"example.com/necho", vocabulary::atom},
    {"uri/of/echo/namespace", vocabulary::atom},
    {"example.com/newformat", vocabulary::atom},
    {"purl.org/dc/elements/1.1", vocabulary::dc},
    {"purl.org/dc/elements/1.0", vocabulary::dc},
    {"purl.org/dc/terms", vocabulary::dcterms},
    {"purl.org/rss/1.0/modules/content", vocabulary::content},
    {"search.yahoo.com/mrss", vocabulary::media},
    {"tools.search.yahoo.com/mrss", vocabulary::media},
    {"www.rssboard.org/media-rss", vocabulary::media},
    {"www.itunes.com/dtds/podcast-1.0.dtd", vocabulary::itunes},
    {"www.itunes.com/dtds/podcast", vocabulary::itunes},
    {"example.com/dtds/podcast-1.0.dtd", vocabulary::itunes},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", vocabulary::rdf},
    {"www.w3.org/1999/xhtml", vocabulary::xhtml},
    {"www.w3.org/xml/1998/namespace", vocabulary::xml},
    {"purl.org/rss/1.0", vocabulary::core},
    {"my.netscape.com/rdf/simple/0.9", vocabulary::core},
    {"channel.netscape.com/rdf/simple/0.9", vocabulary::core},
    {"purl.org/net/rss1.1", vocabulary::core},
    {"backend.userland.com/rss2", vocabulary::core},
    {"backend.userland.com/rss", vocabulary::core},
    {"blogs.law.harvard.edu/tech/rss", vocabulary::core},
    {"purl.org/rss/1.0/modules/rss091", vocabulary::core},
    {"www.w3.org/2000/svg", vocabulary::other},
    {"www.w3.org/1998/math/mathml", vocabulary::other},
    {"www.w3.org/1999/xlink", vocabulary::other},
}};

constexpr std::array<row, 16> prefixes{{{"dc", vocabulary::dc},
                                        {"dcterms", vocabulary::dcterms},
                                        {"dct", vocabulary::dcterms},
                                        {"content", vocabulary::content},
                                        {"media", vocabulary::media},
                                        {"itunes", vocabulary::itunes},
                                        {"rdf", vocabulary::rdf},
                                        {"xml", vocabulary::xml},
                                        {"xhtml", vocabulary::xhtml},
                                        {"html", vocabulary::xhtml},
                                        {"atom", vocabulary::atom},
                                        {"atom10", vocabulary::atom},
                                        {"a10", vocabulary::atom},
                                        {"rss", vocabulary::core},
                                        {"rss10", vocabulary::core},
                                        {"rss1", vocabulary::core}}};

template <std::size_t N>
bool listed(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return same_name(n, name); });
}

} // namespace

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
               return low(x) == low(y);
           });
}

vocabulary vocabulary_of(std::string_view address, std::string_view prefix) {
    for (const std::string_view scheme : {"http://", "https://"})
        if (address.size() > scheme.size() && same_name(address.substr(0, scheme.size()), scheme))
            address.remove_prefix(scheme.size());
    while (address.ends_with('/') || address.ends_with('#'))
        address.remove_suffix(1);
    for (const auto& [known, space] : addresses)
        if (same_name(known, address))
            return space;
    for (const auto& [known, space] : prefixes)
        if (same_name(known, prefix))
            return space;
    return prefix.empty() ? vocabulary::core : vocabulary::other;
}

bool basic(vocabulary space) { return space == vocabulary::core || space == vocabulary::atom; }

bool begins_item(std::string_view name) { return same_name(name, "item") || same_name(name, "entry"); }

bool holds_text_only(std::string_view name) {
    static constexpr std::array<std::string_view, 14> names{
        "title",     "link",     "guid",   "pubdate", "comments", "updated", "id",
        "published", "modified", "issued", "created", "language", "ttl",     "lastbuilddate"};
    return listed(names, name);
}

bool stands_in_item(std::string_view name) {
    static constexpr std::array<std::string_view, 12> names{"description", "author",    "category",  "enclosure",
                                                            "summary",     "content",   "source",    "image",
                                                            "textinput",   "copyright", "generator", "docs"};
    return listed(names, name) || holds_text_only(name);
}

} // namespace whynow::sources::documents
