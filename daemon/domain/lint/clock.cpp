#include "domain/lint/quantity_reader.hpp"

#include <algorithm>

namespace whynow::domain::lint {

bool quantity_reader::push_time(int hour, int minute, std::size_t to) {
    push(quantity::kind::time, to).values = {double(hour * 60 + minute)};
    return true;
}

int quantity_reader::hour_at(std::size_t i) const {
    if (i >= words_.size())
        return 0;
    auto hour = to_int(w(i));
    if (const auto n = lang_.numbers.find(w(i)); n != lang_.numbers.end() && n->second <= 24)
        hour = int(n->second);
    return hour >= 1 && hour <= 24 ? hour : 0;
}

std::pair<int, std::size_t> quantity_reader::part_of_day(std::size_t i) const {
    if (one_of(i, {"am", "du"}) && one_of(i + 1, {"nachmittag", "abend", "soir"}))
        return {12, i + 2};
    if (one_of(i, {"am", "du"}) && one_of(i + 1, {"vormittag", "morgen", "matin"}))
        return {0, i + 2};
    const bool the = (one_of(i, {"in"}) && one_of(i + 1, {"the"})) || (one_of(i, {"de"}) && one_of(i + 1, {"la", "l"}));
    if (the && one_of(i + 2, {"afternoon", "evening", "tarde", "noche"}))
        return {12, i + 3};
    if (the && one_of(i + 2, {"apres"}) && one_of(i + 3, {"midi"}))
        return {12, i + 4};
    if (the && one_of(i + 2, {"morning", "manana"}))
        return {0, i + 3};
    return {0, 0};
}

bool quantity_reader::clock_in_words() {
    const bool quarter = one_of(at_, {"quarter", "viertel"});
    if (quarter || one_of(at_, {"half"})) {
        const bool past = one_of(at_ + 1, {"past", "nach"}), to = one_of(at_ + 1, {"to", "vor"});
        const auto hour = past || to ? hour_at(at_ + 2) : 0;
        if (hour > 0)
            return push_time(past ? hour : hour - 1, !quarter ? 30 : past ? 15 : 45, at_ + 3);
    }
    if (one_of(at_, {"halb", "dreiviertel"}))
        if (const auto hour = hour_at(at_ + 1); hour > 0)
            return push_time(hour - 1, w(at_) == "halb" ? 30 : 45, at_ + 2);
    const auto hour = hour_at(at_);
    if (hour == 0)
        return false;
    const auto said = one_of(at_ + 1, {"heures", "heure", "h", "horas", "uhr"}) ? at_ + 2 : at_ + 1;
    if (one_of(said, {"et", "y"}) && one_of(said + 1, {"demie", "media", "quart", "cuarto"}))
        return push_time(hour, one_of(said + 1, {"demie", "media"}) ? 30 : 15, said + 2);
    if (one_of(said, {"moins"}) && one_of(said + 1, {"le"}) && one_of(said + 2, {"quart"}))
        return push_time(hour - 1, 45, said + 3);
    if (one_of(said, {"menos"}) && one_of(said + 1, {"cuarto"}))
        return push_time(hour - 1, 45, said + 2);
    if (const auto [half, end] = part_of_day(said); end > 0)
        return push_time(half == 12 && hour < 12 ? hour + 12 : hour, 0, end);
    // "avant sept heures", "um sieben Uhr": a time of day; "sept heures d'attente" is none.
    const bool at_that_hour = said == at_ + 2 && at_ > 0 &&
                              one_of(at_ - 1, {"a", "avant", "apres", "des", "vers", "um", "vor", "nach", "ab", "las"});
    if (said == at_ + 1 || said >= words_.size() || words_[said].opens_clause)
        return at_that_hour && push_time(hour, 0, said);
    auto minute = words_[said].number && w(said).size() == 2 ? to_int(w(said)) : -1;
    if (const auto n = lang_.numbers.find(w(said)); n != lang_.numbers.end())
        minute = int(n->second);
    if (minute >= 0 && minute < 60)
        return push_time(hour, minute, said + 1);
    return at_that_hour && push_time(hour, 0, said);
}

bool quantity_reader::clock() {
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
    if (rest.size() >= 3 && (rest[0] == ':' || rest[0] == 'h' || rest[0] == '.') && to_int(rest.substr(1, 2)) >= 0) {
        minute = to_int(rest.substr(1, 2));
        sure = rest[0] != '.' || (at_ > 0 && one_of(at_ - 1, {"las", "um"})); // "a las 10.30"
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
    return push_time(hour + add, minute, next);
}

} // namespace whynow::domain::lint
