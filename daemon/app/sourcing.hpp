// The configured sources: asked in their own rhythm, what they give taken in, their cursors kept.
#pragma once

#include "app/house.hpp"
#include "http/client.hpp"
#include "sources/poll_schedule.hpp"
#include "sources/source.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace whynow::app {

class sourcing {
  public:
    // EDGAR sources without an address ask for every account that has a CIK.
    sourcing(house& h, http::client& client);

    // Polls whatever is due by the daemon's clock and takes it in; one round. With many sources several polls run side
    // by side, but never two of one host's.
    asio::awaitable<void> round();
    // Takes items in: for POST /signals. The counts come back when the commit is durable.
    asio::awaitable<boost::system::result<workday::intake_counts>> take(std::vector<sources::item> items,
                                                                        std::string source);
    bool idle() const { return under_way_ == 0; }

  private:
    struct watched {
        std::string name;
        std::string kind;
        std::unique_ptr<sources::signal_source> source;
        sources::poll_schedule schedule;
        std::chrono::seconds every;
        bool begun = false;
    };

    house& house_;
    http::client& client_;
    std::vector<std::unique_ptr<watched>> watched_;
    int under_way_ = 0;
    sources::pace edgar_pace_{8};
    std::int64_t accounts_revision_ = -1;

    asio::awaitable<void> edgar_accounts();
    void watch(std::string name, std::string kind, std::string url, std::chrono::seconds every);
    asio::awaitable<void> poll(watched& w);
};

// A source's item as the flows take it.
workday::incoming incoming_of(const sources::item& item, std::string source);

} // namespace whynow::app
