#include "adapters/rss/feed.hpp"

#include "adapters/edgar/edgar.hpp"
#include "domain/text/utf8.hpp"
#include "fuzz.hpp"

using namespace whynow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto read =
        rss::read_feed(text, size % 3 == 0 ? "text/xml; charset=koi8-r" : "", "https://news.example/feed");
    for (const auto& e : read.entries) {
        fuzz::must(domain::text::valid_utf8(e.title) && domain::text::valid_utf8(e.summary));
        fuzz::must(e.link.empty() || e.link.find(':') != std::string::npos);
    }
    static_cast<void>(rss::to_items(read));
    static_cast<void>(edgar::read_atom({text, "", "https://www.sec.gov/"}));
    return 0;
}
