#include "domain/lint/quantity_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

namespace whynow::domain::lint {
namespace {

constexpr std::array<std::string_view, 9> percents{"percent", "prozent",    "pourcent",      "pct",   "cent",
                                                   "ciento",  "percentage", "prozentpunkte", "points"};

constexpr std::size_t longest_number_word = 80;
constexpr std::string_view and_a_half = "einhalb";

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

} // namespace

double quantity_reader::scale_at(std::size_t i) const {
    const auto it = rules_.scales.find(w(i));
    return it == rules_.scales.end() ? 0 : it->second;
}

bool quantity_reader::money_sign(std::size_t i) const {
    const auto is_money = [](char c) { return c == '$' || c == 'E' || c == 'L'; };
    return is_money(words_[i - 1].before) || (i + 1 < words_.size() && is_money(words_[i + 1].before)) ||
           (words_[i].capital && (i + 1 == words_.size() || words_[i + 1].opens_clause));
}

void quantity_reader::mark_place(quantity& q) const {
    const auto at = q.at.from;
    const auto t = w(at);
    if (const auto unit = rules_.spans.find(w(q.at.to)); unit != rules_.spans.end())
        q.unit = unit->second;
    q.as_day = t.ends_with("th") || t.ends_with("st") || t.ends_with("nd") || t.ends_with("rd") || t.ends_with("er");
    if (at == 0)
        return;
    q.as_day = q.as_day || rules_.weekdays.contains(w(at - 1)) ||
               one_of(at - 1, {"the", "on", "am", "den", "dem", "der", "vom", "zum", "bis", "le", "du", "au", "el",
                               "del", "al", "dia", "until", "till", "by"});
    q.as_hour = one_of(at - 1, {"at", "um", "gegen", "ab", "a", "las", "la", "vers", "des", "around", "before", "after",
                                "till", "until", "from", "bis", "von", "desde", "hasta"});
}

void quantity_reader::mark_ratio(quantity& q) {
    constexpr std::size_t near = 3; // "one flight in eight"
    const auto at = q.at.from;
    q.each = at > 1 && (one_of(at - 1, {"every", "cada"}) ||
                        (one_of(at - 1, {"auf", "pour"}) && one_of(at - 2, {"einer", "eine", "ein", "un", "une"})));
    if (at < 2 || q.strong || q.values.size() != 1 || q.values[0] < 2 || q.values[0] > 20 ||
        !one_of(at - 1, {"in", "of", "von", "auf", "sur", "cada", "every"}))
        return;
    if (out_.size() > 1) {
        auto& before = out_[out_.size() - 2];
        const bool beside = before.at.to + near >= at && before.at.to + 1 <= at;
        if (beside && before.what == quantity::kind::number && !before.strong && before.values[0] < q.values[0]) {
            q.ratio = true;
            q.share = before.values[0];
            before.part = true;
            return;
        }
    }
    for (auto i = at - 2; i + near + 1 > at - 1; --i) {
        q.ratio = q.ratio || one_of(i, {"one", "1", "un", "une", "uno", "una", "ein", "eine", "einer", "einem"});
        if (i == 0)
            break;
    }
}

bool quantity_reader::is_percent(std::size_t i) const {
    return (one_of(i, {"per", "pour", "por"}) && one_of(i + 1, {"cent", "ciento"})) ||
           (i < words_.size() && std::ranges::find(percents, w(i)) != percents.end());
}

void quantity_reader::mark_strong(quantity& q, std::size_t next) const {
    q.strong = q.strong || is_percent(next) || words_[q.at.to - 1].percent;
    const char before = words_[q.at.from].before;
    q.strong = q.strong || before == '$' || before == 'E' || before == 'L' ||
               one_of(next, {"dollars", "dollar", "euros", "euro", "eur", "usd", "gbp", "pounds", "franken", "chf"});
}

bool quantity_reader::number() { return words_[at_].number ? digits() : number_words(); }

bool quantity_reader::digits() {
    const auto t = w(at_);
    const auto end = std::min(t.find_first_not_of("0123456789.,"), t.size());
    auto suffix = t.substr(end);
    auto values = readings(t.substr(0, end));
    auto next = at_ + 1;
    // "1 200": a group of three digits follows a short number
    while (suffix.empty() && t.size() <= 3 && w(next).size() == 3 && all_digits(w(next)) &&
           words_[next].before == ' ' && words_[next].from - words_[next - 1].to <= 3 && !words_[next].opens_clause) {
        values = {values[0] * 1000 + to_int(w(next))};
        ++next;
    }
    double scale = 1;
    bool strong = false;
    if (!suffix.empty()) {
        if (const auto it = rules_.scales.find(suffix); it != rules_.scales.end())
            scale = it->second, strong = true;
    } else if (const auto s = scale_at(next); s > 0 && ((w(next) != "m" && w(next) != "k") || money_sign(next))) {
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
    mark_ratio(q);
    mark_place(q);
    return true;
}

double quantity_reader::composed(std::string_view t) const {
    if (const auto it = lang_.numbers.find(t); it != lang_.numbers.end())
        return it->second;
    if (lang_.code == "de" && t.ends_with(and_a_half))
        if (const auto whole = lang_.numbers.find(t.substr(0, t.size() - and_a_half.size()));
            whole != lang_.numbers.end())
            return whole->second + 0.5;
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

bool quantity_reader::adds_up(double current, double v) const {
    if (current >= 100 && std::fmod(current, 100) == 0)
        return v < 100;
    const bool french = lang_.code == "fr"; // soixante-dix, dix-neuf, quatre-vingt-dix-sept
    const auto tens = std::fmod(current, 100);
    if (french && (tens == 10 || tens == 70 || tens == 90))
        return v >= 7 && v < 10;
    return current >= 20 && std::fmod(current, 10) == 0 && v < (french ? 20 : 10);
}

std::size_t quantity_reader::half_at(std::size_t i) const {
    if (one_of(i, {"and"}) && one_of(i + 1, {"a"}) && one_of(i + 2, {"half"}))
        return 3;
    return one_of(i, {"et", "y"}) && one_of(i + 1, {"demi", "demie", "medio", "media"}) ? 2 : 0;
}

double quantity_reader::unit_at(std::size_t i) const {
    return one_of(i, {"one", "un", "une", "uno", "una"}) ? 1 : composed(w(i));
}

double quantity_reader::decimals(std::size_t& at) const {
    double sum = 0, place = 0.1;
    for (; at < words_.size() && composed(w(at)) >= 0 && composed(w(at)) < 10; ++at, place /= 10)
        sum += composed(w(at)) * place;
    return sum;
}

bool quantity_reader::number_words() {
    if (const auto [day, used] = day_at(at_); used == 2 && words_[at_ + 1].before == '-') { // "the twenty-sixth"
        auto& q = push(quantity::kind::number, at_ + used);
        q.values = {double(day)};
        q.in_words = q.as_day = true;
        return true;
    }
    double total = 0, current = 0;
    auto next = at_;
    bool any = false, strong = false;
    while (next < words_.size()) {
        auto v = composed(w(next));
        if (v == 4 && one_of(next + 1, {"vingt", "vingts"}))
            v = 80, ++next;
        const auto s = scale_at(next);
        if (const auto half = any ? half_at(next) : 0; half > 0) {
            current += 0.5;
            next += half;
            continue;
        }
        if (any && one_of(next, {"point", "komma", "virgule", "coma"}) && composed(w(next + 1)) >= 0) {
            current += decimals(++next);
            continue;
        }
        if (v < 0 && any && one_of(next, {"and", "et", "y"}) && (current >= 20 || total > 0) && unit_at(next + 1) > 0 &&
            unit_at(next + 1) < current)
            v = unit_at(++next);
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
    mark_ratio(q);
    mark_place(q);
    if (!q.strong && next == from + 1 && q.values[0] <= 2) {
        out_.pop_back(); // "one", "two": rather a small word than a figure
        return false;
    }
    return true;
}

} // namespace whynow::domain::lint
