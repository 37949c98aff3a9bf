#include "domain/triggers/classifier.hpp"
#include "fuzz.hpp"

using namespace whynow;
using namespace whynow::domain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const triggers::classifier classifier(fuzz::rules_of("triggers.toml"));
    static const triggers::companies accounts({{{1}, "Northwind", {}, {}, "NWND", ""},
                                               {{2}, "Apple Inc.", {}, {}, "AAPL", ""},
                                               {{3}, "Target", {}, {}, "", ""},
                                               {{4}, "Müller & Söhne GmbH", {}, {}, "", ""}},
                                              fuzz::rules_of("names.toml"));
    const auto text = fuzz::text_of(data, size);
    signals::signal item;
    item.title = text.substr(0, size / 2);
    item.summary = text.substr(size / 2);
    item.published = instant{std::chrono::seconds{1'800'000'000}};
    const auto found = classifier.classify(item, accounts);
    fuzz::must((found.kind == triggers::kind::none) == found.evidence.empty());
    for (const auto& m : accounts.find(text))
        fuzz::must(m.from < m.to && m.to <= size);
    return 0;
}
