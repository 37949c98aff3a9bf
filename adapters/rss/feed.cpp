#include "adapters/rss/feed.hpp"

#include "domain/text/utf8.hpp"
#include "sources/documents/charset.hpp"
#include "sources/documents/dates.hpp"
#include "sources/documents/markup.hpp"
#include "sources/documents/plain_text.hpp"
#include "sources/documents/text_construct.hpp"
#include "sources/documents/uri.hpp"
#include "sources/documents/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace whynow::rss {

using namespace sources::documents;

namespace {

constexpr std::size_t most_problems = 20;
constexpr std::size_t longest_address = 4'096;

void note(std::vector<std::string>& problems, std::string what) {
    if (problems.size() < most_problems && std::find(problems.begin(), problems.end(), what) == problems.end())
        problems.push_back(std::move(what));
}

// The best of several candidates for one value: a lower rank wins, among equals the first.
struct best {
    int rank = 100;
    std::string text;

    void offer(int at, std::string value, bool last_wins = false) {
        if (!value.empty() && (at < rank || (last_wins && at == rank))) {
            rank = at;
            text = std::move(value);
        }
    }
};

class feed_reader {
  public:
    feed_reader(const tree& t, std::string_view base, const limits& within, feed& out)
        : t_(t), base_(base), within_(within), out_(out) {}

    void read() {
        mark_insides();
        const std::uint32_t channel = find_channel();
        if (channel != no_node)
            read_channel(channel);
        if (base_.empty())
            base_ = out_.link;
        for (std::uint32_t i = 1; i < t_.nodes.size(); ++i) {
            if (!is_entry(i))
                continue;
            if (out_.entries.size() >= within_.entries) {
                note(out_.problems, "too many entries; the rest is not read");
                break;
            }
            out_.entries.push_back(read_entry(i));
        }
        out_.recognised = channel != no_node || !out_.entries.empty();
    }

  private:
    bool element(std::uint32_t i) const { return t_[i].what == node::kind::element; }
    bool basic_element(std::uint32_t i, std::string_view name) const { return basic(t_[i].space) && t_.is(i, name); }

    // Which nodes stand inside an entry, a source or foreign content: no entries are looked for there.
    void mark_insides() {
        inside_.assign(t_.nodes.size(), 0);
        for (std::uint32_t i = 1; i < t_.nodes.size(); ++i) {
            const std::uint32_t p = t_[i].parent;
            const bool closed = basic(t_[p].space) && (begins_item(t_[p].text) || same_name(t_[p].text, "source"));
            inside_[i] = inside_[p] != 0 || closed || t_[p].space == vocabulary::xhtml ? 1 : 0;
        }
    }

    bool is_entry(std::uint32_t i) const {
        return element(i) && inside_[i] == 0 && basic(t_[i].space) && begins_item(t_[i].text);
    }

    std::uint32_t find_channel() const {
        std::uint32_t root = no_node;
        for (std::uint32_t i = 1; i < t_.nodes.size(); ++i) {
            if (!element(i) || inside_[i] != 0)
                continue;
            if (basic_element(i, "channel") || basic_element(i, "feed"))
                return i;
            if (root == no_node && (basic_element(i, "rss") || t_.is(i, "rdf")))
                root = i;
        }
        return root;
    }

    std::string base_of(std::uint32_t i) const {
        std::vector<std::string> bases;
        for (; i != no_node; i = t_[i].parent)
            for (const vocabulary space : {vocabulary::xml, vocabulary::core}) // CDF has one without prefix
                if (std::string own = t_.value(i, "base", space); !own.empty() && own.size() <= longest_address) {
                    bases.push_back(std::move(own));
                    break;
                }
        std::string out = base_;
        for (auto own = bases.rbegin(); own != bases.rend(); ++own)
            if (std::string next = resolve(out, *own); may_link(next))
                out = std::move(next);
        return out;
    }

    std::string address(std::uint32_t i, std::string_view reference) const {
        if (reference.empty() || reference.size() > longest_address)
            return {};
        std::string out = resolve(base_of(i), reference);
        return may_link(out) ? out : std::string{};
    }

