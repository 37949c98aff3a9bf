// What the three forms of EDGAR's answers have in common.
#pragma once

#include "adapters/edgar/edgar.hpp"

namespace whynow::edgar {

struct filing {
    std::string form, company, cik, accession, document;
    std::string url; // where it is given; else made from cik, accession and document
    std::vector<std::string> codes;
    std::optional<domain::instant> accepted;
    std::optional<domain::local_date> event_date;
};

bool wanted(const filter& which, std::string_view form);
sources::item to_item(const filing& f);
std::string ten_digits(std::string_view cik); // "320193" as "0000320193"; empty where it is no number

} // namespace whynow::edgar
