#include "domain/dates/reader.hpp"

#include "domain/dates/grammar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace {

// What was found at one place: days, a time, or both.
struct found {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<days> on;
    std::optional<minute_of_day> at;
    int zone = -1;
    bool unknown_zone = false;
    bool exact_moment = false; // "in an hour": date and time go together
};

class sweep {
  public:
    explicit sweep(const grammar& g) : g_(g) {}

    std::vector<found> run() {
        for (std::size_t i = 0; i < g_.symbols().size();) {
            if (const auto next = date_here(i))
                i = *next;
            else if (const auto behind = time_here(i))
                i = *behind;
            else
                ++i;
        }
        join_times();
        return std::move(out_);
    }

  private:
    void take_time(found& f, const clock_hit& c) {
        f.at = c.at;
        f.zone = c.zone;
        f.unknown_zone = c.unknown_zone;
        f.end = c.next;
    }

    std::optional<std::size_t> date_here(std::size_t i) {
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

    void behind_date(found& f) {
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

    std::optional<std::size_t> time_here(std::size_t i) {
        const auto c = g_.clock_at(i, false);
        if (!c)
            return std::nullopt;
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

    bool sentence_between(std::size_t from, std::size_t to) const {
        for (auto i = from; i < to; ++i)
            if (g_.mark(i, '.') || g_.mark(i, '\n') || g_.mark(i, '!') || g_.mark(i, '?') || g_.mark(i, ';'))
                return true;
        return false;
    }

    // "call him at 3, Tuesday would be best": a time without a day goes to the day beside it.
    void join_times() {
        for (std::size_t k = 0; k + 1 < out_.size();) {
            auto& a = out_[k];
            auto& b = out_[k + 1];
            const bool fits = !sentence_between(a.end, b.begin) && !corrected(a.end, b.begin) &&
                              ((a.on && !a.at && a.on->size == grain::day && !b.on) ||
                               (!a.on && b.on && !b.at && b.on->size == grain::day));
            if (!fits) {
                ++k;
                continue;
            }
            auto& dated = a.on ? a : b;
            const auto& timed = a.on ? b : a;
            dated.at = timed.at;
            dated.zone = timed.zone;
            dated.unknown_zone = timed.unknown_zone;
            dated.begin = std::min(a.begin, b.begin);
            dated.end = std::max(a.end, b.end);
            out_.erase(out_.begin() + static_cast<std::ptrdiff_t>(a.on ? k + 1 : k));
        }
    }

  public:
    bool corrected(std::size_t from, std::size_t to) const {
        for (auto i = from; i < to; ++i)
            if (g_.is(i, kind::correction))
                return true;
        return false;
    }

  private:
    const grammar& g_;
    std::vector<found> out_;
};

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
    if (f.zone >= 0) {
        const auto moment =
            g.clocks().to_instant({w.date, *f.at}, g.words().zone_names[static_cast<std::size_t>(f.zone)]);
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

// The later of two holds; what it leaves out is taken from the one it corrects.
found amended(const found& first, found second) {
    if (!second.on) {
        second.on = first.on;
    } else if (!second.at && first.at && second.on->size == grain::day) {
        second.at = first.at;
        second.zone = first.zone;
        second.unknown_zone = first.unknown_zone;
    }
    return second;
}

std::vector<found> corrected(const sweep& s, std::vector<found> all) {
    for (std::size_t k = 0; k + 1 < all.size();) {
        if (!s.corrected(all[k].end, all[k + 1].begin)) {
            ++k;
            continue;
        }
        all[k + 1] = amended(all[k], all[k + 1]);
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(k));
    }
    return all;
}

} // namespace

reader::reader(const rules::node& rules) : words_(std::make_unique<const lexicon>(rules)) {}
reader::~reader() = default;
reader::reader(reader&&) noexcept = default;
reader& reader::operator=(reader&&) noexcept = default;

std::vector<window> reader::read_all(std::string_view text, const standpoint& here, const zones& clocks) const {
    const grammar g(*words_, symbols_of(text, *words_), here, clocks);
    sweep s(g);
    const auto all = corrected(s, s.run());
    std::vector<window> out;
    for (const auto& f : all)
        if (const auto w = window_of(g, f))
            out.push_back(*w);
    return out;
}

namespace {

// A bare amount ("3 months") is a date where nothing but words of calling and asking stands around it.
bool bare_stands(const grammar& g, const window& w) {
    const auto& s = g.symbols();
    for (std::size_t i = 0; i < s.size(); ++i) {
        const bool inside = s[i].at.from >= w.at.from && s[i].at.to <= w.at.to;
        const bool beside = (i + 1 < s.size() && s[i + 1].at.from == w.at.from) || (i > 0 && s[i - 1].at.to == w.at.to);
        if (inside || !beside)
            continue;
        if (!s[i].mark && !g.is(i, kind::lead) && !g.is(i, kind::filler) && !g.is(i, kind::only_or))
            return false;
    }
    return true;
}

} // namespace

std::optional<window> reader::read(std::string_view text, const standpoint& here, const zones& clocks) const {
    const grammar g(*words_, symbols_of(text, *words_), here, clocks);
    sweep s(g);
    for (const auto& f : corrected(s, s.run())) {
        const auto w = window_of(g, f);
        if (w && (!w->bare || bare_stands(g, *w)))
            return w;
    }
    return std::nullopt;
}

} // namespace whynow::domain::dates
