#include "web/frame.hpp"

#include "domain/text/written.hpp"

#include <fmt/format.h>

#include <array>

namespace whynow::web {
namespace {

struct place {
    std::string_view path, key;
};
constexpr std::array places{place{"/", "pages.nav.today"}, place{"/team", "pages.nav.team"},
                            place{"/drafts", "pages.nav.drafts"}, place{"/signals", "pages.nav.signals"},
                            place{"/admin", "pages.nav.admin"}};

} // namespace

std::string in_query(std::string_view text) {
    std::string out;
    for (const char c : text)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
            c == '_' || c == '~')
            out += c;
        else
            out += fmt::format("%{:02X}", unsigned(static_cast<unsigned char>(c)));
    return out;
}

namespace {

constexpr std::string_view linked_style = R"(<link rel="stylesheet" href="/assets/style.css">)";

// The document around `body`; `head` is what stands in its head besides what every page needs.
std::string document(const voice& v, std::string_view title, std::string_view head, std::string_view body,
                     std::string_view style = linked_style) {
    return fmt::format(R"(<!doctype html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{}</title>
{}
{}</head>
{}
</html>
)",
                       escaped(v.language()), title, style, head, body);
}

} // namespace

voice::voice(const viewer& who, const workday::rulebook& rules)
    : rules_(rules), language_(who.rep ? rules.language_of(*who.rep) : rules.team.language),
      zone_(who.rep ? rules.zone_of(*who.rep) : rules.team.zone) {
    today_ = rules.clocks->to_local(who.now, zone_).date;
}

std::string voice::word(std::string_view prefix, std::string_view word) const {
    const auto key = fmt::format("{}.{}", prefix, word);
    return rules_.book.has(language_, key) ? say(key) : std::string(word);
}

std::string voice::kind(std::string_view kind) const {
    const auto key = fmt::format("{}.badge", kind);
    return rules_.book.has(language_, key) ? say(key) : std::string(kind);
}

std::string voice::day(local_date d) const {
    return d.ok() ? text::day_and_month(rules_.book, language_, d, today_) : std::string("–");
}

std::string voice::moment(instant at) const {
    if (at == instant{})
        return "–";
    const auto there = rules_.clocks->to_local(at, zone_);
    return text::moment(rules_.book, language_, day(there.date), there.at);
}

std::string voice::clock(minute_of_day at) const { return text::clock(rules_.book, language_, at); }
std::string voice::number(std::int64_t n) const { return text::number(rules_.book, language_, n); }
std::string voice::signed_decimal(double x) const { return text::signed_decimal(rules_.book, language_, x); }
text::slots voice::count(std::string_view name, std::int64_t n) const {
    return text::slots{}.set(name, number(n)).set("one", text::singular(rules_.book, language_, n));
}

std::string framed(const voice& v, const viewer& who, std::string_view active, std::string_view title,
                   std::string_view lead, std::string_view main) {
    const auto query = who.rep ? "?rep=" + in_query(who.rep->email) : std::string{};
    std::string nav;
    for (const auto& p : places)
        nav += fmt::format(R"(<a href="{}{}"{}>{}</a>)", p.path, query,
                           p.path == active ? R"( aria-current="page")" : "", v.html(p.key));
    const auto body = fmt::format(
        R"(<body data-user="{}">
<a class="skip" href="#main">{}</a>
<header class="top">
<a class="brand" href="/{}">why<b>now</b></a>
<nav aria-label="{}">{}</nav>
<p class="who">{}</p>
</header>
<main id="main" tabindex="-1">
<h1>{}</h1>
<p class="lead">{}</p>
{}
</main>
<p id="toast" class="toast" role="status" aria-live="polite" hidden></p>
<dialog id="form" class="form"></dialog>
</body>)",
        who.rep ? escaped(who.rep->email) : "", v.html("pages.skip"), query, v.html("pages.nav.label"), nav,
        who.rep ? fmt::format("{} · {}", escaped(who.rep->name), escaped(v.moment(who.now)))
                : escaped(v.moment(who.now)),
        escaped(title), escaped(lead), main);
    return document(v, escaped(title) + " · whynow",
                    "<link rel=\"icon\" href=\"/assets/icon.svg\" type=\"image/svg+xml\">\n"
                    "<script src=\"/assets/console.js\" defer></script>\n",
                    body);
}

std::string narrow_page(const voice& v, std::string_view title, std::string_view main, bool listed) {
    return document(v, title, listed ? "" : "<meta name=\"robots\" content=\"noindex\">\n",
                    fmt::format(R"(<body><main class="narrow"><h1>{}</h1>{}</main></body>)", title, main));
}

std::string lone_page(const voice& v, std::string_view title, std::string_view lead, std::string_view main) {
    const auto style = asset_named("style.css");
    return document(v, escaped(title), "",
                    fmt::format("<body><main><h1>{}</h1><p class=\"lead\">{}</p>{}</main></body>", escaped(title),
                                escaped(lead), main),
                    fmt::format("<style>{}</style>", style ? style->bytes : ""));
}

std::string table_html(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                       std::string_view caption) {
    std::string out = R"(<div class="scroll" tabindex="0"><table>)";
    if (!caption.empty())
        out += fmt::format("<caption>{}</caption>", caption);
    out += "<thead><tr>";
    for (const auto& h : header)
        out += fmt::format(R"(<th scope="col">{}</th>)", h);
    out += "</tr></thead><tbody>";
    for (const auto& row : rows) {
        out += "<tr>";
        for (const auto& cell : row)
            out += fmt::format("<td>{}</td>", cell);
        out += "</tr>";
    }
    return out + "</tbody></table></div>";
}

std::string link_html(std::string_view text, std::string_view url) {
    const bool good = url.starts_with("https://") || url.starts_with("http://") || url.starts_with("tel:") ||
                      url.starts_with("mailto:");
    if (!good)
        return escaped(text);
    return fmt::format(R"(<a href="{}"{}>{}</a>)", escaped(url),
                       url.starts_with("http") ? R"( rel="noopener noreferrer" target="_blank")" : "", escaped(text));
}

} // namespace whynow::web
