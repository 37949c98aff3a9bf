// What becomes of an outbox row after a try: pure, no clock, no I/O. The table of promises stands in docs/promises.md.
#pragma once

#include "chat/chat.hpp"
#include "store/records.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>

namespace whynow::delivery {

using domain::instant;

// What a channel can do about a send whose answer was not seen.
enum class doubt {
    look_up,     // Slack: read the conversation back, adopt or send again
    repeat_once, // Teams: one more try after a back-off, then leave it
    never,       // mail: never again by itself; a person is asked
    harmless,    // an update in place, the console: repeating changes nothing
};

struct settle {
    store::outbox_state state;
    std::string problem;
};
struct again {
    instant due;
    std::string problem;
    bool counts;
};
struct look {
    instant due;
}; // look it up before anything else
using step = std::variant<settle, again, look>;

inline constexpr int most_tries = 10;
// After this the morning is over and the message is no longer worth sending.
inline constexpr std::chrono::hours most_age{24};

// After a send. `tries` counts this one. `seed` spreads retries (the row's id).
step after_send(const chat::send_result& result, int tries, instant created, instant now, doubt kind,
                std::uint64_t seed);
// After a look-up of an ambiguous row; looked up again and again for `most_age` at most.
step after_look(const chat::find_result& result, int tries, instant created, instant now, std::uint64_t seed);
// For a row found in `sending` at start: its answer was never seen.
step after_crash(instant now, doubt kind);

// 5 s, 30 s, 2 min, 10 min, 30 min, then every hour; each longer by up to a fifth, so that many do not return at once.
std::chrono::seconds back_off(int tries, std::uint64_t seed);

} // namespace whynow::delivery
