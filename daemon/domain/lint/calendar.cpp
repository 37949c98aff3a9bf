#include "domain/lint/quantity_reader.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::lint {
namespace {

constexpr std::array<std::string_view, 6> may_be_other_words{"may", "mar", "sept", "dec", "set", "mars"};

std::vector<std::string_view> parts(std::string_view s, char by) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= s.size();) {
        const auto end = std::min(s.find(by, at), s.size());
        out.push_back(s.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

} // namespace

void quantity_reader::push_date(int year, int month, int day, std::size_t to) {
    auto& q = push(quantity::kind::date, to);
    q.year = year, q.month = month, q.day = day;
}

int quantity_reader::month_at(std::size_t i) const {
    if (i > 0 && i < words_.size() && words_[i].before == '-' && !words_[i - 1].number)
        return 0; // "vingt-sept" is no September
    const auto it = rules_.months.find(w(i));
    return it == rules_.months.end() ? 0 : it->second;
}

int quantity_reader::year_at(std::size_t i) const {
    const auto y = to_int(w(i));
    return w(i).size() == 4 && y >= 1900 && y < 2100 ? y : 0;
}

bool quantity_reader::calendar_digits() {
    if (!words_[at_].number)
        return false;
    const auto t = w(at_);
    if (t.size() >= 10 && t[4] == '-' && t[7] == '-') {
        const auto y = to_int(t.substr(0, 4)), m = to_int(t.substr(5, 2)), d = to_int(t.substr(8, 2));
        if (y > 0 && m > 0 && m <= 12 && d > 0 && d <= 31)
            return push_date(y, m, d, at_ + 1), true;
    }
    for (const char sign : {'.', '/', '-'}) {
        const auto p = parts(t, sign);
        if (p.size() < 2 || p.size() > 3 || (p.size() == 2 && sign == '-'))
            continue;
        const auto a = to_int(p[0]), b = to_int(p[1]), y = p.size() == 3 ? to_int(p[2]) : 0;
        const bool dated =
            at_ > 0 && one_of(at_ - 1, {"am", "vom", "zum", "bis", "ab", "on", "le", "du", "el", "del", "den"});
        if (p[0].size() > 2 || p[1].size() > 2 || (p[1].size() != 2 && !(dated && sign != '-')) || a < 1 || b < 1 ||
            a > 31 || b > 31 || (a > 12 && b > 12) || y < 0)
            continue;
        if (p.size() == 2 && sign == '.' && p[0].size() != 2 && !dated)
            continue; // 3.10 is rather a number
        if (p.size() == 2 && sign == '.' &&
            (one_of(at_ + 1, {"uhr", "h", "hrs", "heures", "horas", "am", "pm"}) ||
             (at_ > 0 && one_of(at_ - 1, {"las", "um"}))))
            continue; // an hour
        push_date(y > 0 && y < 100 ? 2000 + y : y, b <= 12 ? b : a, b <= 12 ? a : b, at_ + 1);
        if (a <= 12 && b <= 12)
            out_.back().other_day = b, out_.back().other_month = a;
        return true;
    }
    return false;
}

std::pair<int, std::size_t> quantity_reader::day_at(std::size_t i) const {
    if (i >= words_.size())
        return {0, 0};
    const auto t = w(i);
    if (words_[i].number) {
        const auto end = std::min(t.find_first_not_of("0123456789"), t.size());
        const auto rest = t.substr(end);
        const auto day = to_int(t.substr(0, end));
        const bool good =
            rest.empty() || rest == "th" || rest == "st" || rest == "nd" || rest == "rd" || rest == "er" || rest == "o";
        return good && day >= 1 && day <= 31 && end <= 2 ? std::pair{day, std::size_t{1}}
                                                         : std::pair{0, std::size_t{0}};
    }
    if (const auto o = lang_.ordinals.find(t); o != lang_.ordinals.end())
        return {o->second, 1};
    const auto tens = lang_.numbers.find(t);
    if (tens != lang_.numbers.end() && (tens->second == 20 || tens->second == 30))
        if (const auto o = lang_.ordinals.find(w(i + 1)); o != lang_.ordinals.end() && o->second < 10)
            return {int(tens->second) + o->second, 2};
    if (tens != lang_.numbers.end() && tens->second >= 1 && tens->second <= 31)
        return {int(tens->second), 1};
    return {0, 0};
}

std::size_t quantity_reader::with_year(std::size_t i, int& year) const {
    auto at = i;
    if (one_of(at, {"de", "del"}))
        ++at;
    if (const auto y = year_at(at)) {
        year = y;
        return at + 1;
    }
    return i;
}

bool quantity_reader::day_and_month() {
    int year = 0;
    if (const auto [day, used] = day_at(at_); used > 0) {
        auto next = at_ + used;
        if (one_of(next, {"of", "de", "st", "nd", "rd", "th"}))
            ++next;
        if (const auto m = month_at(next))
            return push_with_year(year, m, day, next + 1);
    }
    if (const auto m = lang_.code == "en" ? month_at(at_) : 0) { // nobody else says "May 7"
        auto next = at_ + 1;
        if (one_of(next, {"the"}))
            ++next;
        if (const auto [day, used] = day_at(next);
            used > 0 && !words_[next].opens_clause && !words_[next + used - 1].percent && !is_percent(next + used)) {
            auto end = next + used;
            if (one_of(end, {"st", "nd", "rd", "th"}))
                ++end;
            return push_with_year(year, m, day, end);
        }
    }
    return false;
}

bool quantity_reader::push_with_year(int year, int month, int day, std::size_t end) {
    end = with_year(end, year);
    push_date(year, month, day, end);
    return true;
}

bool quantity_reader::month_alone() {
    const auto m = month_at(at_);
    if (!m)
        return false;
    int year = 0;
    const auto end = with_year(at_ + 1, year);
    const bool doubtful =
        std::ranges::find(may_be_other_words, w(at_)) != may_be_other_words.end() || w(at_).size() <= 3;
    const bool introduced =
        at_ > 0 &&
        one_of(at_ - 1, {"in", "since", "until", "of",     "early", "late", "last", "mid", "by",  "en",  "depuis",
                         "im", "seit",  "ende",  "anfang", "mitte", "this", "next", "de",  "bis", "fin", "debut"});
    if (doubtful && !(words_[at_].capital && introduced) && year == 0 && !(introduced && w(at_) == "mars"))
        return false;
    push(quantity::kind::month, end).values = {double(m)};
    out_.back().year = year;
    return true;
}

bool quantity_reader::weekday() {
    const auto it = rules_.weekdays.find(w(at_));
    if (it == rules_.weekdays.end())
        return false;
    push(quantity::kind::weekday, at_ + 1).values = {double(it->second)};
    return true;
}

bool quantity_reader::quarter() {
    const auto t = w(at_);
    if (t.size() == 2 && (t[0] == 'q' || t[0] == 't') && t[1] >= '1' && t[1] <= '4') {
        push(quantity::kind::quarter, at_ + 1).values = {double(t[1] - '0')};
        return true;
    }
    if (!one_of(at_ + 1, {"quarter", "quartal", "trimestre"}))
        return false;
    int n = 0;
    if (const auto o = lang_.ordinals.find(t); o != lang_.ordinals.end())
        n = o->second;
    else if (words_[at_].number && !t.empty() &&
             (t.size() == 1 || t == "1er" || t == "2e" || t == "3e" || t == "4e" || t.size() == 3))
        n = t[0] - '0';
    if (n < 1 || n > 4)
        return false;
    push(quantity::kind::quarter, at_ + 2).values = {double(n)};
    return true;
}

} // namespace whynow::domain::lint
