#include "domain/triggers/event_date.hpp"

#include <charconv>

namespace whynow::domain::triggers {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int longest_back = 90;        // days, where no year is named
constexpr int longest_back_dated = 370; // where one is

class day_reader {
  public:
    day_reader(const sentence& s, const sightings& seen, const date_words& words, local_date published)
        : tokens_(s.tokens), seen_(seen), words_(words), published_(published) {}

    std::optional<local_date> at(std::size_t i, bool weekdays) const {
        if (i > 0 && is(words_.otherwise, i - 1))
            return std::nullopt;
        if (is(words_.yesterday, i))
            return local_date{sys_days(published_) - days(1)};
        if (is(words_.today, i))
            return published_;
        if (const auto day = dated(i))
            return day;
        return weekdays && !ahead(i) ? weekday(i) : std::nullopt;
    }

  private:
    bool is(std::uint16_t word_class, std::size_t i) const {
        return i < tokens_.size() && seen_.lengths(word_class, i) != 0;
    }
    bool ahead(std::size_t i) const {
        for (auto back = std::min<std::size_t>(i, 4); back > 0; --back)
            if (is(words_.ahead, i - back))
                return true;
        return false;
    }
    std::optional<int> number(std::size_t i, int most) const {
        if (i >= tokens_.size() || !tokens_[i].number)
            return std::nullopt;
        int value = 0;
        const auto& w = tokens_[i].folded;
        std::from_chars(w.data(), w.data() + w.size(), value);
        return value >= 1 && value <= most ? std::optional(value) : std::nullopt;
    }
    std::optional<unsigned> month(std::size_t i) const {
        for (unsigned m = 0; m < 12; ++m)
            if (is(words_.months[m], i))
                return m + 1;
        return std::nullopt;
    }

    std::optional<local_date> weekday(std::size_t i) const {
        for (unsigned w = 0; w < 7; ++w) {
            if (!is(words_.weekdays[w], i))
                continue;
            const auto today = std::chrono::weekday(sys_days(published_));
            return local_date{sys_days(published_) - (today - std::chrono::weekday(w + 1 == 7 ? 0 : w + 1))};
        }
        return std::nullopt;
    }

    // "March 3, 2026", "3 March", "3. März", "le 3 mars", "3 de marzo", "2026-03-03"
    std::optional<local_date> dated(std::size_t i) const {
        if (const auto m = month(i)) {
            const auto day = number(i + 1, 31);
            return day ? settled(number(i + 2, 9999), *m, *day) : std::nullopt;
        }
        if (const auto day = number(i, 31)) {
            auto next = i + 1;
            if (is(words_.of, next))
                ++next;
            if (const auto m = month(next)) {
                ++next;
                if (is(words_.of, next))
                    ++next;
                return settled(number(next, 9999), *m, *day);
            }
            return std::nullopt;
        }
        const auto year = number(i, 9999);
        const auto m = number(i + 1, 12);
        const auto day = number(i + 2, 31);
        if (year && m && day && *year > 1990 && tokens_[i + 1].before == '-' && tokens_[i + 2].before == '-')
            return settled(year, static_cast<unsigned>(*m), *day);
        return std::nullopt;
    }

    std::optional<local_date> settled(std::optional<int> year, unsigned month, int day) const {
        const bool named = year && *year > 1990;
        const auto of_year = [&](int y) {
            return local_date{std::chrono::year(y), std::chrono::month(month),
                              std::chrono::day(static_cast<unsigned>(day))};
        };
        auto found = of_year(named ? *year : static_cast<int>(published_.year()));
        if (!named && found.ok() && sys_days(found) > sys_days(published_))
            found = of_year(static_cast<int>(published_.year()) - 1);
        if (!found.ok() || sys_days(found) > sys_days(published_))
            return std::nullopt;
        const auto back = (sys_days(published_) - sys_days(found)).count();
        return back <= (named ? longest_back_dated : longest_back) ? std::optional(found) : std::nullopt;
    }

    const std::vector<token>& tokens_;
    const sightings& seen_;
    const date_words& words_;
    local_date published_;
};

} // namespace

date_words::date_words(const rules::node& from, lexicon& words) {
    const auto class_of = [&](const rules::node& list) {
        std::string alternatives;
        for (const auto& text : list.texts())
            alternatives += (alternatives.empty() ? "" : "|") + text;
        return words.class_of(alternatives);
    };
    const auto months_of = from["months"].texts();
    for (std::size_t i = 0; i < std::min<std::size_t>(12, months_of.size()); ++i)
        months[i] = words.class_of(months_of[i]);
    const auto days_of = from["weekdays"].texts();
    for (std::size_t i = 0; i < std::min<std::size_t>(7, days_of.size()); ++i)
        weekdays[i] = words.class_of(days_of[i]);
    yesterday = class_of(from["yesterday"]);
    today = class_of(from["today"]);
    of = class_of(from["of"]);
    otherwise = class_of(from["otherwise"]);
    ahead = class_of(from["ahead"]);
}

std::optional<local_date> day_named(const sentence& s, const sightings& seen, const date_words& words,
                                    local_date published, bool weekdays) {
    const day_reader reader(s, seen, words, published);
    for (std::size_t i = 0; i < s.tokens.size(); ++i)
        if (const auto day = reader.at(i, weekdays))
            return day;
    return std::nullopt;
}

} // namespace whynow::domain::triggers
