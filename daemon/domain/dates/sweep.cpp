#include "domain/dates/sweep.hpp"

#include "domain/dates/clock.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {

void take_time(found& f, const clock_hit& c) {
    if (!c.limit)
        f.at = c.at;
    f.zone = c.zone;
    f.offset = c.offset;
    f.unknown_zone = c.unknown_zone;
    f.end = c.next;
}

void take_time(found& f, const found& timed) {
    f.at = timed.at;
    f.zone = timed.zone;
    f.offset = timed.offset;
    f.unknown_zone = timed.unknown_zone;
}

} // namespace

std::vector<found> sweep::run() {
    for (std::size_t i = 0; i < g_.symbols().size();) {
        const auto& s = g_.symbols()[i];
        const bool nothing = s.means.empty() && s.number < 0 && !s.long_number && s.mark != '@';
        if (nothing)
            ++i;
        else if (const auto next = date_here(i))
            i = *next;
        else if (const auto behind = time_here(i))
            i = *behind;
        else
            ++i;
    }
    join_times();
    amend();
    return std::move(out_);
}

std::optional<std::size_t> sweep::date_here(std::size_t i) {
    const auto time = clock_reader(g_).read(i, false);
    auto h = g_.date_at(i);
    const auto e = echo_here(i);
    const bool echo = e && (!h || e->next >= h->next);
    if (echo)
        h = e;
    if (!h || (time && time->firm && time->next > h->next))
        return std::nullopt;
    if (h->on.to.ok() && h->on.to.year() > std::chrono::year{0})
        last_ = h->on;
    found f{.begin = i, .end = std::max(h->next, i + 1), .on = h->on, .echo = echo};
    if (h->gone) { // "every Monday at 9": the time goes with the day
        if (!g_.clause_ends(f.end))
            behind_date(f);
        return f.end;
    }
    if (h->at) {
        f.at = h->at;
        f.exact_moment = true;
    } else if (h->on.from == h->on.to || h->on.size == grain::day) {
        behind_date(f);
    }
    out_.push_back(f);
    return f.end;
}

std::optional<hit> sweep::behind_last(std::size_t next) const {
    const auto from = add_days(last_->to, 1);
    const auto d = settled({.from = from, .to = add_days(from, 13), .best = add_days(from, 2), .size = grain::week},
                           g_.here().now.date);
    return d ? std::optional{hit{.next = next, .on = *d}} : std::nullopt;
}

// "the week after", "la siguiente": told by the date before it
std::optional<hit> sweep::echo_here(std::size_t i) const {
    if (!last_)
        return std::nullopt;
    const auto j = g_.skip_fillers(i);
    const auto ends = [this](std::size_t k) { return g_.clause_ends(k) || g_.is(k, kind::fits); };
    auto next = j + 1;
    int days_on = 0;
    const auto* u = g_.find(j, kind::unit);
    const auto* e = g_.find(j, kind::echo);
    if ((u || g_.is(j, kind::weekday)) && g_.is(j + 1, kind::echo) && ends(j + 2)) // "the week after"
        next = j + 2;
    else if (e && e->value == 0 && (u = g_.find(j + 1, kind::unit))) // "the following week"
        next = j + 2;
    else if (e && e->value > 0 && ends(j + 1))
        days_on = e->value;
    else if (e && j == i && (ends(j + 1) || g_.is(j + 1, kind::call)) &&
             (j == 0 || g_.sym(j - 1).mark || g_.is(j - 1, kind::call)))
        return behind_last(j + 1); // "Messe vom 20. bis 24., danach anrufen"
    else
        return std::nullopt;
    if (u && !days_on) {
        const auto of = static_cast<unit>(u->value);
        days_on = of == unit::day ? 1 : of == unit::week ? 7 : of == unit::month ? 30 : 0;
    }
    const auto today = g_.here().now.date;
    if (const auto* w = g_.find(j, kind::weekday); w && g_.is(j + 1, kind::echo) && ends(j + 2)) {
        auto d = add_days(last_->to, 1); // "the Monday after"
        while (day_number_of(d) != w->value)
            d = add_days(d, 1);
        return one_day(d, j + 2, today);
    }
    if (days_on == 0)
        return std::nullopt;
    if (days_on == 1)
        return one_day(add_days(last_->to, 1), next, today);
    period p{.first = add_days(monday_of(last_->to), 7)};
    if (days_on > 7) {
        const auto month = add_months(last_->to, 1);
        p = month_period(year_of(month), month_of(month));
    }
    const auto d = whole(p, today);
    return d ? std::optional{hit{.next = next, .on = *d}} : std::nullopt;
}

