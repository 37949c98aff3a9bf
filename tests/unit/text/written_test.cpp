#include "domain/text/written.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain;
using namespace std::chrono_literals;

namespace {

const text::phrasebook& book() {
    static const auto made = whynow::test::phrasebook_of(WHYNOW_SOURCE_DIR);
    return made;
}

local_date day(const char* iso) { return *parse_iso_date(iso); }

} // namespace

TEST_CASE("days, as each language writes them") {
    const auto today = day("2026-11-24");
    const auto both = [&](const char* language, const char* iso) {
        return text::long_day(book(), language, day(iso), today) + " | " +
               text::day_and_month(book(), language, day(iso), today);
    };
    CHECK(both("en", "2026-12-01") == "Tuesday 1 December | 1 December");
    CHECK(both("de", "2026-12-01") == "Dienstag, 1. Dezember | 1. Dezember");
    CHECK(both("fr", "2026-12-01") == "mardi 1er décembre | 1er décembre");
    CHECK(both("fr", "2026-12-02") == "mercredi 2 décembre | 2 décembre");
    CHECK(both("es", "2026-12-01") == "martes 1 de diciembre | 1 de diciembre");
    // far away the year is said; in a whole date as soon as it is another one
    CHECK(both("en", "2025-03-04") == "Tuesday 4 March 2025 | 4 March 2025");
    CHECK(both("es", "2027-05-24") == "lunes 24 de mayo de 2027 | 24 de mayo");
    CHECK(both("de", "2027-11-24") == "Mittwoch, 24. November 2027 | 24. November 2027");
}

TEST_CASE("ages, in days and then in months") {
    const auto ages = [&](const char* language) {
        std::string out;
        for (const int days : {0, 1, 12, 59, 60, 175, 365})
            out += text::age_in_words(book(), language, days) + "; ";
        return out;
    };
    CHECK(ages("en") == "today; yesterday; 12 days ago; 59 days ago; 2 months ago; 6 months ago; 12 months ago; ");
    CHECK(ages("de") == "heute; gestern; vor 12 Tagen; vor 59 Tagen; vor 2 Monaten; vor 6 Monaten; vor 12 Monaten; ");
    CHECK(text::age_in_words(book(), "fr", 12) == "il y a 12 jours");
    CHECK(text::age_in_words(book(), "es", 61) == "hace 2 meses");
    CHECK(text::age_in_words(book(), "en", -1) == "today");
}

TEST_CASE("times") {
    const auto times = [&](const char* language) {
        std::string out;
        for (const auto at : {480min, 485min, 930min, 0min})
            out += text::clock(book(), language, at) + " ";
        return out + text::moment(book(), language, text::age_in_words(book(), language, 0), 485min);
    };
    CHECK(times("en") == "08:00 08:05 15:30 00:00 today, 08:05");
    CHECK(times("de") == "8:00 8:05 15:30 0:00 heute, 8:05 Uhr");
    CHECK(times("fr") == "8h 8h05 15h30 0h aujourd’hui à 8h05");
    CHECK(times("es") == "8:00 8:05 15:30 0:00 hoy, 8:05");
}

TEST_CASE("numbers") {
    const auto numbers = [&](const char* language) {
        std::string out;
        for (const auto n : {0, 7, 999, 1000, 12345, 1234567, -4321})
            out += text::number(book(), language, n) + "|";
        return out + text::percent(book(), language, 0.394);
    };
    CHECK(numbers("en") == "0|7|999|1,000|12,345|1,234,567|-4,321|39%");
    CHECK(numbers("de") == "0|7|999|1.000|12.345|1.234.567|-4.321|39\u00a0%");
    CHECK(numbers("fr") == "0|7|999|1\u00a0000|12\u00a0345|1\u00a0234\u00a0567|-4\u00a0321|39\u00a0%");
    CHECK(numbers("es") == "0|7|999|1000|12\u00a0345|1\u00a0234\u00a0567|-4321|39\u00a0%");
    CHECK(text::signed_decimal(book(), "en", 0.406) == "+0.41");
    CHECK(text::signed_decimal(book(), "de", -1.6) == "-1,60");
    CHECK(text::singular(book(), "en", 1));
    CHECK_FALSE(text::singular(book(), "en", 0));
    CHECK_FALSE(text::singular(book(), "de", 0));
    CHECK(text::singular(book(), "fr", 0));
    CHECK(text::singular(book(), "fr", 1));
    CHECK_FALSE(text::singular(book(), "fr", 2));
    CHECK_FALSE(text::singular(book(), "es", 11));
}