    static bool html_type(std::string_view type) {
        return type.empty() || same_name(type, "text/html") || same_name(type, "html") || same_name(type, "xhtml") ||
               same_name(type, "application/xhtml+xml");
    }

    // The last one for people wins, whichever way it is written.
    void offer_link(std::uint32_t i, best& link) const {
        const attribute* where = nullptr;
        for (const std::string_view name : {"url", "uri", "href"})
            where = where == nullptr ? t_.find(i, name) : where;
        std::string rel = t_.value(i, "rel");
        if (constexpr std::string_view iana = "http://www.iana.org/assignments/relation/"; rel.starts_with(iana))
            rel.erase(0, iana.size());
        if (!rel.empty() && !same_name(rel, "alternate"))
            return;
        if (where == nullptr) {
            std::string text = tidy(literal_text(t_, i));
            if (text.find("&amp;") != std::string::npos) // escaped once too often
                text = decode_references(text);
            link.offer(1, address(i, text), true);
        } else if (html_type(t_.value(i, "type"))) {
            const std::string href = tidy(decode_references(where->raw));
            link.offer(1, href.empty() ? base_of(i) : address(i, href), true);
        }
    }

    static bool like_address(std::string_view id) { return !scheme_of(id).empty() && may_link(id); }

    void read_id(std::uint32_t i, entry& e, best& link) const {
        std::string id = tidy(literal_text(t_, i));
        if (id.empty())
            return;
        const attribute* said = t_.find(i, "ispermalink");
        const bool permalink = said == nullptr || !same_name(said->raw, "false");
        const bool relative =
            scheme_of(id).empty() && (id.find_first_of("/?#.") != std::string::npos || (said != nullptr && permalink));
        if (permalink && relative)
            id = resolve(base_of(i), id);
        if (permalink && (like_address(id) || relative))
            link.offer(8, address(i, id));
        if (!e.own_id)
            e.id = std::move(id);
        e.own_id = true;
    }

    struct dates {
        best published, updated, created;
    };

    void offer_date(std::uint32_t i, dates& d) const {
        const node& n = t_[i];
        const auto named = [&](std::initializer_list<std::string_view> names) {
            return std::any_of(names.begin(), names.end(),
                               [&](std::string_view name) { return same_name(n.text, name); });
        };
        const bool terms = n.space == vocabulary::dcterms;
        const bool plain = basic(n.space);
        best* where = nullptr;
        if ((plain && named({"pubdate", "published", "issued"})) || (terms && named({"issued"})))
            where = &d.published;
        else if ((plain && named({"updated", "modified", "date", "lastbuilddate", "lastmodified"})) ||
                 (n.space == vocabulary::dc && named({"date"})) || (terms && named({"modified", "date"})))
            where = &d.updated;
        else if ((plain || terms) && named({"created"}))
            where = &d.created;
        if (where == nullptr)
            return;
        std::string text = tidy(literal_text(t_, i));
        if (text.empty())
            return;
        if (parse_feed_date(text))
            where->offer(1, std::move(text), true);
        else
            note(out_.problems, "a date cannot be read");
    }

    void offer_text(std::uint32_t i, best& title, best& summary) const {
        const node& n = t_[i];
        const bool plain = basic(n.space);
        if (same_name(n.text, "title")) {
            const int rank = plain                           ? 1
                             : n.space == vocabulary::dc     ? 1
                             : n.space == vocabulary::media  ? 3
                             : n.space == vocabulary::itunes ? 4
                                                             : 0;
            if (rank != 0 && title.rank > rank)
                title.offer(rank, plain_text(t_, i, text_role::title));
            return;
        }
        int rank = 0;
        if (plain && (same_name(n.text, "description") || same_name(n.text, "summary")))
            rank = 1;
        else if (plain && same_name(n.text, "abstract"))
            rank = 1;
        else if (n.space == vocabulary::dc && same_name(n.text, "description"))
            rank = 2;
        else if ((n.space == vocabulary::itunes && same_name(n.text, "summary")) ||
                 (n.space == vocabulary::media && same_name(n.text, "description")))
            rank = 3;
        else if ((plain && (same_name(n.text, "content") || same_name(n.text, "fullitem"))) ||
                 (n.space == vocabulary::content && same_name(n.text, "encoded")) ||
                 (n.space == vocabulary::xhtml && (same_name(n.text, "body") || same_name(n.text, "div"))))
            rank = 4;
        if (rank != 0 && summary.rank > rank)
            summary.offer(rank, plain_text(t_, i, text_role::body));
    }

