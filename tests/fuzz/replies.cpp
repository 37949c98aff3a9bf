#include "domain/outcomes/reply_reader.hpp"
#include "fuzz.hpp"
#include "schedule/system_zones.hpp"

using namespace whynow;
using namespace std::chrono_literals;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const domain::dates::reader dates(fuzz::rules_of("dates.toml"));
    static const domain::outcomes::reply_reader reader(fuzz::rules_of("replies.toml"), dates);
    const domain::local_time now{2026y / std::chrono::March / 4, 10h};
    static_cast<void>(reader.read(fuzz::text_of(data, size), now, "Europe/Berlin", schedule::system_zones()));
    fuzz::must(!reader.read_each(fuzz::text_of(data, size), now, "UTC", schedule::system_zones()).empty());
    return 0;
}
