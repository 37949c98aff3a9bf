#include "sources/poll_schedule.hpp"

#include <algorithm>

namespace whynow::sources {

namespace {

using std::chrono::seconds;

// One step of splitmix64: enough to spread waits, the same everywhere.
std::uint64_t next_random(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

} // namespace

poll_schedule::poll_schedule(schedule_settings settings) : settings_(settings), random_(settings.seed) {
    settings_.every = std::max(settings_.every, seconds{1});
    settings_.longest_wait = std::max(settings_.longest_wait, settings_.every);
    settings_.spread_percent = std::clamp(settings_.spread_percent, 0, 100);
}

poll_action poll_schedule::step(const poll_event& event) {
    return std::visit([this](const auto& e) { return on(e); }, event);
}

seconds poll_schedule::stretched(seconds wait) {
    const auto most = wait.count() * settings_.spread_percent / 100;
    if (most <= 0)
        return wait;
    return wait + seconds{static_cast<std::int64_t>(next_random(random_) % (static_cast<std::uint64_t>(most) + 1))};
}

poll_action poll_schedule::begin() {
    polling_ = true;
    return poll_now{};
}

// A source never polled begins at once; one polled before goes on where it was. What is overdue after a pause is spread
// over a minute, so that a restart is no storm.
poll_action poll_schedule::on(const started& e) {
    if (polling_)
        return nothing{};
    if (!e.last_poll)
        return begin();
    last_wait_ = stretched(settings_.every);
    due_ = std::min(*e.last_poll, e.now) + last_wait_;
    if (due_ <= e.now) {
        const auto within = static_cast<std::uint64_t>(std::min(settings_.every, seconds{60}).count());
        last_wait_ = seconds{static_cast<std::int64_t>(next_random(random_) % within)};
        due_ = e.now + last_wait_;
    }
    return due_ <= e.now ? begin() : wait_until{due_};
}

poll_action poll_schedule::on(const ticked& e) {
    if (polling_)
        return nothing{};
    if (stopped_)
        return stop{*stopped_};
    if (due_ > e.now + last_wait_) // the clock was set back
        due_ = e.now + last_wait_;
    if (e.now >= due_)
        return begin();
    return wait_until{due_};
}

poll_action poll_schedule::on(const polled& e) {
    polling_ = false;
    if (e.problem == poll_problem::gone) {
        stopped_ = e.problem;
        return stop{e.problem};
    }
    failures_ = e.problem == poll_problem::none ? 0 : failures_ + 1;
    seconds wait = settings_.every;
    for (int i = 0; i < failures_ && wait < settings_.longest_wait; ++i)
        wait *= 2;
    wait = stretched(std::min(wait, settings_.longest_wait));
    if (e.retry_after)
        wait = std::max(wait, std::min(*e.retry_after, settings_.longest_retry_after));
    last_wait_ = wait;
    due_ = e.now + wait;
    return wait_until{due_};
}

poll_action poll_schedule::on(const asked&) {
    if (polling_)
        return nothing{};
    stopped_.reset();
    return begin();
}

pace::pace(int per_second) : gap_(1000 / std::max(per_second, 1) + (1000 % std::max(per_second, 1) != 0 ? 1 : 0)) {}

std::chrono::milliseconds pace::book(std::chrono::milliseconds now) {
    const auto at = next_ ? std::max(*next_, now) : now;
    next_ = at + gap_;
    return at - now;
}

} // namespace whynow::sources
