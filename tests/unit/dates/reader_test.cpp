// How a date phrase is read where the sentence around it decides, and texts that mean harm.
#include "domain/dates/reader.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"
#include "tests/unit/dates/rule_zones.hpp"

#include <doctest/doctest.h>

#include <ctime>
#include <random>
#include <string>

using namespace whynow;

namespace {

const domain::dates::reader& house_reader() {
    static const domain::dates::reader reader(
        std::get<domain::rules::node>(settings::read_toml(*embedded::find("config/dates.toml"), "config/dates.toml")));
    return reader;
}

// Wednesday, 4 March 2026, a quarter past ten.
std::string read(std::string_view text, std::string_view lang = "en", bool day_first = false,
                 std::string_view zone = "America/New_York") {
    const test::rule_zones clocks;
    const auto day = *domain::parse_iso_date("2026-03-04");
    const auto w = house_reader().read(text, {{day, std::chrono::minutes{615}}, zone, day_first, lang}, clocks);
    if (!w)
        return "nothing";
    return domain::to_iso(w->date) + (w->time ? " " + domain::to_clock(*w->time) : "");
}

} // namespace

TEST_CASE("a day that is refused is none") {
    CHECK(read("not Tuesday") == "nothing");
    CHECK(read("Tuesday doesn't work") == "nothing");
    CHECK(read("not Tuesday, Wednesday") == "2026-03-11");
    CHECK(read("Dienstag passt nicht, lieber Freitag", "de") == "2026-03-06");
    CHECK(read("not here until Monday") == "2026-03-09");
    CHECK(read("out of office, returning Monday") == "2026-03-09");
    CHECK(read("not free Tuesday") == "nothing");
    CHECK(read("no decision before May") == "2026-05-14");
    CHECK(read("vor Mai nichts", "de") == "2026-05-14");
}

TEST_CASE("a day that is over is none") {
    CHECK(read("spoke on Monday") == "nothing");
    CHECK(read("she resigned in May") == "nothing");
    CHECK(read("she asked for a call in May") != "nothing");
    CHECK(read("Q3 numbers were bad") == "nothing");
    CHECK(read("Er hat am 1. April angefangen", "de") == "nothing");
    CHECK(read("elle préfère qu'on se parle mardi", "fr") == "2026-03-10");
    CHECK(read("on s'est parlé mardi", "fr") == "nothing");
    CHECK(read("llamaré el lunes", "es") == "2026-03-09");
    CHECK(read("llamó el lunes", "es") == "nothing");
    CHECK(read("quiere que le llame en septiembre", "es") == "2026-09-14");
    CHECK(read("le llamé en septiembre", "es") == "nothing");
    CHECK(read("the plant opens in 2028") == "nothing");
    CHECK(read("locked in until 2028") == "2028-01-14");
}

TEST_CASE("of several days the one to act on is taken") {
    CHECK(read("fiscal year ends in June, call mid May") == "2026-05-15");
    CHECK(read("out until Friday, free Monday") == "2026-03-09");
    CHECK(read("Tuesday, sorry, Wednesday at 11") == "2026-03-11 11:00");
    CHECK(read("call tues no wait wed at 3") == "2026-03-11 15:00");
    CHECK(read("moved from Tuesday to Thursday") == "2026-03-05");
    CHECK(read("this week is bad, the week after") == "2026-03-11");
    CHECK(read("no budget this year, maybe in April") == "2026-04-14");
    CHECK(read("la semaine prochaine, plutôt mardi", "fr") == "2026-03-10");
    CHECK(read("moved to May") == "2026-05-14");
    CHECK(read("moved to HubSpot in April") == "nothing");
    CHECK(read("Messe vom 20. bis 24. April, danach anrufen", "de") == "2026-04-27");
    CHECK(read("20 Mar 27") == "2027-03-20");
    CHECK(read("last quarter of the year") == "2026-10-14");
}

