// The same story from many feeds is one event: groups signals into stories as they come in.
#pragma once

#include "domain/signals/signal.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace whynow::domain::signals {

// Names a story for good: the fingerprint of its first signal.
using story_key = std::string;

// What makes two headlines one story; the defaults were set on clusters of real headlines.
struct story_limits {
    std::chrono::hours window{72}; // a story takes no signal later than this after its newest
    double alike = 0.34;           // cosine of rarity-weighted words from which a signal joins a story
};

// Whether two signals tell the same story, judged by themselves (no corpus): stricter than the index below.
bool same_story(const signal& a, const signal& b);

// An incremental index. Not safe for use by two threads at once. Memory: the stories of the last `window`.
class stories {
  public:
    explicit stories(story_limits limits = {});
    ~stories();
    stories(stories&&) noexcept;
    stories& operator=(stories&&) noexcept;

    // The story this signal belongs to; a new one where it is alike to none. Signals should come about in the order of
    // publication; the answer for a signal never changes afterwards.
    story_key add(const signal& item);
    // Puts a signal back into the story it was given earlier (start of the daemon, from the store).
    void restore(const signal& item, const story_key& key);
    std::size_t size() const; // stories held now

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace whynow::domain::signals
