// Walks a text once and gathers the dates and times in it. Private to this room.
#pragma once

#include "domain/dates/grammar.hpp"

#include <optional>
#include <vector>

namespace whynow::domain::dates {

// What was found at one place, symbols [begin, end): days, a time, or both.
struct found {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<days> on;
    std::optional<minute_of_day> at;
    int zone = -1;                              // index into lexicon::zone_names; -1: the reader's
    std::optional<std::chrono::minutes> offset; // "UTC+2"
    bool unknown_zone = false;                  // "his time"
    bool echo = false;                          // told by the date before it
    bool exact_moment = false;                  // "in an hour": date and time go together
};

class sweep {
  public:
    explicit sweep(const grammar& g) : g_(g) {}

    // In the order of the text, none overlapping; a time without a day has gone to the day beside it, and of two with
    // a correction between them ("Tuesday, sorry, Wednesday") only the later is left.
    std::vector<found> run();

  private:
    std::optional<std::size_t> date_here(std::size_t i);
    std::optional<std::size_t> time_here(std::size_t i);
    std::optional<hit> behind_last(std::size_t next) const;
    std::optional<hit> echo_here(std::size_t i) const;
    void behind_date(found& f) const;
    bool sentence_between(std::size_t from, std::size_t to) const;
    bool told_between(std::size_t from, std::size_t to) const;
    bool corrected(std::size_t from, std::size_t to) const;
    void join_times();
    void amend();

    const grammar& g_;
    std::vector<found> out_;
    std::optional<days> last_; // of the date read last, refused or not
};

} // namespace whynow::domain::dates
