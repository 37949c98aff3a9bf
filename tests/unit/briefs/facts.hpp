// Call facts as real mornings bring them.
#pragma once

#include "domain/briefs/call_card.hpp"
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

inline briefs::call_facts facts(std::string_view title = "EVP Sales") {
    briefs::call_facts f;
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

// A headline as the press would write it about Northwind, of each kind.
inline std::string headline(triggers::kind k, std::string_view who = "Northwind") {
    const std::string n(who);
    using enum triggers::kind;
    switch (k) {
    case leadership: return n + " names Maria Voss chief customer officer";
    case funding: return n + " raises $40 million in Series B funding";
    case ma: return n + " to buy Harbor Foods for $210 million";
    case earnings: return n + " reports third-quarter revenue up 14%";
    case restructuring: return n + " cuts 300 jobs and closes its Ohio office";
    case expansion: return n + " opens a second distribution centre in Leipzig";
    case hiring: return n + " is hiring 12 account managers";
    case product_launch: return n + " launches same-day delivery";
    case legal_regulatory: return n + " fined $2.5 million over data retention";
    case incident: return n + " confirms data breach at its booking system";
    case contract_win: return n + " wins five-year contract with the Port of Rotterdam";
    case partnership: return n + " and Harbor Foods sign logistics partnership";
    case distress: return n + " seeks protection from creditors";
    case market_shift: return "New EU rules raise the cost of road freight by 9%";
    case technology: return n + " moves its warehouses to SAP S/4HANA";
    case none: break;
    }
    return {};
}

inline briefs::evidence event(triggers::kind k, triggers::scope s = triggers::scope::account) {
    briefs::evidence e;
    e.kind = k;
    e.scope = s;
    e.state = triggers::state::confirmed;
    if (s == triggers::scope::competitor || s == triggers::scope::customers_customer)
        e.other = "Globex";
    e.headline = headline(k, e.other.empty() ? "Northwind" : "Globex");
    e.date = day(2026, 11, 12);
    e.source = "Reuters";
    e.url = "https://news.example/1";
    return e;
}

inline constexpr std::string_view long_tail = ", according to people familiar with the matter who asked not to be "
                                              "named because the talks are private, and shares rose in early trading";

} // namespace whynow::briefs_test
