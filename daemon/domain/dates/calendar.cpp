#include "domain/dates/calendar.hpp"

#include <algorithm>

namespace whynow::domain::dates {

namespace chr = std::chrono;

local_date date_of(int year, int month, int day) {
    return chr::year{year} / chr::month{static_cast<unsigned>(month)} / chr::day{static_cast<unsigned>(day)};
}
int year_of(local_date d) { return static_cast<int>(d.year()); }
int month_of(local_date d) { return static_cast<int>(static_cast<unsigned>(d.month())); }
int day_of(local_date d) { return static_cast<int>(static_cast<unsigned>(d.day())); }
int day_number_of(local_date d) { return static_cast<int>(weekday_of(d).iso_encoding()); }
int month_length(int year, int month) {
    return day_of(local_date{chr::year{year} / chr::month{static_cast<unsigned>(month)} / chr::last});
}
local_date monday_of(local_date d) { return add_days(d, 1 - day_number_of(d)); }

// The anonymous Gregorian algorithm.
local_date easter_sunday(int year) {
    const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
    const int g = (8 * b + 13) / 25, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 19 * l) / 433;
    const int month = (h + l - 7 * m + 90) / 25, day = (h + l - 7 * m + 33 * month + 19) % 32;
    return date_of(year, month, day);
}

std::optional<local_date> nth_weekday(int year, int month, int nth, int weekday) {
    if (nth < 0) {
        auto d = date_of(year, month, month_length(year, month));
        while (day_number_of(d) != weekday)
            d = add_days(d, -1);
        return d;
    }
    auto d = date_of(year, month, 1);
    while (day_number_of(d) != weekday)
        d = add_days(d, 1);
    d = add_days(d, 7 * (nth - 1));
    return month_of(d) == month ? std::optional{d} : std::nullopt;
}

std::optional<local_date> iso_week(int year, int week) {
    if (week < 1 || week > 53)
        return std::nullopt;
    const auto monday = add_days(monday_of(date_of(year, 1, 4)), 7 * (week - 1));
    const bool inside = year_of(add_days(monday, 3)) == year;
    return inside ? std::optional{monday} : std::nullopt;
}

local_date period::last() const {
    if (weekend)
        return add_days(first, 6);
    return months == 0 ? add_days(first, 4) : add_days(add_months(first, months), -1);
}

period period::shifted(int cycles) const {
    auto p = *this;
    p.first = months == 0 ? add_days(first, 7 * cycle * cycles) : add_months(first, cycle * cycles);
    return p;
}

period month_period(int year, int month) {
    period p;
    p.first = date_of(year, month, 1);
    p.months = 1;
    p.cycle = 12;
    p.size = grain::month;
    return p;
}

days feast_days(const feast& f, int year) {
    days d;
    if (f.how == feast::rule::easter) {
        d.from = add_days(easter_sunday(year), f.a[0]);
        d.to = add_days(easter_sunday(year), f.a[1]);
    } else if (f.how == feast::rule::nth) {
        const auto at = nth_weekday(year, f.a[2], f.a[0], f.a[1]).value_or(date_of(year, f.a[2], 1));
        d.from = add_days(at, f.plus[0]);
        d.to = add_days(at, f.plus[1]);
    } else {
        const bool turns = f.a[2] < f.a[0];
        d.from = date_of(year, f.a[0], f.a[1]);
        d.to = date_of(year + (turns ? 1 : 0), f.a[2], f.a[3]);
    }
    d.best = d.from;
    d.weekend = true;
    return d;
}

std::optional<days> settled(days d, local_date today) {
    if (d.to < today)
        return std::nullopt;
    if (d.from < today)
        d.from = today;
    if (d.best < d.from)
        d.best = add_days(d.from, (days_between(d.from, d.to) + 1) / 2);
    if (d.best > d.to)
        d.best = d.to;
    if (d.weekend || d.from == d.to)
        return d;
    const auto workday = [](local_date x) { return weekday_of(x).iso_encoding() < 6; };
    for (int off = 1; !workday(d.best) && off < 3; ++off) {
        if (const auto later = add_days(d.best, off); later <= d.to && workday(later))
            d.best = later;
        else if (const auto sooner = add_days(d.best, -off); sooner >= d.from && workday(sooner))
            d.best = sooner;
    }
    return d;
}

