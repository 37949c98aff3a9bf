// Feeds of all kinds (RSS 0.9x-2.0, RDF, Atom 0.3 and 1.0, CDF) from strangers' bytes to plain values.
#pragma once

#include "domain/core/time.hpp"
#include "sources/fetching.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::rss {

// Text is valid UTF-8 without markup, entities decoded, white space collapsed, no control characters.
struct entry {
    std::string
        id; // guid, atom:id or rdf:about as written (a permalink is resolved); else the link; else made from the title
    std::string title;
    // Absolute where the base allows it; where there is only an id, also a tag or URN. Nothing that runs or reads
    // files.
    std::string link;
    std::optional<domain::instant> published; // published, else updated, else created
    std::string summary;                      // description, summary or content; shortened
    bool own_id = false;                      // the feed itself gave the id
};

struct feed {
    std::string title;
    std::string link;
    std::string encoding;              // the encoding the bytes were read with, "utf-8"
    std::vector<entry> entries;        // document order
    std::vector<std::string> problems; // what was not as the standards want it, in words; at most 20
    bool recognised = false;           // false: no feed of any known kind; entries is empty then
};

// Beyond a limit reading stops with a problem; what was read until then is kept (except `bytes`: refused whole).
struct limits {
    std::size_t bytes = 8u << 20;
    std::size_t depth = 256;
    std::size_t entries = 5'000;
    std::size_t elements = 150'000;
    std::size_t summary = 2'000; // code points
    std::size_t title = 1'000;
};

// Reads a document. Nothing outside `bytes` is ever read: no DTD, no external entity, no entity expansion. Malformed
// markup is read as well as it can be and said so in problems. Linear in the size; never throws but for memory.
feed read_feed(std::string_view bytes, std::string_view content_type, std::string_view base, const limits& within = {});

// What `whynow feed read` prints of one document.
struct listing {
    struct row {
        std::string id;
        std::string title;
        std::string link;
        std::optional<std::string> published; // "2026-02-12T08:00:00Z"
    };
    std::string feed_title;
    std::vector<row> entries;
    std::vector<std::string> problems;
};
listing list(const feed& f);

// The reader for sources::make_fetching.
sources::reading read_source(const sources::document& d);
std::vector<sources::item> to_items(const feed& f);

} // namespace whynow::rss
