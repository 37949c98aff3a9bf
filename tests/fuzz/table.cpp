#include "adapters/csv/people.hpp"
#include "fuzz.hpp"
#include "schedule/system_zones.hpp"

using namespace whynow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const csv::vocabulary words(fuzz::rules_of("import.toml"));
    const auto t = csv::read_table(fuzz::text_of(data, size));
    for (const auto& r : t.rows)
        fuzz::must(r.cells.size() == t.header.size());
    static_cast<void>(csv::read_people(t, csv::guess(t.header, words), words, schedule::system_zones()));
    return 0;
}