TEST_CASE("names, versions and opening hours are no days") {
    CHECK(read("spoke with April") == "nothing");
    CHECK(read("june wants a demo") == "nothing");
    CHECK(read("june is fine") == "2026-06-15");
    CHECK(read("Frau Sommer ruft an", "de") == "nothing");
    CHECK(read("Morgan picked up") == "nothing");
    CHECK(read("la société de Javier", "fr") == "nothing");
    CHECK(read("version 4.2", "en", true) == "nothing");
    CHECK(read("12.50 pro Nutzer", "de", true) == "nothing");
    CHECK(read("they work 9 to 5") == "nothing");
    CHECK(read("refs from 2 firms") == "nothing");
    CHECK(read("every other Tuesday he is away") == "nothing");
    CHECK(read("we use monday.com") == "nothing");
    CHECK(read("SKU 2026-03-15-A") == "nothing");
}

TEST_CASE("clock times in words and in other zones") {
    CHECK(read("ten to four on Friday") == "2026-03-06 15:50");
    CHECK(read("told me to call in 20") == "2026-03-04 10:35");
    CHECK(read("Monday 9th 4pm") == "2026-03-09 16:00");
    CHECK(read("Tuesday 8 sharp") == "2026-03-10 08:00");
    CHECK(read("Tuesday 10 am") == "2026-03-10 10:00"); // the 10th is a Tuesday too
    CHECK(read("3/19 at 10 w Greg") == "2026-03-19 10:00");
    CHECK(read("in 10 w") == "2026-05-13");
    CHECK(read("um fünf vor halb drei am Montag", "de") == "2026-03-09 14:25");
    CHECK(read("vendredi à midi et quart", "fr") == "2026-03-06 12:15");
    CHECK(read("el viernes a las cinco menos diez", "es") == "2026-03-06 16:50");
    CHECK(read("Friday 14:00 UTC") == "2026-03-06 09:00");
    CHECK(read("Friday 2pm GMT+1") == "2026-03-06 08:00");
    CHECK(read("2026-03-06T14:00:00+01:00") == "2026-03-06 08:00");
    CHECK(read("10am Friday, Tokyo time", "en", false, "Asia/Tokyo") == "2026-03-06 10:00");
}

TEST_CASE("the language is guessed where nobody says it") {
    CHECK(read("mañana a las 9", "", true) == "2026-03-05 09:00");
    CHECK(read("am Montag um halb drei", "xx", true) == "2026-03-09 14:30");
    CHECK(read("le 3 avril à 14h", "", true) == "2026-04-03 14:00");
    CHECK(read("ring back on the 3rd of April", "", true) == "2026-04-03");
}

TEST_CASE("days at the ends of the calendar") {
    CHECK(read("31 September") == "nothing");
    CHECK(read("29 February") == "nothing"); // none this year or next
    CHECK(read("in 900 years") == "nothing");
    CHECK(read("in 99999999 weeks") == "nothing");
    CHECK(read("31/12/2099", "en", true) == "2099-12-31");
}

TEST_CASE("no text is too long or too broken") {
    constexpr std::size_t size = 64 * 1024;
    std::mt19937 random(7);
    std::vector<std::string> texts;
    for (const std::string_view part :
         {"a ", "1 ", "in ", "mid ", "monday ", "no monday, ", "(", "1:", "Frau Sommer ", "12/3 ", "septembr ",
          "the day before the day before ", "\xff", "\xc3", "2 weeks from ", "between 3 and "}) {
        std::string text;
        while (text.size() < size)
            text += part;
        texts.push_back(std::move(text));
    }
    std::string bytes;
    while (bytes.size() < size)
        bytes += static_cast<char>(random());
    texts.push_back(std::move(bytes));
    for (const auto& text : texts) {
        CAPTURE(text.substr(0, 20));
        const auto from = std::clock();
        read(text, "");
        const auto seconds = static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
        CHECK(seconds < 5.0); // a fiftieth of it in a release; what is quadratic takes minutes here
    }
}
