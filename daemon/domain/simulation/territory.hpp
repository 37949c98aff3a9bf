// One rep's accounts in a market, day by day: news arrives and ages, people are called, rest, or ask not to be called.
#pragma once

#include "domain/ranking/odds.hpp"
#include "domain/simulation/market.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace whynow::domain::simulation {

// One account as it stands this morning: whoever could be called there.
struct lead {
    // What a rep can see.
    std::uint8_t persona = 1;
    std::int32_t employees = 0;
    bool news = false; // young enough to be a reason, and not used
    std::uint8_t kind = 0;
    std::int16_t age_days = 0;
    std::uint8_t sources = 1;
    std::uint8_t attempts = 0;    // since the last conversation
    std::int32_t last_call = -99; // calendar day; -99: never
    bool last_was_hit = false, spoken = false;
    bool callable = true; // not resting, not closed
    // What only the market knows.
    float own = 0;  // the account's own log-odds
    float blur = 0; // standard normal, one for each news: what a guess of its worth errs by
    std::int32_t news_day = -1, next_news = 0;
    bool closed = false;
};

struct made_call {
    bool reached = false, hit = false, logged = false, meeting = false;
};

class territory {
  public:
    // `market` outlives it. `replica`: other news and other luck in the same market.
    territory(const market& in, int rep, std::uint64_t replica, double half_lives = 3);

    // Working days from 0; five make a week. Days may not go back.
    void morning(int working_day);
    std::span<const lead> leads() const { return leads_; }
    int rep() const { return rep_; }
    double reach() const { return market_->reach(rep_); }
    // Log-odds of a hit in a conversation with lead `i` this day, about its news or without a reason.
    double worth(std::size_t i, bool about_news) const;
    double chance(std::size_t i, bool about_news) const { return ranking::logistic(worth(i, about_news)); }
    // Calls lead `i` this day, about its news or without a reason. The same call of the same day has the same luck
    // under every policy.
    made_call call(std::size_t i, bool about_news);

    static int calendar_day(int working_day) { return working_day / 5 * 7 + working_day % 5; }

  private:
    const market* market_;
    int rep_;
    std::uint64_t replica_;
    double half_lives_;
    int day_ = 0, week_ = 0; // calendar day
    std::vector<lead> leads_;
    std::vector<lots> arrivals_;
    std::array<int, triggers::kind_count> too_old_{};

    int days_to_next(lots& from) const;
};

} // namespace whynow::domain::simulation