std::optional<days> whole(const period& p, local_date today) {
    days d{.from = p.first, .to = p.last(), .size = p.size};
    if (p.weekend) {
        d.from = d.best = add_days(p.first, 5);
        d.weekend = true;
        return settled(d, today);
    }
    constexpr int into_week = 2, into_month = 13, into_season = 40;
    d.best = add_days(d.from, p.months == 0 ? into_week : into_month);
    if (p.months == 12 && p.size == grain::year)
        d.to = add_days(add_months(p.first, 3), -1);
    else if (p.months == 3 && p.size == grain::month) // a season
        d.best = add_days(d.from, into_season);
    return settled(d, today);
}

namespace {

days part_of_week(const period& p, part which) {
    days d{.from = p.first, .to = add_days(p.first, 4), .size = grain::day};
    if (which == part::early)
        d.to = d.best = add_days(p.first, 1);
    else if (which == part::mid) {
        d.from = add_days(p.first, 1);
        d.to = add_days(p.first, 3);
        d.best = add_days(p.first, 2);
    } else {
        d.from = add_days(p.first, 3);
        d.best = d.to;
    }
    return d;
}

days part_of_month(const period& p, part which) {
    const auto last = p.last();
    days d{.from = p.first, .to = last, .size = grain::week};
    if (which == part::early) {
        d.to = add_days(p.first, 9);
        d.best = add_days(p.first, 4);
    } else if (which == part::mid) {
        d.from = add_days(p.first, 9);
        d.to = add_days(p.first, 19);
        d.best = add_days(p.first, 14);
    } else {
        d.from =
            which == part::end && p.bare_unit ? add_days(last, -6) : add_days(p.first, which == part::end ? 21 : 19);
        d.best = add_days(last, -3);
    }
    return d;
}

days part_of_year(const period& p, part which) {
    days d{.from = p.first, .to = p.last(), .size = grain::month};
    if (which == part::early) {
        d.to = add_days(add_months(p.first, 2), -1);
        d.best = add_days(p.first, 13);
    } else if (which == part::mid) {
        d.from = add_months(p.first, 5);
        d.to = add_days(add_months(p.first, 7), -1);
        d.best = add_days(add_months(p.first, 6), -2);
    } else {
        d.from = which == part::end ? add_days(d.to, -16) : add_days(add_months(p.first, 10), 0);
        d.best = add_days(d.to, which == part::end ? -9 : -23);
    }
    return d;
}

days part_of_months(const period& p, part which) {
    const int third = p.months / 3;
    days d{.from = p.first, .to = p.last(), .size = grain::month};
    if (which == part::early) {
        d.to = add_days(add_months(p.first, third), -1);
        d.best = add_days(p.first, 11);
    } else if (which == part::mid) {
        d.from = add_months(p.first, third);
        d.to = add_days(add_months(p.first, 2 * third), -1);
        d.best = add_days(d.from, 14);
    } else {
        d.from = add_months(p.first, p.months - 1);
        d.best = add_days(d.to, -6);
    }
    return d;
}

std::optional<days> later_part(const period& p, local_date today) {
    if (p.months > 3)
        return std::nullopt; // "later this year" names no day
    days d{.from = std::max(p.first, add_days(today, 1)), .to = p.last(), .size = p.size};
    if (p.months == 0 && today < add_days(p.first, 3))
        d.from = std::max(d.from, add_days(p.first, 3));
    d.best = add_days(d.from, days_between(d.from, d.to) / 2);
    return settled(d, today);
}

} // namespace

std::optional<days> part_of(const period& p, part which, local_date today) {
    if (which == part::later)
        return later_part(p, today);
    if (p.weekend)
        return whole(p, today);
    if (p.months == 0)
        return settled(part_of_week(p, which), today);
    if (p.months == 1)
        return settled(part_of_month(p, which), today);
    if (p.months >= 12)
        return settled(part_of_year(p, which), today);
    return settled(part_of_months(p, which), today);
}

} // namespace whynow::domain::dates
