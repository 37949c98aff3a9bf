// What the SEC calls the items of Form 8-K.
#include "adapters/edgar/edgar.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace whynow::edgar {

namespace {

using row = std::pair<std::string_view, std::string_view>;

constexpr std::array<row, 31> titles{{
    {"1.01", "Entry into a Material Definitive Agreement"},
    {"1.02", "Termination of a Material Definitive Agreement"},
    {"1.03", "Bankruptcy or Receivership"},
    {"1.04", "Mine Safety - Reporting of Shutdowns and Patterns of Violations"},
    {"1.05", "Material Cybersecurity Incidents"},
    {"2.01", "Completion of Acquisition or Disposition of Assets"},
    {"2.02", "Results of Operations and Financial Condition"},
    {"2.03", "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a "
             "Registrant"},
    {"2.04", "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an "
             "Off-Balance Sheet Arrangement"},
    {"2.05", "Costs Associated with Exit or Disposal Activities"},
    {"2.06", "Material Impairments"},
    {"3.01", "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing"},
    {"3.02", "Unregistered Sales of Equity Securities"},
    {"3.03", "Material Modification to Rights of Security Holders"},
    {"4.01", "Changes in Registrant's Certifying Accountant"},
    {"4.02",
     "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim Review"},
    {"5.01", "Changes in Control of Registrant"},
    {"5.02", "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers; "
             "Compensatory Arrangements of Certain Officers"},
    {"5.03", "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year"},
    {"5.04", "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans"},
    {"5.05", "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics"},
    {"5.06", "Change in Shell Company Status"},
    {"5.07", "Submission of Matters to a Vote of Security Holders"},
    {"5.08", "Shareholder Director Nominations"},
    {"6.01", "ABS Informational and Computational Material"},
    {"6.02", "Change of Servicer or Trustee"},
    {"6.03", "Change in Credit Enhancement or Other External Support"},
    {"6.04", "Failure to Make a Required Distribution"},
    {"7.01", "Regulation FD Disclosure"},
    {"8.01", "Other Events"},
    {"9.01", "Financial Statements and Exhibits"},
}};

bool digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

std::string_view item_title(std::string_view code) {
    const auto at = std::find_if(titles.begin(), titles.end(), [&](const row& r) { return r.first == code; });
    return at == titles.end() ? std::string_view{} : at->second;
}

std::vector<std::string> item_codes_in(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
        const std::string_view code = text.substr(at, 4);
        const bool alone = (at == 0 || (!digit(text[at - 1]) && text[at - 1] != '.')) &&
                           (at + 4 == text.size() || !digit(text[at + 4]));
        if (!alone || item_title(code).empty())
            continue;
        if (std::find(out.begin(), out.end(), code) == out.end())
            out.emplace_back(code);
        at += 3;
    }
    return out;
}

} // namespace whynow::edgar
