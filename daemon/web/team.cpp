// "/team": what fewer, better calls gave, with n and intervals.
#include "web/frame.hpp"
#include "workday/weekly.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::web {
namespace {

std::string in_data_url(std::string_view text) {
    std::string out;
    for (const char c : text)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ',' || c == '-' ||
            c == '.')
            out += c;
        else
            out += fmt::format("%{:02X}", unsigned(static_cast<unsigned char>(c)));
    return out;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? "\"\"" : std::string(1, c);
    return out + '"';
}

// One row per kind: a dot for the rate, a line for its interval. Where n is too small only n is said.
std::string intervals_html(const voice& v, const digests::figures& f) {
    constexpr int label = 170, width = 640, step = 34, right = 90;
    constexpr double span = width - label - right;
    std::vector<digests::rate> rows{{v.say("pages.team.all"), f.hits, f.conversations}};
    for (const auto& r : f.by_kind)
        rows.push_back({v.kind(r.label), r.hits, r.conversations});
    const int height = int(rows.size()) * step + 30;
    const auto title = v.html("pages.team.intervals");
    auto out = fmt::format(
        R"(<figure><figcaption>{}</figcaption><svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">)",
        title, width, height, title);
    for (int tick = 0; tick <= 4; ++tick) {
        const double x = label + span * tick / 4;
        out += fmt::format(
            R"(<line x1="{0:.1f}" y1="4" x2="{0:.1f}" y2="{1}" class="grid"/><text x="{0:.1f}" y="{2}" class="tick" text-anchor="middle">{3} %</text>)",
            x, height - 24, height - 6, tick * 25);
    }
    int y = step / 2 + 2;
    for (const auto& r : rows) {
        out += fmt::format(R"(<text x="{}" y="{}" class="label" text-anchor="end">{}</text>)", label - 12, y + 5,
                           escaped(r.label));
        const auto n = v.html("pages.team.n", text::slots{}.set("n", r.conversations));
        if (r.conversations < digests::fewest_for_a_rate) {
            out += fmt::format(R"(<text x="{}" y="{}" class="few">{} · {}</text>)", label + 8, y + 5, n,
                               v.html("digest.too_few"));
        } else {
            const auto i = digests::wilson(r.hits, r.conversations);
            out += fmt::format(
                R"(<line x1="{:.1f}" y1="{}" x2="{:.1f}" y2="{}" class="whisker"/><circle cx="{:.1f}" cy="{}" r="6" class="dot"/><text x="{}" y="{}" class="value">{}</text>)",
                label + span * i.low, y, label + span * i.high, y, label + span * r.hits / r.conversations, y,
                width - right + 14, y + 5, n);
        }
        y += step;
    }
    return out + "</svg></figure>";
}

std::string csv_html(const voice& v, const digests::figures& f) {
    std::string csv = fmt::format("{},{},{},{},{}\n", quoted(v.say("digest.column.kind")),
                                  quoted(v.say("digest.column.conversations")), quoted(v.say("digest.column.hits")),
                                  quoted(v.say("digest.column.low")), quoted(v.say("digest.column.high")));
    for (const auto& r : f.by_kind) {
        const auto i = digests::wilson(r.hits, r.conversations);
        csv += fmt::format("{},{},{},{:.3f},{:.3f}\n", quoted(v.kind(r.label)), r.conversations, r.hits, i.low, i.high);
    }
    return fmt::format(
        R"(<p><a class="file" download="whynow-{}.csv" href="data:text/csv;charset=utf-8,{}">{}</a></p>)", to_iso(f.to),
        in_data_url(csv), v.html("pages.team.csv"));
}

struct tile {
    std::string_view key;
    int value;
};

std::string tiles_html(const voice& v, const digests::figures& f) {
    std::string out = R"(<ul class="tiles">)";
    for (const auto& t : {tile{"digest.row.calls", f.calls_logged}, tile{"digest.row.conversations", f.conversations},
                          tile{"digest.row.hits", f.hits}, tile{"digest.row.meetings", f.meetings},
                          tile{"digest.row.referrals", f.referrals},
                          tile{"pages.team.not_made", std::max(0, f.usual_calls - f.calls_logged)}})
        out += fmt::format("<li><b>{}</b><span>{}</span></li>", v.number(t.value), v.html(t.key));
    return out + "</ul>";
}

// The digest without its own heading: the page says the period.
std::string body_of(cards::message m) {
    if (!m.blocks.empty() && std::holds_alternative<cards::heading>(m.blocks.front()))
        m.blocks.erase(m.blocks.begin());
    return card_html(m);
}

} // namespace

std::string team_page(store::session& s, const viewer& who, const workday::rulebook& rules) {
    const voice v(who, rules);
    const auto manager = !who.rep                               ? std::string{}
                         : who.rep->role == book::role::manager ? who.rep->email
                         : who.rep->role == book::role::rep     ? who.rep->manager_email
                                                                : std::string{};
    const auto from = add_days(v.today(), -27);
    const auto month = workday::figures_of(s, manager, from, v.today(), rules, who.now);
    const auto days = text::slots{}.set("from", v.day(from)).set("to", v.day(v.today()));
    auto main = fmt::format("<section><h2>{}</h2>", v.html("pages.team.month", days));
    if (month.briefs > 0)
        main += tiles_html(v, month) + intervals_html(v, month) + csv_html(v, month);
    main += body_of(digests::digest(month, v.language(), v.today(), rules.book)) + "</section>";
    const auto week = workday::week_before(v.today());
    const auto figures = workday::figures_of(s, manager, week.from, week.to, rules, who.now);
    main +=
        fmt::format("<section><h2>{}</h2>{}</section>",
                    v.html("pages.team.week", text::slots{}.set("from", v.day(week.from)).set("to", v.day(week.to))),
                    body_of(digests::digest(figures, v.language(), v.today(), rules.book)));
    return framed(v, who, "/team", v.say("pages.team.title"), v.say("pages.team.lead"), main);
}

} // namespace whynow::web
