// What every part of the running daemon shares: the store, the clock, the rules in force, the learner of the day.
#pragma once

#include "app/clock.hpp"
#include "domain/ranking/experience.hpp"
#include "log/metrics.hpp"
#include "settings/config.hpp"
#include "store/store.hpp"
#include "workday/intake.hpp"
#include "workday/rulebook.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace whynow::app {

namespace asio = boost::asio;

struct house {
    asio::any_io_executor io;
    settings::config config;
    app::clock clock;
    log::metrics metrics;
    std::unique_ptr<store::store> store;
    workday::intake intake; // writer thread only

    // Swapped whole; read on any thread through rules() and experience().
    std::shared_ptr<const workday::rulebook> rules() const { return rules_.load(); }
    void set_rules(std::shared_ptr<const workday::rulebook> r) { rules_.store(std::move(r)); }
    std::shared_ptr<const domain::ranking::experience> experience() const { return experience_.load(); }
    void set_experience(std::shared_ptr<const domain::ranking::experience> e) { experience_.store(std::move(e)); }

    // Rings every postman: something may be due.
    std::function<void()> ring = [] {};
    std::string unsubscribe_secret;

    house(asio::any_io_executor on, settings::config c, std::optional<domain::instant> frozen_at)
        : io(on), config(std::move(c)), clock(frozen_at) {}

  private:
    std::atomic<std::shared_ptr<const workday::rulebook>> rules_;
    std::atomic<std::shared_ptr<const domain::ranking::experience>> experience_;
};

// The team's part of the configuration in the flows' words.
workday::team team_of(const settings::config& c);

} // namespace whynow::app
