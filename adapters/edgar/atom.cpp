#include "adapters/edgar/filings.hpp"
#include "sources/documents/charset.hpp"
#include "sources/documents/dates.hpp"
#include "sources/documents/markup.hpp"
#include "sources/documents/plain_text.hpp"
#include "sources/documents/text_construct.hpp"

namespace whynow::edgar {

namespace {

namespace documents = sources::documents;
using documents::no_node;

constexpr std::size_t most_bytes = 8u << 20;
constexpr std::size_t most_depth = 256;
constexpr std::size_t most_elements = 300'000;

std::uint32_t child(const documents::tree& t, std::uint32_t of, std::string_view name) {
    for (std::uint32_t c = t[of].first_child; c != no_node; c = t[c].next)
        if (t.is(c, name))
            return c;
    return no_node;
}

std::string text_of(const documents::tree& t, std::uint32_t of, std::string_view name) {
    const std::uint32_t c = child(t, of, name);
    return c == no_node ? std::string{} : documents::tidy(documents::literal_text(t, c));
}

struct company {
    std::string name, cik;
};

// "8-K - Apple Inc. (0000320193) (Filer)"
company company_in(std::string_view title) {
    for (auto open = title.rfind('('); open != std::string_view::npos && open > 0; open = title.rfind('(', open - 1)) {
        const std::string cik = ten_digits(title.substr(open + 1, title.find(')', open) - open - 1));
        if (cik.empty() || title.find(')', open) == std::string_view::npos)
            continue;
        const auto dash = title.find(" - ");
        const auto from = dash == std::string_view::npos || dash > open ? 0 : dash + 3;
        return {documents::tidy(title.substr(from, open - from)), cik};
    }
    return {};
}

// ".../edgar/data/1889983/000121390025006497/..." or "?CIK=..."
std::string cik_in(std::string_view url) {
    const auto at = url.find("/data/");
    if (at == std::string_view::npos)
        return {};
    const auto from = at + 6;
    return ten_digits(url.substr(from, url.find('/', from) - from));
}

std::string accession_in(std::string_view id) {
    const auto at = id.find("accession-number=");
    return at == std::string_view::npos ? std::string{} : documents::tidy(id.substr(at + 17));
}

// "… Item 5.02: Departure of …" of the current filings' summary; the company feed keeps them in items-desc.
std::vector<std::string> codes_in(const std::string& description, std::string_view summary) {
    if (!description.empty())
        return item_codes_in(description);
    const auto at = summary.find("Item ");
    return at == std::string_view::npos ? std::vector<std::string>{} : item_codes_in(summary.substr(at));
}

filing filing_of(const documents::tree& t, std::uint32_t entry, const company& whose) {
    filing f;
    const std::uint32_t content = child(t, entry, "content");
    const auto detail = [&](std::string_view name) {
        return content == no_node ? std::string{} : text_of(t, content, name);
    };
    const std::string title = text_of(t, entry, "title");
    const std::uint32_t category = child(t, entry, "category");
    f.form = category == no_node ? title.substr(0, title.find(" - ")) : t.value(category, "term");
    if (const std::string type = detail("filing-type"); !type.empty())
        f.form = type;
    const std::uint32_t link = child(t, entry, "link");
    const std::string href = link == no_node ? std::string{} : t.value(link, "href");
    f.url = href.starts_with("https://") || href.starts_with("http://") ? href : std::string{};
    const company named = company_in(title);
    f.company = named.name.empty() ? whose.name : named.name;
    f.cik = !named.cik.empty() ? named.cik : !whose.cik.empty() ? whose.cik : cik_in(f.url);
    f.accession = detail("accession-number");
    if (f.accession.empty())
        f.accession = accession_in(text_of(t, entry, "id"));
    const std::uint32_t summary = child(t, entry, "summary");
    f.codes = codes_in(detail("items-desc"),
                       summary == no_node ? "" : documents::plain_text(t, summary, documents::text_role::body));
    f.accepted = documents::parse_feed_date(text_of(t, entry, "updated"));
    if (!f.accepted)
        f.accepted = documents::parse_feed_date(detail("filing-date"));
    return f;
}

} // namespace

sources::reading read_atom(const sources::document& d, const filter& which) {
    sources::reading out;
    out.readable = false;
    if (d.body.size() > most_bytes) {
        out.complaint = "the document is too large";
        return out;
    }
    std::vector<std::string> problems;
    const documents::decoded text = documents::decode(d.body, d.content_type, problems);
    const documents::tree t = documents::parse_markup(text.text, most_depth, most_elements);
    std::uint32_t feed = child(t, 0, "feed");
    if (text.refused || feed == no_node) {
        out.complaint = "this is no Atom feed of EDGAR";
        return out;
    }
    out.readable = true;
    company whose;
    if (const std::uint32_t info = child(t, feed, "company-info"); info != no_node)
        whose = {text_of(t, info, "conformed-name"), ten_digits(text_of(t, info, "cik"))};
    for (std::uint32_t c = t[feed].first_child; c != no_node && out.items.size() < which.most; c = t[c].next) {
        if (!t.is(c, "entry"))
            continue;
        const filing f = filing_of(t, c, whose);
        if (!f.accession.empty() && wanted(which, f.form))
            out.items.push_back(to_item(f));
    }
    return out;
}

sources::reading read_source(const sources::document& d) {
    const auto first = d.body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first != std::string_view::npos && d.body[first] == '{')
        return d.body.substr(0, 400).find("\"hits\"") != std::string_view::npos ? read_search(d.body)
                                                                                : read_submissions(d.body);
    return read_atom(d);
}

} // namespace whynow::edgar