void sweep::behind_date(found& f) const {
    daypart part{};
    if (const auto p = g_.daypart_at(f.end, part); p && part != daypart::noon) {
        f.end = *p;
        if (auto c = clock_reader(g_).read(f.end, true)) {
            if (part != daypart::morning && c->at < std::chrono::hours{12} && c->at >= std::chrono::hours{1})
                c->at += std::chrono::hours{12};
            take_time(f, *c);
        }
        return;
    }
    auto c = clock_reader(g_).read(f.end, true);
    if (!c)
        return;
    for (auto i = f.begin; i < f.end; ++i) // "tonight at 7"
        if (const auto* p = g_.find(i, kind::daypart); p && static_cast<daypart>(p->value) == daypart::evening)
            if (c->at < std::chrono::hours{12})
                c->at += std::chrono::hours{12};
    take_time(f, *c);
}

std::optional<std::size_t> sweep::time_here(std::size_t i) {
    const auto c = clock_reader(g_).read(i, false);
    if (!c)
        return std::nullopt;
    if (c->limit) // "before 3" names no time
        return c->next;
    const auto before = run_back(i, [this](std::size_t k) { return g_.is(k, kind::filler); });
    if (before > 0 && g_.is(before - 1, kind::habit)) // "we close at 5"
        return c->next;
    found f{.begin = i, .end = c->next};
    take_time(f, *c);
    const auto j = run_on(
        c->next, [this](std::size_t k) { return g_.is(k, kind::filler) || g_.mark(k, ',') || g_.is(k, kind::by); });
    if (const auto h = g_.date_at(j); h && !h->gone && !h->at && !h->on.counted && h->on.size == grain::day) {
        f.on = h->on;
        f.end = h->next;
        for (auto k = j; k < h->next; ++k) // "7 tonight"
            if (const auto* p = g_.find(k, kind::daypart); p && static_cast<daypart>(p->value) == daypart::evening)
                if (f.at && *f.at < std::chrono::hours{12} && *f.at >= std::chrono::hours{4})
                    *f.at += std::chrono::hours{12};
        daypart part{};
        if (const auto p = g_.daypart_at(f.end, part))
            f.end = *p;
    }
    out_.push_back(f);
    return f.end;
}

bool sweep::sentence_between(std::size_t from, std::size_t to) const {
    for (auto i = from; i < to; ++i)
        if (g_.mark(i, '.') || g_.mark(i, '\n') || g_.mark(i, '!') || g_.mark(i, '?') || g_.mark(i, ';'))
            return true;
    return false;
}

// "vm in the morning, spoke at one"
bool sweep::told_between(std::size_t from, std::size_t to) const {
    for (auto i = from; i < to; ++i)
        if (g_.is(i, kind::did))
            return true;
    return false;
}

bool sweep::corrected(std::size_t from, std::size_t to) const {
    for (auto i = from; i < to; ++i)
        if (g_.is(i, kind::correction))
            return true;
    return false;
}

// "call him at 3, Tuesday would be best"
void sweep::join_times() {
    const auto whole_day = [](const found& f) { return f.on && !f.at && f.on->size == grain::day; };
    std::vector<found> kept;
    for (auto& b : out_) {
        if (kept.empty()) {
            kept.push_back(b);
            continue;
        }
        const bool denied = kept.size() > 1 && !b.on && kept.back().begin > 0 && // "June 30 not June 20, at 3"
                            g_.is(kept.back().begin - 1, kind::negation) && !kept[kept.size() - 2].at;
        auto& a = denied ? kept[kept.size() - 2] : kept.back();
        const bool fits = ((whole_day(a) && !b.on) || (!a.on && whole_day(b))) && !sentence_between(a.end, b.begin) &&
                          !corrected(a.end, b.begin) && !told_between(a.end, b.begin);
        if (!fits) {
            kept.push_back(b);
            continue;
        }
        found both = a.on ? a : b;
        take_time(both, a.on ? b : a);
        both.begin = a.begin;
        both.end = b.end;
        a = both;
    }
    out_ = std::move(kept);
}

// The later of two holds; what it leaves out is taken from the one it corrects.
void sweep::amend() {
    std::vector<found> kept;
    for (auto& second : out_) {
        const bool told = !kept.empty() && kept.back().on && second.on && // "the new fiscal year starts in July"
                          kept.back().on->size == grain::year && second.begin == kept.back().end + 1 &&
                          g_.is(second.begin - 1, kind::begins);
        if (told) {
            kept.back() = second;
            continue;
        }
        if (kept.empty() || !corrected(kept.back().end, second.begin)) {
            kept.push_back(second);
            continue;
        }
        const auto& first = kept.back();
        if (!second.on)
            second.on = first.on;
        else if (!second.at && first.at && second.on->size == grain::day)
            take_time(second, first);
        kept.back() = second;
    }
    out_ = std::move(kept);
}

} // namespace whynow::domain::dates
