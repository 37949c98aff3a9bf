// Job boards: what a company hires for is what it is working on.
#pragma once

#include "sources/fetching.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::jobs {

struct posting {
    std::string id;
    std::string title;
    std::string function; // department or team as the board names it, else guessed from the title, else empty
    std::string place;
    std::string url;
    std::optional<domain::instant> published;
    std::string summary; // plain text, shortened
    bool leader = false; // head of, VP, chief, director
};

struct board {
    std::string company; // from the address of the postings; empty where it does not say
    std::vector<posting> postings;
    bool readable = false;
    std::string complaint;
};

// Greenhouse (boards-api.greenhouse.io/v1/boards/X/jobs?content=true) or Lever (api.lever.co/v0/postings/X?mode=json),
// told apart by their shape. At most 5,000 postings.
board read_board(std::string_view body);

// Items of kind_hint "hiring": functions with at least `together` open roles give one item for all of them (together =
// how many, weighing more than single ones), leaders one each, the rest one each. `company` wins over the board's own.
std::vector<sources::item> to_items(const board& b, std::string_view company = {}, int together = 2);

// The reader for sources::make_fetching.
sources::reading read_source(const sources::document& d);

} // namespace whynow::jobs
