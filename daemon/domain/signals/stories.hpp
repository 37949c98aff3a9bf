// The same story from many feeds is one event: groups signals into stories as they come in.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/signals/signal.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace whynow::domain::signals {

// Names a story for good: the fingerprint of its first signal.
using story_key = std::string;

// What makes two headlines one story.
struct story_rules {
    std::chrono::hours window{24};     // a story takes no signal later than this after its newest
    double alike = 0.12;               // cosine of rarity-weighted words from which a signal joins a story
    std::vector<std::string> idle;     // words that say nothing ("the", "says"), folded
    std::vector<std::string> everyday; // words of every business story ("profit", "names"): they weigh little
};

// Out of the table [stories] of config/triggers.toml.
story_rules read_story_rules(const rules::node& triggers_toml);

// An incremental index. Not safe for use by two threads at once. Memory: the stories of the last `window`.
class stories {
  public:
    explicit stories(story_rules rules = {});
    ~stories();
    stories(stories&&) noexcept;
    stories& operator=(stories&&) noexcept;

    // The story this signal belongs to; a new one where it is alike to none. Signals should come about in the order of
    // publication; the answer for a signal never changes afterwards.
    story_key add(const signal& item);
    // Puts a signal back into the story it was given earlier (start of the daemon, from the store).
    void restore(const signal& item, const story_key& key);
    // Whether two signals tell the same story, judged by themselves: stricter than add().
    bool same_story(const signal& a, const signal& b) const;
    std::size_t size() const; // stories held now

  private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace whynow::domain::signals
