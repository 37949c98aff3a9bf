// Clock times: 3pm, 10:30, 14h30, halb drei, half past two, a las 2 de la tarde; in another zone too. Private to this
// room.
#pragma once

#include "domain/dates/grammar.hpp"

#include <optional>

namespace whynow::domain::dates {

struct clock_hit {
    std::size_t next = 0;
    minute_of_day at{0};
    bool firm = false;                          // could be nothing but a time
    int zone = -1;                              // index into lexicon::zone_names
    std::optional<std::chrono::minutes> offset; // "UTC+2"
    bool unknown_zone = false;                  // "his time", and no zone said
    bool ranged = false;                        // "2 to 3"
    bool limit = false;                         // "before noon", "9 to 5": no time to call
};

class clock_reader {
  public:
    explicit clock_reader(const grammar& g) : g_(g) {}

    // The time there, with what leads to it ("at", "um") and the zone behind it. A bare "11" counts behind a date.
    std::optional<clock_hit> read(std::size_t i, bool behind_date) const;

  private:
    // Where a bare number stands.
    struct place {
        bool behind_date = false;
        bool led = false;     // "at", "um"
        bool article = false; // by no more than "las"
    };
    // A time on its way from the hour to its end.
    struct face;

    // clock.cpp
    std::optional<int> hour_number(std::size_t i) const;
    void read_zone(clock_hit& c, std::size_t begin) const;
    bool read_offset(clock_hit& c, std::size_t i) const;

    // clock_face.cpp: times that begin with the hour
    std::optional<clock_hit> hour_first(std::size_t i, place at) const;
    bool read_digits(face& f, std::size_t i, place at) const;
    bool read_compact(face& f, std::size_t i, place at) const;
    void read_words(face& f, std::size_t i, place at) const;
    void read_range(face& f, place at) const;
    void read_half_of_day(face& f, place at) const;
    bool stands(const face& f, std::size_t i, place at) const;

    // spoken.cpp: times that begin with the minutes
    std::optional<clock_hit> minutes_first(std::size_t i) const;
    std::optional<clock_hit> full_hour(std::size_t i, bool before_it = false) const;
    std::optional<int> minutes_beside(std::size_t i) const;

    const grammar& g_;
};

} // namespace whynow::domain::dates
