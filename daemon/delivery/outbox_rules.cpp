#include "delivery/outbox_rules.hpp"

#include <algorithm>
#include <array>

namespace whynow::delivery {
namespace {

using namespace std::chrono_literals;
using store::outbox_state;

constexpr std::chrono::seconds look_pause{3}; // history lags a little behind what was posted

step retry(int tries, instant created, instant now, std::uint64_t seed, const std::string& why, bool counts = true) {
    if (tries >= most_tries || now - created > most_age)
        return settle{outbox_state::dead, why};
    return again{now + back_off(tries, seed), why, counts};
}

} // namespace

std::chrono::seconds back_off(int tries, std::uint64_t seed) {
    constexpr std::array<int, 6> steps{5, 30, 120, 600, 1800, 3600};
    const auto base = steps[std::size_t(std::clamp(tries - 1, 0, int(steps.size()) - 1))];
    const auto mixed = (seed * 0x9E3779B97F4A7C15ull + std::uint64_t(tries) * 0xBF58476D1CE4E5B9ull) >> 40;
    return std::chrono::seconds{base + int(mixed % std::uint64_t(base / 5 + 1))};
}

step after_send(const chat::send_result& result, int tries, instant created, instant now, doubt kind,
                std::uint64_t seed) {
    struct visitor {
        int tries;
        instant created, now;
        doubt kind;
        std::uint64_t seed;

        step operator()(const chat::sent&) const { return settle{outbox_state::sent, {}}; }
        step operator()(const chat::retry_later& r) const {
            if (now - created > most_age)
                return settle{outbox_state::dead, r.why};
            return again{now + std::max(r.after, 1s), r.why, false}; // the peer asked to wait: no fault of the message
        }
        step operator()(const chat::not_sent& r) const { return retry(tries, created, now, seed, r.why); }
        step operator()(const chat::ambiguous& r) const {
            switch (kind) {
            case doubt::look_up: return look{now + look_pause};
            case doubt::repeat_once:
                if (tries >= 2)
                    return settle{outbox_state::ambiguous, r.why};
                return again{now + back_off(2, seed), r.why, true};
            case doubt::never: return settle{outbox_state::ambiguous, r.why};
            case doubt::harmless: break;
            }
            return retry(tries, created, now, seed, r.why);
        }
        step operator()(const chat::rejected& r) const {
            return settle{r.tenant_gone ? outbox_state::parked : outbox_state::dead, r.why};
        }
    };
    return std::visit(visitor{tries, created, now, kind, seed}, result);
}

step after_look(const chat::find_result& result, int tries, instant created, instant now, std::uint64_t seed) {
    if (std::holds_alternative<chat::found>(result))
        return settle{outbox_state::sent, "found by reading back"};
    if (std::holds_alternative<chat::absent>(result))
        return again{now, "not there: sent again", true};
    if (tries >= most_tries || now - created > most_age)
        return settle{outbox_state::ambiguous, std::get<chat::cannot_tell>(result).why};
    return look{now + back_off(std::max(tries, 2), seed)};
}

step after_crash(instant now, doubt kind) {
    switch (kind) {
    case doubt::look_up: return look{now};
    case doubt::repeat_once: return again{now, "stopped while sending", true};
    case doubt::never: return settle{outbox_state::ambiguous, "stopped while sending"};
    case doubt::harmless: break;
    }
    return again{now, "stopped while sending", false};
}

} // namespace whynow::delivery
