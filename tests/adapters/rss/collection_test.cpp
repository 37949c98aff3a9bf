// The whole collection of small feeds against what each says of itself.
#include "adapters/rss/feed.hpp"
#include "expected.hpp"
#include "sources/documents/plain_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace whynow;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string actual(const rss::feed& f, const test::expectation& e) {
    if (e.entry < 0)
        return e.field == "title"  ? f.title
               : e.field == "link" ? f.link
                                   : e.value; // the rest of a feed's own is not kept
    if (static_cast<std::size_t>(e.entry) >= f.entries.size())
        return "(no such entry)";
    const rss::entry& x = f.entries[static_cast<std::size_t>(e.entry)];
    if (e.field == "title")
        return x.title;
    if (e.field == "link")
        return x.link;
    if (e.field == "id" || e.field == "guid")
        return x.id;
    return x.published ? domain::to_iso(*x.published) : "(none)";
}

// The collection keeps markup in titles; here a title is plain text.
std::string wanted(const test::expectation& e) {
    return e.field == "title" && sources::documents::looks_like_html(e.value)
               ? sources::documents::tidy(sources::documents::html_to_text(e.value))
               : sources::documents::tidy(e.value);
}

std::string printable(std::string_view bytes) { // the comment of a UTF-16 file
    std::string out(bytes);
    std::erase(out, '\0');
    return out;
}

} // namespace

TEST_CASE("every feed of the collection is read as it says itself") {
    int files = 0;
    int compared = 0;
    std::vector<std::filesystem::path> paths;
    for (const auto& file : std::filesystem::directory_iterator(WHYNOW_SOURCE_DIR "/tests/data/feeds"))
        if (file.path().extension() == ".xml")
            paths.push_back(file.path());
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
        const std::string bytes = bytes_of(path);
        const test::expected says = test::expected_of(printable(bytes));
        const std::string base = says.content_location.empty() ? "http://127.0.0.1:8097/" : says.content_location;
        const rss::feed f = rss::read_feed(bytes, says.content_type, base);
        CAPTURE(path.filename().string());
        CAPTURE(says.rule);
        CHECK(f.recognised);
        ++files;
        for (const auto& e : says.of) {
            CHECK_MESSAGE(actual(f, e) == wanted(e), e.field);
            ++compared;
        }
        if (says.rule.starts_with("not bozo")) {
            for (const auto& p : f.problems)
                MESSAGE(path.filename().string() << ": " << p);
            CHECK(f.problems.empty());
        }
        const auto entries = static_cast<std::size_t>(says.rule.find("entries[0]") != std::string::npos);
        CHECK(f.entries.size() >= entries);
    }
    CHECK(files >= 51);
    CHECK(compared >= 8);
}
