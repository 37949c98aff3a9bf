#include "domain/dates/reader.hpp"
#include "fuzz.hpp"
#include "schedule/system_zones.hpp"

using namespace whynow;
using namespace std::chrono_literals;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const domain::dates::reader reader(fuzz::rules_of("dates.toml"));
    const domain::local_date today = 2026y / std::chrono::March / 4;
    const domain::dates::standpoint here{{today, 10h}, "Europe/Berlin", size % 2 == 0, ""};
    for (const auto& w : reader.read_all(fuzz::text_of(data, size), here, schedule::system_zones())) {
        fuzz::must(w.from.ok() && w.to.ok() && w.date.ok());
        fuzz::must(w.from <= w.date && w.date <= w.to);
    }
    static_cast<void>(reader.read(fuzz::text_of(data, size), here, schedule::system_zones()));
    return 0;
}
