// "/team": what fewer, better calls gave, with n and intervals; and the rows behind each figure.
#include "domain/text/written.hpp"
#include "web/figures.hpp"
#include "workday/weekly.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::web {
namespace {

store::whose seen_by(const viewer& who) { return who.rep ? workday::seen_by(*who.rep) : store::whose{}; }

digests::list_links links(const viewer& who, local_date from, local_date to) {
    return {"/team/figures/", fmt::format("?from={}&to={}{}", to_iso(from), to_iso(to),
                                          who.rep ? "&rep=" + in_query(who.rep->email) : std::string{})};
}

std::string section(store::session& s, const voice& v, const viewer& who, std::string_view title, local_date from,
                    local_date to) {
    const auto f = workday::figures_of(s, seen_by(who), from, to, v.rules(), who.now);
    return fmt::format("<section><h2>{}</h2>{}</section>",
                       v.html(title, text::slots{}.set("from", v.day(from)).set("to", v.day(to))),
                       figures_html(v, f, links(who, from, to)));
}

} // namespace

std::string team_page(store::session& s, const viewer& who, const workday::rulebook& rules) {
    const voice v(who, rules);
    const auto week = workday::week_before(v.today());
    return framed(v, who, "/team", v.say("pages.team.title"), v.say("pages.team.lead"),
                  section(s, v, who, "pages.team.month", add_days(v.today(), -27), v.today()) +
                      section(s, v, who, "pages.team.week", week.from, week.to));
}

std::string figure_page(store::session& s, const viewer& who, digests::figure which, local_date from, local_date to,
                        const workday::rulebook& rules) {
    const voice v(who, rules);
    const auto list = workday::list_of(s, seen_by(who), which, from, to, rules, who.now, v.language());
    const auto days = text::slots{}.set("from", v.day(from)).set("to", v.day(to));
    std::vector<std::string> header{v.html("digest.list.day_column"), v.html("digest.list.who"),
                                    v.html("digest.list.account"),    v.html("digest.list.reason"),
                                    v.html("digest.list.what"),       v.html("digest.list.rep")};
    std::vector<std::vector<std::string>> rows;
    const auto shown = [](std::string_view text) { return text.empty() ? std::string("–") : escaped(text); };
    for (const auto& r : list.rows)
        rows.push_back({r.day.ok() ? escaped(v.day(r.day)) : "–", shown(r.who), shown(r.account), shown(r.reason),
                        shown(r.what), shown(r.rep)});
    for (std::size_t column = header.size(); column-- > 0;) // columns in which nothing stands
        if (std::ranges::all_of(rows, [&](const auto& r) { return r[column] == "–"; })) {
            header.erase(header.begin() + std::ptrdiff_t(column));
            for (auto& r : rows)
                r.erase(r.begin() + std::ptrdiff_t(column));
        }
    const auto lead = workday::in_words(list.number, v.language(), rules);
    const auto body = rows.empty() ? fmt::format(R"(<p class="subtle">{}</p>)", v.html("digest.list.empty", days))
                                   : table_html(header, rows);
    return framed(v, who, "/team", v.say(fmt::format("digest.name.{}", to_string(which))),
                  fmt::format("{} · {}", lead, v.say("pages.team.days", days)), body);
}

std::string digest_file(const digests::figures& f, const viewer& who, const workday::rulebook& rules) {
    const voice v(who, rules);
    const auto days = text::slots{}.set("from", v.day(f.from)).set("to", v.day(f.to));
    return lone_page(v, v.say(f.title(), days), v.say("pages.team.lead"),
                     "<section>" + figures_html(v, f, workday::links_to_lists(f.from, f.to, rules)) + "</section>");
}

} // namespace whynow::web
