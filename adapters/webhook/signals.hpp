// POST /signals and `whynow signal add --json`: signals that others send.
#pragma once

#include "domain/core/time.hpp"
#include "sources/item.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::webhook {

struct limits {
    std::size_t bytes = 1u << 20;
    std::size_t depth = 8;
    std::size_t signals = 1'000;
    std::size_t title = 500; // code points; longer is refused, not cut
    std::size_t summary = 20'000;
    std::size_t url = 2'048; // bytes
};

struct rejection {
    std::size_t index; // of the list; 0 for a single object
    std::string why;   // names the field, for the sender
};

// `refusal` is set where the body as a whole cannot be read; then nothing is accepted. status is 202 where anything was
// accepted, 413 too large (also too many or too deep), 400 no JSON or no object, 422 where every signal was rejected.
struct received {
    std::vector<sources::item> accepted;
    std::vector<rejection> rejected;
    std::string refusal;
    int status = 202;
};

// `{id?,title,summary?,url,published,source?,account?,kind?,activity?}` or a list of them; unknown keys are ignored.
// `published` is ISO 8601 (a day alone is midnight UTC) and not more than a day after `now`. Without id the id is made
// from url and title. kind is one of the 15 trigger kinds. Pure; bounded by `within` before anything is built.
received read_signals(std::string_view body, domain::instant now, const limits& within = {});

// Whether an Authorization field holds exactly this bearer token. Time does not depend on where they differ; an empty
// expected token matches nothing.
bool bearer_matches(std::string_view authorization, std::string_view expected);

// `{"accepted":n,"duplicates":n,"rejected":[{"index":…,"why":…}]}`
std::string answer_json(std::size_t accepted, std::size_t duplicates, const std::vector<rejection>& rejected);

} // namespace whynow::webhook
