#include "domain/dates/reader.hpp"

#include "domain/dates/grammar.hpp"
#include "domain/dates/standing.hpp"
#include "domain/dates/sweep.hpp"

namespace whynow::domain::dates {

namespace {

local_time here_in(const grammar& g, int zone) {
    const auto& here = g.here();
    if (zone < 0)
        return here.now;
    const auto moment = g.clocks().to_instant(here.now, here.zone);
    return g.clocks().to_local(moment, g.words().zone_names[static_cast<std::size_t>(zone)]);
}

std::optional<window> window_of(const grammar& g, const found& f) {
    window w;
    const auto& s = g.symbols();
    w.at = {s[f.begin].at.from, s[f.end - 1].at.to};
    if (f.on) {
        w.from = f.on->from;
        w.to = f.on->to;
        w.date = f.on->best;
        w.size = f.on->size;
        w.counted = f.on->counted;
        w.bare = f.on->bare;
    } else {
        const auto there = here_in(g, f.zone);
        w.date = *f.at > there.at ? there.date : add_days(there.date, 1);
        if (w.date != there.date)
            while (weekday_of(w.date).iso_encoding() > 5)
                w.date = add_days(w.date, 1);
        w.from = w.to = w.date;
    }
    if (!f.at || f.unknown_zone)
        return w;
    w.time = *f.at;
    if (f.zone >= 0 || f.offset) {
        const auto moment =
            f.offset ? instant{std::chrono::sys_days{w.date}} + *f.at - *f.offset
                     : g.clocks().to_instant({w.date, *f.at}, g.words().zone_names[static_cast<std::size_t>(f.zone)]);
        const auto local = g.clocks().to_local(moment, g.here().zone);
        const int turn = days_between(w.date, local.date);
        w.date = local.date;
        w.from = add_days(w.from, turn);
        w.to = add_days(w.to, turn);
        w.time = local.at;
    }
    if (w.date < g.here().now.date || (w.to == g.here().now.date && f.on && !f.exact_moment &&
                                       *w.time < g.here().now.at && w.from < g.here().now.date))
        return std::nullopt;
    return w;
}

} // namespace

reader::reader(const rules::node& rules) : words_(std::make_unique<const lexicon>(rules)) {}
reader::~reader() = default;
reader::reader(reader&&) noexcept = default;
reader& reader::operator=(reader&&) noexcept = default;

std::vector<window> reader::read_all(std::string_view text, const standpoint& here, const zones& clocks) const {
    const grammar g(*words_, symbols_of(text, *words_, language_of(here.lang)), here, clocks);
    std::vector<window> out;
    const auto all = sweep(g).run();
    const sentence said(g, all);
    for (std::size_t k = 0; k < all.size(); ++k)
        if (const auto w = said.stands(k) ? window_of(g, all[k]) : std::nullopt)
            out.push_back(*w);
    return out;
}

namespace {

// A bare amount ("3 months") is a date where nothing but words of calling and asking stands around it.
bool bare_stands(const grammar& g, const found& f) {
    const auto loose = [&](std::size_t i) { return g.is(i, kind::filler) || g.is(i, kind::only_or); };
    const auto closed = [&](std::size_t i) { return g.symbols()[i].mark || g.is(i, kind::lead); };
    const auto before = run_back(f.begin, loose), behind = run_on(f.end, loose);
    return (before == 0 || closed(before - 1)) && (behind == g.symbols().size() || closed(behind));
}

} // namespace

std::optional<window> reader::read(std::string_view text, const standpoint& here, const zones& clocks) const {
    const grammar g(*words_, symbols_of(text, *words_, language_of(here.lang)), here, clocks);
    const auto all = sweep(g).run();
    const sentence said(g, all);
    std::optional<window> best;
    int most = 0;
    for (std::size_t k = 0; k < all.size(); ++k) {
        const auto w = said.stands(k) ? window_of(g, all[k]) : std::nullopt;
        if (!w || (w->bare && !bare_stands(g, all[k])))
            continue;
        if (const int weight = said.weight(k); !best || weight > most) {
            best = w;
            most = weight;
        }
    }
    return best;
}

} // namespace whynow::domain::dates
