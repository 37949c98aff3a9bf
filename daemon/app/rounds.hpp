// What comes back by the clock: mornings, Mondays, nights.
#pragma once

#include "app/house.hpp"
#include "workday/morning.hpp"

namespace whynow::app {

class rounds {
  public:
    explicit rounds(house& h) : house_(h) {}

    // Plans every brief that is due now, one unit of work each, so that webhooks pass between them; sends digests that
    // are due; once a local day of the team learns from yesterday, tidies the inbox and keeps the experiment.
    asio::awaitable<void> round();

  private:
    house& house_;
    domain::local_date learned_on_{};
    std::int64_t version_ = 0; // of what was learned; another one: somebody reverted, or another daemon learned
    domain::local_date tidied_on_{};
    domain::local_date kept_on_{};
    std::shared_ptr<const workday::rulebook> kept_by_;

    asio::awaitable<void> learn(domain::local_date today);
    asio::awaitable<void> tidy(domain::local_date today);
    asio::awaitable<void> experiment(domain::local_date today);
    asio::awaitable<void> forget(const workday::rulebook& rules, domain::local_date today, domain::instant now);
    asio::awaitable<void> briefs();
    asio::awaitable<void> brief(const domain::book::rep& rep, const workday::due_brief& d);
    asio::awaitable<void> digests();
};

} // namespace whynow::app
