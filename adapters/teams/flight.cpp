#include "adapters/teams/flight.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace whynow::adapters::teams {

boost::asio::awaitable<void> flight::landing() {
    const auto gate = gate_;
    if (gate)
        co_await gate->async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

flight::pilot::pilot(flight& f, boost::asio::any_io_executor where) : flight_(f) {
    flight_.gate_ = std::make_shared<boost::asio::steady_timer>(std::move(where));
    flight_.gate_->expires_at(boost::asio::steady_timer::time_point::max());
}

flight::pilot::~pilot() {
    flight_.gate_->cancel();
    flight_.gate_.reset();
}

} // namespace whynow::adapters::teams
