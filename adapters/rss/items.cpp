#include "adapters/rss/feed.hpp"
#include "domain/text/utf8.hpp"
#include "sources/documents/uri.hpp"

namespace whynow::rss {

listing list(const feed& f) {
    listing out;
    out.feed_title = f.title;
    out.problems = f.problems;
    for (const entry& e : f.entries)
        out.entries.push_back(
            {e.id, e.title, e.link, e.published ? std::optional(domain::to_iso(*e.published)) : std::nullopt});
    return out;
}

std::vector<sources::item> to_items(const feed& f) {
    std::vector<sources::item> out;
    for (const entry& e : f.entries) {
        if (e.title.empty() && e.summary.empty())
            continue;
        sources::item i;
        i.external_id = e.id;
        i.source = "rss";
        i.title = e.title.empty() ? domain::text::shortened(e.summary, 120) : e.title;
        i.summary = e.summary;
        i.url = sources::documents::scheme_of(e.link).starts_with("http") ? e.link : std::string{};
        i.publisher = f.title;
        i.published = e.published;
        out.push_back(std::move(i));
    }
    return out;
}

sources::reading read_source(const sources::document& d) {
    const feed f = read_feed(d.body, d.content_type, d.base);
    sources::reading out;
    out.items = to_items(f);
    out.readable = f.recognised;
    for (const std::string& p : f.problems)
        out.complaint += (out.complaint.empty() ? "" : "; ") + p;
    return out;
}

} // namespace whynow::rss
