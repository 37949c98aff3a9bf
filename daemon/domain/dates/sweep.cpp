#include "domain/dates/sweep.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {

void take_time(found& f, const clock_hit& c) {
    f.at = c.at;
    f.zone = c.zone;
    f.unknown_zone = c.unknown_zone;
    f.end = c.next;
}

void take_time(found& f, const found& timed) {
    f.at = timed.at;
    f.zone = timed.zone;
    f.unknown_zone = timed.unknown_zone;
}

} // namespace

std::vector<found> sweep::run() {
    for (std::size_t i = 0; i < g_.symbols().size();) {
        if (const auto next = date_here(i))
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
    const auto time = g_.clock_at(i, false);
    const auto h = g_.date_at(i);
    if (!h || (time && time->firm && time->next > h->next))
        return std::nullopt;
    if (h->gone)
        return std::max(h->next, i + 1);
    found f{.begin = i, .end = h->next, .on = h->on};
    if (h->at) {
        f.at = h->at;
        f.exact_moment = true;
    } else if (h->on.from == h->on.to || h->on.size == grain::day) {
        behind_date(f);
    }
    out_.push_back(f);
    return f.end;
}

void sweep::behind_date(found& f) const {
    daypart part{};
    if (const auto p = g_.daypart_at(f.end, part); p && part != daypart::noon) {
        f.end = *p;
        if (auto c = g_.clock_at(f.end, true)) {
            if (part != daypart::morning && c->at < std::chrono::hours{12} && c->at >= std::chrono::hours{1})
                c->at += std::chrono::hours{12};
            take_time(f, *c);
        }
        return;
    }
    if (const auto c = g_.clock_at(f.end, true))
        take_time(f, *c);
}

std::optional<std::size_t> sweep::time_here(std::size_t i) {
    const auto c = g_.clock_at(i, false);
    if (!c)
        return std::nullopt;
    if (i > 0 && g_.is(i - 1, kind::habit)) // "we close at 5"
        return c->next;
    found f{.begin = i, .end = c->next};
    take_time(f, *c);
    auto j = c->next;
    while (g_.is(j, kind::filler) || g_.mark(j, ',') || g_.is(j, kind::by))
        ++j;
    if (const auto h = g_.date_at(j); h && !h->gone && !h->at && !h->on.counted && h->on.size == grain::day) {
        f.on = h->on;
        f.end = h->next;
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
        auto& a = kept.back();
        const bool fits = ((whole_day(a) && !b.on) || (!a.on && whole_day(b))) && !sentence_between(a.end, b.begin) &&
                          !corrected(a.end, b.begin);
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
