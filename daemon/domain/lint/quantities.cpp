#include "domain/lint/quantities.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>

namespace whynow::domain::lint {
namespace {

using text::word;

constexpr std::array<std::string_view, 9> percents{"percent", "prozent",    "pourcent",      "pct",   "cent",
                                                   "ciento",  "percentage", "prozentpunkte", "points"};
constexpr std::array<std::string_view, 6> may_be_other_words{"may", "mar", "sept", "dec", "set", "mars"};

constexpr std::size_t longest_number_word = 80;

bool all_digits(std::string_view s) {
    return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

int to_int(std::string_view s) { return s.size() <= 9 && all_digits(s) ? std::atoi(std::string(s).c_str()) : -1; }

std::vector<std::string_view> parts(std::string_view s, char by) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= s.size();) {
        const auto end = std::min(s.find(by, at), s.size());
        out.push_back(s.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

// "1,200" = 1200; "3,5" = 3.5; "1.200" = 1200 or 1.2; "1.2" = 1.2; "1,200.50" = 1200.5
std::vector<double> readings(std::string_view digits) {
    const auto plain = [](std::string_view s, char decimal) {
        std::string t;
        for (const char c : s)
            if (c == decimal)
                t += '.';
            else if (c != '.' && c != ',')
                t += c;
        return std::strtod(t.c_str(), nullptr);
    };
    const auto sign = digits.find_first_of(".,");
    if (sign == std::string_view::npos)
        return {plain(digits, '\0')};
    const auto last = digits.find_last_of(".,");
    const bool one_kind = digits.find(digits[sign] == '.' ? ',' : '.') == std::string_view::npos;
    const bool groups = digits.size() - last == 4;
    if (!one_kind)
        return {plain(digits, digits[last])};
    if (sign != last)
        return {plain(digits, '\0')};
    if (groups)
        return {plain(digits, '\0'), plain(digits, digits[sign])};
    return {plain(digits, digits[sign])};
}

class quantity_reader {
  public:
    quantity_reader(const std::vector<word>& words, const rulebook& rules, const language& lang)
        : words_(words), rules_(rules), lang_(lang) {}

    std::vector<quantity> run() {
        while (at_ < words_.size()) {
            const auto before = at_;
            if (!(calendar_digits() || day_and_month() || quarter() || clock() || month_alone() || weekday() ||
                  number()))
                ++at_;
            else if (at_ == before)
                ++at_;
        }
        return std::move(out_);
    }

  private:
    std::string_view w(std::size_t i) const {
        return i < words_.size() ? std::string_view(words_[i].folded) : std::string_view{};
    }

    bool one_of(std::size_t i, std::initializer_list<std::string_view> list) const {
        return i < words_.size() && std::ranges::find(list, w(i)) != list.end();
    }

    quantity& push(quantity::kind what, std::size_t to) {
        quantity q;
        q.what = what;
        q.at = {at_, to};
        out_.push_back(std::move(q));
        at_ = to;
        return out_.back();
    }

    void push_date(int year, int month, int day, std::size_t to) {
        auto& q = push(quantity::kind::date, to);
        q.year = year, q.month = month, q.day = day;
    }

    int month_at(std::size_t i) const {
        const auto it = rules_.months.find(w(i));
        return it == rules_.months.end() ? 0 : it->second;
    }

    int year_at(std::size_t i) const {
        const auto y = to_int(w(i));
        return w(i).size() == 4 && y >= 1900 && y < 2100 ? y : 0;
    }

    // 2026-02-12 (with or without a time), 12.02.2026, 12/02/2026, 12/02
    bool calendar_digits() {
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
            push_date(y > 0 && y < 100 ? 2000 + y : y, b <= 12 ? b : a, b <= 12 ? a : b, at_ + 1);
            if (a <= 12 && b <= 12)
                out_.back().other_day = b, out_.back().other_month = a;
            return true;
        }
        return false;
    }

    // 12, 12th, 1er, twelfth, twenty-first: a day of a month; the number of words it takes.
    std::pair<int, std::size_t> day_at(std::size_t i) const {
        if (i >= words_.size())
            return {0, 0};
        const auto t = w(i);
        if (words_[i].number) {
            const auto end = std::min(t.find_first_not_of("0123456789"), t.size());
            const auto rest = t.substr(end);
            const auto day = to_int(t.substr(0, end));
            const bool good = rest.empty() || rest == "th" || rest == "st" || rest == "nd" || rest == "rd" ||
                              rest == "er" || rest == "o";
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

    std::size_t with_year(std::size_t i, int& year) const {
        auto at = i;
        if (one_of(at, {"de", "del"}))
            ++at;
        if (const auto y = year_at(at)) {
            year = y;
            return at + 1;
        }
        return i;
    }

    bool day_and_month() {
        int year = 0;
        if (const auto [day, used] = day_at(at_); used > 0) {
            auto next = at_ + used;
            if (one_of(next, {"of", "de", "st", "nd", "rd", "th"}))
                ++next;
            if (const auto m = month_at(next))
                return push_with_year(year, m, day, next + 1);
        }
        if (const auto m = month_at(at_)) {
            auto next = at_ + 1;
            if (one_of(next, {"the"}))
                ++next;
            if (const auto [day, used] = day_at(next); used > 0 && !words_[next].opens_clause) {
                auto end = next + used;
                if (one_of(end, {"st", "nd", "rd", "th"}))
                    ++end;
                return push_with_year(year, m, day, end);
            }
        }
        return false;
    }

    bool push_with_year(int year, int month, int day, std::size_t end) {
        end = with_year(end, year);
        push_date(year, month, day, end);
        return true;
    }

    bool month_alone() {
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

    bool weekday() {
        const auto it = rules_.weekdays.find(w(at_));
        if (it == rules_.weekdays.end())
            return false;
        push(quantity::kind::weekday, at_ + 1).values = {double(it->second)};
        return true;
    }

    // Q3, third quarter, 3. Quartal, T3, 3e trimestre, tercer trimestre
    bool quarter() {
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

    // 10:30, 3pm, 3 pm, 15 Uhr, 15h30, 10 o'clock, 10 heures
    bool clock() {
        if (!words_[at_].number)
            return false;
        const auto t = w(at_);
        auto end = std::min(t.find_first_not_of("0123456789"), t.size());
        const auto hour = to_int(t.substr(0, end));
        if (hour < 0 || hour > 24 || end > 2)
            return false;
        int minute = 0;
        bool sure = false;
        auto rest = t.substr(end);
        if (rest.size() >= 3 && (rest[0] == ':' || rest[0] == 'h' || rest[0] == '.') &&
            to_int(rest.substr(1, 2)) >= 0) {
            minute = to_int(rest.substr(1, 2));
            sure = rest[0] != '.';
            rest.remove_prefix(3);
        }
        int add = 0;
        auto next = at_ + 1;
        const auto half_of_day = [&](std::string_view s) {
            if (s == "am" || s == "pm") {
                add = s == "pm" && hour < 12 ? 12 : 0;
                sure = true;
                return true;
            }
            return false;
        };
        if (rest == "h")
            sure = true;
        else if (!rest.empty() && !half_of_day(rest))
            return false;
        if (rest.empty() && half_of_day(w(next)))
            ++next;
        else if (rest.empty() && one_of(next, {"p", "a"}) && one_of(next + 1, {"m"}))
            add = w(next) == "p" && hour < 12 ? 12 : 0, sure = true, next += 2;
        else if (rest.empty() && (one_of(next, {"uhr", "heures", "h", "horas"})))
            sure = true, ++next;
        else if (rest.empty() && one_of(next, {"o"}) && one_of(next + 1, {"clock"}))
            sure = true, next += 2;
        if (!sure || minute > 59)
            return false;
        push(quantity::kind::time, next).values = {double((hour + add) * 60 + minute)};
        return true;
    }

    double scale_at(std::size_t i) const {
        const auto it = rules_.scales.find(w(i));
        return it == rules_.scales.end() ? 0 : it->second;
    }

    void mark_strong(quantity& q, std::size_t next) const {
        if (one_of(next, {"per", "pour", "por"}) && one_of(next + 1, {"cent", "ciento"}))
            q.strong = true;
        if (next < words_.size() && std::ranges::find(percents, w(next)) != percents.end())
            q.strong = true;
        const char before = words_[q.at.from].before;
        q.strong =
            q.strong || before == '$' || before == 'E' || before == 'L' ||
            one_of(next, {"dollars", "dollar", "euros", "euro", "eur", "usd", "gbp", "pounds", "franken", "chf"});
    }

    bool number() { return words_[at_].number ? digits() : number_words(); }

    bool digits() {
        const auto t = w(at_);
        const auto end = std::min(t.find_first_not_of("0123456789.,"), t.size());
        auto suffix = t.substr(end);
        auto values = readings(t.substr(0, end));
        auto next = at_ + 1;
        // "1 200": a group of three digits follows a short number
        while (suffix.empty() && t.size() <= 3 && w(next).size() == 3 && all_digits(w(next)) &&
               words_[next].before == ' ' && words_[next].from - words_[next - 1].to <= 3 &&
               !words_[next].opens_clause) {
            values = {values[0] * 1000 + to_int(w(next))};
            ++next;
        }
        double scale = 1;
        bool strong = false;
        if (!suffix.empty()) {
            if (const auto it = rules_.scales.find(suffix); it != rules_.scales.end())
                scale = it->second, strong = true;
        } else if (const auto s = scale_at(next); s > 0 && w(next) != "m" && w(next) != "k") {
            scale = s, strong = true;
            ++next;
        }
        const auto y = to_int(t);
        if (!strong && t.size() == 4 && y >= 1900 && y < 2100 && next == at_ + 1) {
            push(quantity::kind::year, next).values = {double(y)};
            mark_strong(out_.back(), next);
            if (out_.back().strong)
                out_.back().what = quantity::kind::number;
            return true;
        }
        auto& q = push(quantity::kind::number, next);
        for (auto& v : values)
            v *= scale;
        q.values = std::move(values);
        q.strong = strong;
        mark_strong(q, next);
        return true;
    }

    // A German number in one word: "vierzehn" is in the list, "fünfundzwanzig" and "zweihundert" are put together.
    double composed(std::string_view t) const {
        if (const auto it = lang_.numbers.find(t); it != lang_.numbers.end())
            return it->second;
        if (lang_.code != "de" || t.size() > longest_number_word)
            return -1;
        for (const auto& [joint, factor] : {std::pair<std::string_view, double>{"tausend", 1000}, {"hundert", 100}}) {
            const auto p = t.find(joint);
            if (p == std::string_view::npos)
                continue;
            const auto left = p == 0 ? 1 : composed(t.substr(0, p));
            auto rest = t.substr(p + joint.size());
            if (rest.starts_with("und"))
                rest.remove_prefix(3);
            const auto right = rest.empty() ? 0 : composed(rest);
            return left < 0 || right < 0 ? -1 : left * factor + right;
        }
        if (const auto p = t.find("und"); p != std::string_view::npos && p > 0) {
            const auto left = composed(t.substr(0, p)), right = composed(t.substr(p + 3));
            if (left > 0 && left < 10 && right >= 20)
                return left + right;
        }
        return -1;
    }

    // "two hundred" takes "twenty", "twenty" takes "five", "soixante" takes "dix".
    bool adds_up(double current, double v) const {
        if (current >= 100 && std::fmod(current, 100) == 0)
            return v < 100;
        return current >= 20 && std::fmod(current, 10) == 0 && v < (lang_.code == "fr" ? 20 : 10);
    }

    bool number_words() {
        double total = 0, current = 0;
        auto next = at_;
        bool any = false, strong = false;
        while (next < words_.size()) {
            auto v = composed(w(next));
            const auto s = scale_at(next);
            if (v < 0 && any && one_of(next, {"and", "et", "y"}) && (current >= 20 || total > 0) &&
                composed(w(next + 1)) > 0 && composed(w(next + 1)) < current)
                v = composed(w(++next));
            if (v < 0 && (s <= 0 || w(next).size() < 3 || !any))
                break;
            if (v < 0) {
                total += std::max(1.0, current) * s;
                current = 0;
                strong = true;
            } else if (v == 100 && any) {
                current = std::max(1.0, current) * 100;
            } else if (v == 1000) {
                total += std::max(1.0, current) * 1000;
                current = 0;
            } else if (v == 20 && current == 4 && lang_.code == "fr") {
                current = 80;
            } else {
                if (any && current > 0 && !adds_up(current, v))
                    break;
                current += v;
            }
            any = true;
            ++next;
        }
        if (!any)
            return false;
        const auto from = at_;
        auto& q = push(quantity::kind::number, next);
        q.values = {total + current};
        q.in_words = true;
        q.strong = strong;
        mark_strong(q, next);
        if (!q.strong && next == from + 1 && q.values[0] <= 2) {
            out_.pop_back(); // "one", "two": rather a small word than a figure
            return false;
        }
        return true;
    }

    const std::vector<word>& words_;
    const rulebook& rules_;
    const language& lang_;
    std::size_t at_ = 0;
    std::vector<quantity> out_;
};

} // namespace

std::vector<quantity> read_quantities(const std::vector<word>& words, const rulebook& rules, const language& lang) {
    return quantity_reader(words, rules, lang).run();
}

int weekday_of(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok())
        return 0;
    return int(std::chrono::weekday{std::chrono::sys_days{date}}.iso_encoding());
}

} // namespace whynow::domain::lint
