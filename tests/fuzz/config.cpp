#include "settings/config.hpp"

#include "fuzz.hpp"
#include "schedule/system_zones.hpp"

using namespace whynow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = settings::read_config(fuzz::text_of(data, size), "whynow.toml", {}, schedule::system_zones());
    for (const auto& m : read.mistakes) {
        fuzz::must(!m.what.empty() && !m.cure.empty());
        static_cast<void>(settings::to_string(m));
    }
    return 0;
}
