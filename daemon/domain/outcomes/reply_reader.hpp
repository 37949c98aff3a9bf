// Reads what a rep types under a call card: shorthand, typos, several facts, corrections, four languages.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/core/time.hpp"
#include "domain/dates/reader.hpp"
#include "domain/outcomes/outcome.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::outcomes {

struct reply_rules;

// The rules are the tree of config/replies.toml. Immutable once made; all calls may be made from any thread.
class reply_reader {
  public:
    // `dates` outlives this object.
    reply_reader(const rules::node& rules, const dates::reader& dates);
    ~reply_reader();
    reply_reader(reply_reader&&) noexcept;
    reply_reader& operator=(reply_reader&&) noexcept;

    // The whole text as the outcome of one call (of two calls in it the one that went furthest). `now` is the wall
    // clock in `zone`. Never throws but std::bad_alloc; an empty or unreadable text gives an empty outcome. Of a text
    // of more than 8 KiB the rest is only searched for the wish not to be called. `people`: the full names of those it
    // may be about; "April", "tom" or "Mark Will" at the head of a reply is one of them, however it is written.
    understood read(std::string_view text, local_time now, std::string_view zone, const zones& clocks,
                    std::span<const std::string> people = {}) const;

    // A reply about several cards, one part each where every part names its card ("1: vm, 2: no answer" or a line
    // for each, of at most 100); else one part, as read() gives it.
    std::vector<understood> read_each(std::string_view text, local_time now, std::string_view zone, const zones& clocks,
                                      std::span<const std::string> people = {}) const;

  private:
    understood read_whole(std::string_view text, local_time now, std::string_view zone, const zones& clocks,
                          std::span<const std::string> people) const;
    std::optional<span> wish_in(std::string_view text, std::size_t from) const;

    std::unique_ptr<const reply_rules> rules_;
    const dates::reader* dates_;
};

} // namespace whynow::domain::outcomes
