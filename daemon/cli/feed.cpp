#include "adapters/rss/feed.hpp"

#include "cli/commands.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

json to_json(const json& file, const rss::feed& f) {
    auto entries = json::array();
    const auto shown = rss::list(f);
    for (const auto& e : shown.entries)
        entries.push_back({{"id", e.id},
                           {"title", e.title},
                           {"link", e.link},
                           {"published", e.published ? json(*e.published) : json(nullptr)}});
    json out{{"file", file}, {"feed_title", shown.feed_title}, {"entries", std::move(entries)}};
    if (!shown.problems.empty())
        out["problems"] = shown.problems;
    return out;
}

// One byte more than is ever read: enough to tell that a file is too large, without the rest of it.
std::size_t most_bytes() { return rss::limits{}.bytes + 1; }

json answer(const json& line) {
    const auto file = text_of(line, "file");
    if (file.empty() || file == "-")
        throw bad_line("\"file\" is missing");
    const auto bytes = file_if_readable(file, most_bytes());
    if (!bytes)
        throw bad_line("the file cannot be read");
    const auto feed = rss::read_feed(*bytes, text_of(line, "content_type"), text_of(line, "base"));
    return to_json(file, feed);
}

} // namespace

int feed_read(const feed_command& c) {
    if (c.jsonl)
        return each_line(answer, "file");
    if (c.file.empty())
        throw stop(exit_code::usage, "feed read: a FILE or --jsonl is wanted");
    const auto feed = rss::read_feed(whole_file(c.file, most_bytes()), c.content_type, c.base);
    std::cout << dumped(to_json(c.file, feed), 2) << '\n';
    if (!feed.recognised)
        std::cerr << "whynow: " << c.file << " is no feed of a known kind\n";
    return feed.recognised ? 0 : 1;
}

} // namespace whynow::cli
