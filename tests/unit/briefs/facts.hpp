// Call facts as real mornings bring them.
#pragma once

#include "domain/briefs/call_card.hpp"
#include "headlines.hpp"
#include "support/words.hpp"

#include <array>
#include <chrono>

namespace whynow::briefs_test {

using namespace domain;

inline constexpr std::array personas{
    std::pair{"", book::persona::unknown},
    std::pair{"Chief Executive Officer", book::persona::executive},
    std::pair{"CFO", book::persona::finance},
    std::pair{"VP Operations", book::persona::operations},
    std::pair{"EVP Sales", book::persona::sales},
    std::pair{"Head of Marketing", book::persona::marketing},
    std::pair{"CIO", book::persona::technology},
    std::pair{"HR Director", book::persona::people},
    std::pair{"Head of Procurement", book::persona::procurement},
    std::pair{"General Counsel", book::persona::legal},
};

inline local_date day(int y, unsigned m, unsigned d) {
    return {std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

inline const text::phrasebook& sentences() {
    static const auto made = test::phrasebook_of(WHYNOW_SOURCE_DIR);
    return made;
}

inline const lint::linter& law() {
    static const auto made = test::linter_of(WHYNOW_SOURCE_DIR);
    return made;
}

inline const briefs::spoken_headlines& spoken() {
    static const auto made = test::spoken_of(WHYNOW_SOURCE_DIR);
    return made;
}

inline briefs::call_facts facts(std::string_view title = "EVP Sales", std::string_view language = "en") {
    briefs::call_facts f;
    f.language = language;
    f.contact.name = "Jerry Smith";
    f.contact.title = title;
    f.contact.email = "jerry@northwind.example";
    f.contact.phone = "+1 206 555 0134";
    f.account = "Northwind";
    f.rep_name = "Dana Fox";
    f.rep_company = "Acme Tools";
    f.our_product = "Renewal Desk";
    f.our_customers = {"Contoso", "Fabrikam Logistics"};
    f.today = day(2026, 11, 24);
    return f;
}

inline briefs::evidence event(triggers::kind k, triggers::scope s = triggers::scope::account,
                              const headlines& press = english) {
    briefs::evidence e;
    e.kind = k;
    e.scope = s;
    e.state = triggers::state::confirmed;
    if (s == triggers::scope::competitor || s == triggers::scope::customers_customer)
        e.other = "Globex";
    e.headline = headline(press, k, e.other.empty() ? "Northwind" : "Globex");
    e.date = day(2026, 11, 12);
    e.source = "Reuters";
    e.url = "https://news.example/1";
    return e;
}

inline constexpr std::string_view long_tail = ", according to people familiar with the matter who asked not to be "
                                              "named because the talks are private, and shares rose in early trading";

} // namespace whynow::briefs_test
