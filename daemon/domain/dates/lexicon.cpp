#include "domain/dates/lexicon.hpp"

#include "domain/dates/symbols.hpp"

#include <algorithm>
#include <charconv>

namespace whynow::domain::dates {

namespace {

struct section {
    std::string_view name;
    kind what;
};

constexpr std::array sections{section{"month", kind::month},
                              section{"weekday", kind::weekday},
                              section{"unit", kind::unit},
                              section{"part", kind::part},
                              section{"edge", kind::edge},
                              section{"rel", kind::rel},
                              section{"past", kind::past},
                              section{"article", kind::article},
                              section{"day", kind::day},
                              section{"daypart", kind::daypart},
                              section{"number", kind::number},
                              section{"few", kind::few},
                              section{"amount", kind::amount},
                              section{"ordinal", kind::ordinal},
                              section{"ordinal_suffix", kind::ordinal_suffix},
                              section{"halves", kind::halves},
                              section{"quarter_mark", kind::quarter_mark},
                              section{"half_mark", kind::half_mark},
                              section{"week_mark", kind::week_mark},
                              section{"season", kind::season},
                              section{"filler", kind::filler},
                              section{"correction", kind::correction},
                              section{"lead", kind::lead},
                              section{"call", kind::lead},
                              section{"call", kind::call},
                              section{"length", kind::length},
                              section{"title", kind::title},
                              section{"person", kind::person},
                              section{"begins", kind::begins},
                              section{"acts", kind::acts},
                              section{"label", kind::label},
                              section{"none", kind::none},
                              section{"half_nth", kind::half_nth},
                              section{"half_more", kind::half_more},
                              section{"moved", kind::moved},
                              section{"toward", kind::toward},
                              section{"echo", kind::echo},
                              section{"tongue", kind::tongue}};

// Sections whose keys are kinds of their own.
constexpr std::array named_kinds{section{"in", kind::in},
                                 section{"within", kind::within},
                                 section{"after", kind::after},
                                 section{"before", kind::before},
                                 section{"until", kind::until},
                                 section{"by", kind::by},
                                 section{"week_of", kind::week_of},
                                 section{"from_now", kind::from_now},
                                 section{"from", kind::from},
                                 section{"ago", kind::ago},
                                 section{"since", kind::since},
                                 section{"lasting", kind::lasting},
                                 section{"at", kind::at},
                                 section{"am", kind::am},
                                 section{"pm", kind::pm},
                                 section{"oclock", kind::oclock},
                                 section{"half_past", kind::half_past},
                                 section{"half_to", kind::half_to},
                                 section{"quarter_past", kind::quarter_past},
                                 section{"quarter_to", kind::quarter_to},
                                 section{"and_half", kind::and_half},
                                 section{"and_quarter", kind::and_quarter},
                                 section{"less_quarter", kind::less_quarter},
                                 section{"ish", kind::ish},
                                 section{"range", kind::range},
                                 section{"their", kind::their},
                                 section{"time", kind::time},
                                 section{"or", kind::join},
                                 section{"only_or", kind::only_or},
                                 section{"hour_article", kind::hour_article},
                                 section{"minutes_past", kind::minutes_past},
                                 section{"minutes_to", kind::minutes_to},
                                 section{"minutes_more", kind::minutes_more},
                                 section{"minutes_less", kind::minutes_less},
                                 section{"between", kind::between},
                                 section{"same_time", kind::same_time},
                                 section{"negation", kind::negation},
                                 section{"refusal", kind::refusal},
                                 section{"was", kind::was},
                                 section{"did", kind::did},
                                 section{"wish", kind::wish},
                                 section{"fits", kind::fits},
                                 section{"so", kind::so},
                                 section{"free", kind::free},
                                 section{"aux", kind::aux},
                                 section{"habit", kind::habit},
                                 section{"clause", kind::clause}};

constexpr std::array<std::string_view, 12> units{"minute", "hour",    "day",  "workday", "week",    "fortnight",
                                                 "month",  "quarter", "half", "year",    "weekend", "fiscal_year"};
constexpr std::array<std::string_view, 5> parts{"early", "mid", "late", "later", "end"};
constexpr std::array<std::string_view, 5> rels{"this", "next", "last", "after_next", "coming"};
constexpr std::array<std::string_view, 4> dayparts{"morning", "afternoon", "evening", "noon"};
constexpr std::array<std::string_view, 4> season_names{"spring", "summer", "autumn", "winter"};

template <std::size_t N>
int place_in(const std::array<std::string_view, N>& names, std::string_view name) {
    return static_cast<int>(std::ranges::find(names, name) - names.begin());
}

int to_int(std::string_view text) {
    int n = 0;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

int value_of(kind what, std::string_view key) {
    switch (what) {
    case kind::unit: return place_in(units, key);
    case kind::part: return place_in(parts, key);
    case kind::rel: return place_in(rels, key);
    case kind::daypart: return place_in(dayparts, key);
    case kind::season: return place_in(season_names, key);
    default: return to_int(key);
    }
}

std::array<int, 4> month_days(const rules::node& n) {
    const auto from = n["from"].text("01-01");
    const auto to = n["to"].text("01-01");
    const auto two = [](const std::string& s, std::size_t at) {
        return to_int(std::string_view(s).substr(std::min(at, s.size()), 2));
    };
    return {two(from, 0), two(from, 3), two(to, 0), two(to, 3)};
}

int item(const rules::node& list, std::size_t i) {
    return i < list.items().size() ? static_cast<int>(list.items()[i].integer(0)) : 0;
}

} // namespace

language language_of(std::string_view code) {
    constexpr std::array<std::string_view, 4> codes{"en", "de", "fr", "es"};
    const auto at = place_in(codes, code.substr(0, 2));
    return at < 4 ? static_cast<language>(at + 1) : language::any;
}

int lexicon::fiscal_month(std::string_view zone) const {
    for (const auto& [name, month] : fiscal_by_zone)
        if (zone.starts_with(name))
            return month;
    return fiscal_start;
}

void lexicon::add(kind what, language lang, std::string_view key, const rules::node& words) {
    meaning m{what, value_of(what, key), 0, lang, false};
    const auto space = key.find(' ');
    if (what == kind::amount || what == kind::edge) {
        const auto head = key.substr(0, space);
        const auto tail = space == std::string_view::npos ? std::string_view{} : key.substr(space + 1);
        m.value = what == kind::edge ? place_in(parts, head) : place_in(units, head.substr(0, head.size() - 1));
        m.more = what == kind::edge ? place_in(units, tail) : to_int(tail);
    } else if (what == kind::zone) {
        m.value = static_cast<int>(zone_names.size()) - 1;
    } else if (what == kind::holiday) {
        m.value = static_cast<int>(feasts.size()) - 1;
    }
    for (const auto& word : words.texts()) {
        const bool marked = word.starts_with('~');
        m.weak = marked || (what >= kind::hour_article && what <= kind::minutes_less) ||
                 (what >= kind::negation && what <= kind::clause); // those count in their own language only
        const auto phrase = phrase_key(std::string_view(word).substr(marked ? 1 : 0));
        if (phrase.empty())
            continue;
        const bool names_day = what == kind::month || what == kind::weekday || what == kind::day;
        if (names_day && !m.weak && phrase.find(' ') == std::string::npos)
            day_names[phrase[0]].push_back(phrase);
        for (auto gap = phrase.find(' '); gap != std::string::npos; gap = phrase.find(' ', gap + 1))
            heads.insert(phrase.substr(0, gap));
        phrases[phrase].push_back(m);
        longest = std::max(longest, static_cast<std::size_t>(std::ranges::count(phrase, ' ')) + 1);
    }
}

void lexicon::read_feasts(const rules::node& names, const rules::node& dates) {
    for (const auto& [name, words] : names["any"].entries()) {
        const auto& d = dates[name];
        feast f;
        if (!d["easter"].missing()) {
            f.how = feast::rule::easter;
            f.a = {item(d["easter"], 0), item(d["easter"], 1), 0, 0};
        } else if (!d["nth"].missing()) {
            f.how = feast::rule::nth;
            f.a = {item(d["nth"], 0), item(d["nth"], 1), item(d["nth"], 2), 0};
            f.plus = {item(d["plus"], 0), item(d["plus"], 1)};
        } else {
            f.how = feast::rule::fixed;
            f.a = month_days(d);
        }
        f.after_to = static_cast<int>(d["after_to"].integer(f.after_to));
        f.alone_days = static_cast<int>(d["alone_days"].integer(f.alone_days));
        f.only_after = d["only_after"].truth(false);
        feasts.push_back(f);
        add(kind::holiday, language::any, name, words);
    }
}

lexicon::lexicon(const rules::node& rules) {
    for (const auto& s : sections)
        for (const auto& [lang, table] : rules[s.name].entries())
            for (const auto& [key, words] : table.entries())
                add(s.what, language_of(lang), key, words);
    for (const auto group : {"prep", "clock", "or", "sentence"})
        for (const auto& [lang, table] : rules[group].entries())
            for (const auto& [key, words] : table.entries())
                for (const auto& s : named_kinds)
                    if (s.name == key)
                        add(s.what, language_of(lang), key, words);
    for (const auto& [name, words] : rules["zone"]["any"].entries()) {
        zone_names.push_back(name);
        add(kind::zone, language::any, name, words);
    }
    read_feasts(rules["holiday"], rules["holiday_dates"]);
    for (std::size_t i = 0; i < seasons.size(); ++i)
        seasons[i] = {item(rules["season_months"][season_names[i]], 0),
                      item(rules["season_months"][season_names[i]], 1)};
    const auto& settings = rules["settings"];
    fiscal_start = static_cast<int>(settings["fiscal_start_month"].integer(1));
    hour_from = static_cast<int>(settings["hour_from"].integer(hour_from));
    for (const auto& entry : settings["fiscal_start_by_zone"].texts())
        if (const auto eq = entry.find('='); eq != std::string::npos)
            fiscal_by_zone.emplace_back(entry.substr(0, eq), to_int(std::string_view(entry).substr(eq + 1)));
}

} // namespace whynow::domain::dates