    void read_media_group(std::uint32_t group, best& title, best& summary) const {
        for (std::uint32_t c = t_[group].first_child; c != no_node; c = t_[c].next)
            if (element(c) && t_[c].space == vocabulary::media)
                offer_text(c, title, summary);
    }

    entry read_entry(std::uint32_t i) {
        entry e;
        best title, link, summary;
        dates when;
        if (std::string about = t_.value(i, "about", vocabulary::rdf); !about.empty()) {
            e.id = about;
            e.own_id = true;
        }
        link.offer(1, address(i, t_.value(i, "href"))); // CDF
        if (std::string modified = t_.value(i, "lastmod"); !modified.empty() && parse_feed_date(modified))
            when.updated.offer(2, std::move(modified));
        for (std::uint32_t c = t_[i].first_child; c != no_node; c = t_[c].next) {
            if (!element(c))
                continue;
            const node& n = t_[c];
            if (basic(n.space) && same_name(n.text, "link"))
                offer_link(c, link);
            else if (basic(n.space) && (same_name(n.text, "guid") || same_name(n.text, "id")))
                read_id(c, e, link);
            else if (n.space == vocabulary::media && (same_name(n.text, "group") || same_name(n.text, "content")))
                read_media_group(c, title, summary);
            else {
                offer_text(c, title, summary);
                offer_date(c, when);
            }
        }
        complete(e, title, link, summary, when);
        return e;
    }

    void complete(entry& e, best& title, best& link, best& summary, const dates& when) const {
        e.title = domain::text::shortened(title.text, within_.title);
        e.link = std::move(link.text);
        e.summary = domain::text::shortened(summary.text, within_.summary);
        for (const best* d : {&when.published, &when.updated, &when.created})
            if (!e.published && !d->text.empty())
                e.published = parse_feed_date(d->text);
        e.id = e.id.size() > longest_address ? e.id.substr(0, longest_address) : e.id;
        if (e.id.empty())
            e.id = e.link;
        if (e.id.empty())
            e.id = "title:" + e.title;
    }

    void read_channel(std::uint32_t i) {
        best title, link, ignored;
        link.offer(9, address(i, t_.value(i, "href")));
        for (std::uint32_t c = t_[i].first_child; c != no_node; c = t_[c].next) {
            if (!element(c))
                continue;
            if (same_name(t_[c].text, "title"))
                offer_text(c, title, ignored);
            else if (basic(t_[c].space) && same_name(t_[c].text, "link"))
                offer_link(c, link);
        }
        out_.title = domain::text::shortened(title.text, within_.title);
        out_.link = std::move(link.text);
    }

    const tree& t_;
    std::string base_;
    const limits& within_;
    feed& out_;
    std::vector<std::uint8_t> inside_;
};

} // namespace

feed read_feed(std::string_view bytes, std::string_view content_type, std::string_view base, const limits& within) {
    feed out;
    if (bytes.size() > within.bytes) {
        out.problems.push_back("the document is too large");
        return out;
    }
    const decoded text = decode(bytes, content_type, out.problems);
    out.encoding = text.encoding;
    if (text.refused)
        return out;
    tree t = parse_markup(text.text, within.depth, within.elements);
    for (std::string& p : t.problems)
        note(out.problems, domain::text::repaired_utf8(p));
    feed_reader(t, base, within, out).read();
    if (!out.recognised)
        note(out.problems, "this is no feed");
    return out;
}

} // namespace whynow::rss
