#include "web/figures.hpp"

#include "domain/text/written.hpp"
#include "workday/figure_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::web {
namespace {

using digests::figure;
using digests::figures;
using digests::group;
using digests::way;
using text::slots;

// A number that leads to its list.
std::string linked(std::string_view number, figure which, const digests::list_links& lists) {
    const auto url = lists.of(which);
    return url.empty() ? escaped(number) : fmt::format(R"(<a href="{}">{}</a>)", escaped(url), escaped(number));
}

std::string percent(const voice& v, double share) { return text::percent(v.rules().book, v.language(), share); }
std::string rate(const voice& v, int part, int whole) {
    if (whole < digests::fewest_for_a_rate)
        return v.say("digest.too_few");
    const auto i = digests::wilson(part, whole);
    return fmt::format("{} ({}–{})", percent(v, double(part) / whole), percent(v, i.low), percent(v, i.high));
}

struct named_way {
    std::string label;
    way of;
};

// One row per part: a dot for the rate, a line for its interval. Where there are too few only the number is said.
std::string intervals_svg(const voice& v, std::string_view title, const std::vector<named_way>& rows) {
    constexpr int label = 190, width = 700, step = 34, right = 90;
    constexpr double span = width - label - right;
    const int height = int(rows.size()) * step + 30;
    std::string spoken(title), inside;
    for (int tick = 0; tick <= 4; ++tick) {
        const double x = label + span * tick / 4;
        inside += fmt::format(
            R"(<line x1="{0:.1f}" y1="4" x2="{0:.1f}" y2="{1}" class="grid"/><text x="{0:.1f}" y="{2}" class="tick" text-anchor="middle">{3}</text>)",
            x, height - 24, height - 6, escaped(percent(v, tick / 4.0)));
    }
    int y = step / 2 + 2;
    for (const auto& r : rows) {
        spoken += fmt::format("; {}: {}", r.label, rate(v, r.of.hits, r.of.conversations));
        inside += fmt::format(R"(<text x="{}" y="{}" class="label" text-anchor="end">{}</text>)", label - 12, y + 5,
                              escaped(r.label));
        const auto n = v.html("pages.team.n", slots{}.set("n", v.number(r.of.conversations)));
        if (r.of.conversations < digests::fewest_for_a_rate) {
            inside += fmt::format(R"(<text x="{}" y="{}" class="few">{} · {}</text>)", label + 8, y + 5, n,
                                  v.html("digest.too_few"));
        } else {
            const auto i = digests::wilson(r.of.hits, r.of.conversations);
            inside += fmt::format(
                R"(<line x1="{:.1f}" y1="{}" x2="{:.1f}" y2="{}" class="whisker"/><circle cx="{:.1f}" cy="{}" r="6" class="dot"/><text x="{}" y="{}" class="value">{}</text>)",
                label + span * i.low, y, label + span * i.high, y, label + span * r.of.hits / r.of.conversations, y,
                width - right + 14, y + 5, n);
        }
        y += step;
    }
    return fmt::format(
        R"(<div class="scroll" tabindex="0"><svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg></div>)",
        width, height, escaped(spoken), inside);
}

// The chart and, below it, the way of each part from suggestion to referral.
std::string parts_html(const voice& v, std::string_view title, std::string_view column,
                       const std::vector<named_way>& rows) {
    std::vector<std::vector<std::string>> cells;
    for (const auto& r : rows)
        cells.push_back({escaped(r.label), v.number(r.of.suggested), v.number(r.of.calls), v.number(r.of.conversations),
                         v.number(r.of.hits), escaped(rate(v, r.of.hits, r.of.conversations)), v.number(r.of.meetings),
                         fmt::format("{} / {}", v.number(r.of.held), v.number(r.of.meetings_due)),
                         v.number(r.of.referrals), v.number(r.of.wrong)});
    const auto said = v.say(title);
    return fmt::format(
        R"(<figure class="parts"><figcaption>{}</figcaption>{}{}</figure>)", escaped(said),
        intervals_svg(v, said, rows),
        table_html({v.html(column), v.html("digest.row.suggested"), v.html("digest.row.calls"),
                    v.html("digest.row.conversations"), v.html("digest.row.hits"), v.html("digest.column.rate"),
                    v.html("digest.row.meetings"),
                    fmt::format("{} / {}", v.html("digest.row.held"), v.html("digest.name.meetings_due")),
                    v.html("digest.row.referrals"), v.html("digest.name.wrong")},
                   cells));
}

template <class Label>
std::vector<named_way> labelled(const std::vector<group>& groups, Label label) {
    std::vector<named_way> out;
    for (const auto& g : groups)
        out.push_back({label(g.label), g.of});
    return out;
}

std::string charts_html(const voice& v, const figures& f) {
    const auto with_other = [&](auto label) {
        return [&v, label](const std::string& word) {
            return word == digests::other_calls ? v.say("digest.other") : label(word);
        };
    };
    auto kinds = labelled(f.by_kind, with_other([&](const std::string& w) { return v.kind(w); }));
    kinds.insert(kinds.begin(), {v.say("pages.team.all"), f.all});
    return parts_html(v, "digest.by_kind", "digest.column.kind", kinds) +
           parts_html(
               v, "digest.by_scope", "digest.column.scope",
               labelled(f.by_scope, with_other([&](const std::string& w) { return v.word("pages.scope", w); }))) +
           parts_html(v, "digest.by_source", "digest.column.source",
                      labelled(f.by_source, with_other([&](const std::string& w) {
                                   return w == digests::no_feed ? v.say("digest.no_feed") : w;
                               })));
}

std::string tiles_html(const voice& v, const figures& f, const digests::list_links& lists) {
    std::string out = R"(<ul class="tiles">)";
    for (const auto which : {figure::calls, figure::conversations, figure::hits, figure::meetings, figure::held,
                             figure::referrals, figure::saved}) {
        const int n = std::max(0, digests::share_of(f, which).numerator);
        out += fmt::format("<li><b>{}</b><span>{}</span></li>", linked(v.number(n), which, lists),
                           v.html(fmt::format("digest.name.{}", to_string(which))));
    }
    return out + "</ul>";
}

std::string all_html(const voice& v, const figures& f, const digests::list_links& lists) {
    std::vector<std::vector<std::string>> rows;
    for (const auto which : digests::all_figures()) {
        const auto s = digests::share_of(f, which);
        rows.push_back(
            {v.html(fmt::format("digest.name.{}", s.name)), linked(v.number(s.numerator), which, lists),
             s.per.empty() ? "–"
                           : fmt::format("{} {}", v.number(s.denominator), v.html(fmt::format("digest.per.{}", s.per))),
             s.per.empty() || which == figure::saved || s.numerator < 0 || s.numerator > s.denominator
                 ? "–"
                 : escaped(rate(v, s.numerator, s.denominator))});
    }
    return fmt::format(R"(<details class="why"><summary>{}</summary>{}</details>)", v.html("pages.team.every"),
                       table_html({v.html("pages.team.figure"), v.html("pages.team.number"), v.html("pages.team.of"),
                                   v.html("pages.team.rate")},
                                  rows));
}

// The digest without its own heading: the page says the period.
std::string words_html(cards::message m) {
    if (!m.blocks.empty() && std::holds_alternative<cards::heading>(m.blocks.front()))
        m.blocks.erase(m.blocks.begin());
    std::erase_if(m.blocks, [](const auto& b) { return std::holds_alternative<cards::table>(b); }); // drawn below
    return card_html(m);
}

} // namespace

std::string figures_html(const voice& v, const figures& f, const digests::list_links& lists) {
    const auto words = words_html(digests::digest(f, v.language(), v.today(), v.rules().book));
    if (f.briefs == 0 && f.all.calls == 0)
        return words;
    return tiles_html(v, f, lists) + words + charts_html(v, f) + all_html(v, f, lists) +
           fmt::format(
               R"(<p><a class="file" download="whynow-{}.csv" href="data:text/csv;charset=utf-8,{}">{}</a></p>)",
               to_iso(f.to), in_query(workday::to_csv(f, {})), v.html("pages.team.csv"));
}

} // namespace whynow::web
