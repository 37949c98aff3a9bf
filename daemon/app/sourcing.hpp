// The configured sources: asked in their own rhythm, what they give taken in, their cursors kept.
#pragma once

#include "app/house.hpp"
#include "http/client.hpp"
#include "sources/poll_schedule.hpp"
#include "sources/source.hpp"

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace whynow::app {

class sourcing {
  public:
    // EDGAR sources without an address ask for every account that has a CIK.
    sourcing(house& h, http::client& client);

    // Begins what is due by the daemon's clock. Up to eight polls run side by side, never two of one host's; a slow
    // source holds up nobody but its own host.
    asio::awaitable<void> tick();
    // The same, and waits until everything that was due has been taken in.
    asio::awaitable<void> round();
    // The configuration was read anew: sources that are gone are asked no more, new ones are begun, all others go on.
    void follow_config();
    // Takes items in: for POST /signals. The counts come back when the commit is durable.
    asio::awaitable<boost::system::result<workday::intake_counts>> take(std::vector<sources::item> items,
                                                                        std::string source);
    // Every source has been asked since the start, and what they told is taken in.
    bool heard_all() const { return ticked_ && idle(); }
    bool idle() const { return under_way_ == 0 && due_.empty(); }

  private:
    struct watched {
        std::string name;
        std::string kind;
        std::string url;
        std::string host; // known from the first tick on
        std::unique_ptr<sources::signal_source> source;
        sources::poll_schedule schedule;
        std::chrono::seconds every;
        bool begun = false;
    };

    house& house_;
    http::client& client_;
    std::vector<std::shared_ptr<watched>> watched_;
    std::deque<std::shared_ptr<watched>> due_; // waiting for a free place or for their host
    std::set<std::string> busy_hosts_;
    int under_way_ = 0;
    bool ticked_ = false;
    sources::pace edgar_pace_{8};
    std::int64_t accounts_revision_ = -1;

    asio::awaitable<void> edgar_accounts();
    void watch(const std::string& name, const std::string& kind, const std::string& url, std::chrono::seconds every);
    void begin_due();
    asio::awaitable<void> poll(std::shared_ptr<watched> w);
};

// A source's item as the flows take it.
workday::incoming incoming_of(const sources::item& item, std::string source);

} // namespace whynow::app
