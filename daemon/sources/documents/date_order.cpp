#include "sources/documents/date_order.hpp"

namespace whynow::sources::documents {

namespace {

using numbers = std::vector<date_number>;

bool with_month_word(moment& m, const numbers& n, int month) {
    m.month = month;
    if (n.empty() || n.size() > 2)
        return false;
    if (n.size() == 1) {
        m.year = n[0].value;
        return n[0].digits() == 4;
    }
    const bool year_first = n[0].digits() > 2 || n[0].value > 31;
    const date_number& year = year_first ? n[0] : n[1];
    const date_number& day = year_first ? n[1] : n[0];
    m.year = full_year(year.value, year.digits());
    m.day = day.value;
    return day.digits() <= 2;
}

bool of_one(moment& m, const date_number& all) {
    const auto whole = compact(all.text);
    if (!whole)
        return false;
    m.year = whole->year;
    m.month = whole->month;
    m.day = whole->day;
    return true;
}

bool of_two(moment& m, const date_number& a, const date_number& b) {
    if (b.digits() == 3 && (a.digits() == 4 || a.digits() == 2))
        return set_ordinal(m, full_year(a.value, a.digits()), b.value);
    if (a.digits() + b.digits() == 8 && (a.digits() == 4 || a.digits() == 6)) { // 2003-1231, 200312-31
        m.year = a.digits() == 4 ? a.value : a.value / 100;
        m.month = a.digits() == 4 ? b.value / 100 : a.value % 100;
        m.day = b.value % 100;
        return true;
    }
    m.year = full_year(a.value, a.digits());
    m.month = b.value;
    return a.digits() == 4 || (a.digits() == 2 && b.before == '-');
}

bool of_three(moment& m, const date_number& a, const date_number& b, const date_number& c) {
    if (a.digits() == 4 || (c.digits() != 4 && b.before == '-')) {
        m.year = full_year(a.value, a.digits());
        m.month = b.value;
        m.day = c.value;
        return true;
    }
    const bool day_first = b.before != '/' || a.value > 12;
    m.year = full_year(c.value, c.digits());
    m.month = day_first ? b.value : a.value;
    m.day = day_first ? a.value : b.value;
    return true;
}

} // namespace

bool set_date(moment& m, const std::vector<date_number>& n, int month) {
    if (month != 0)
        return with_month_word(m, n, month);
    switch (n.size()) {
    case 1: return of_one(m, n[0]);
    case 2: return of_two(m, n[0], n[1]);
    case 3: return of_three(m, n[0], n[1], n[2]);
    default: return false;
    }
}

} // namespace whynow::sources::documents
