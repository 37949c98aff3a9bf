// Which addresses strangers' URLs may lead to.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace whynow::http {

// True for addresses of the public internet only. Private, shared (CGNAT), loopback, link-local (cloud metadata
// services live there), multicast, documentation, benchmarking, reserved and broadcast ranges are not, nor are IPv6
// addresses that carry such a v4 address inside (mapped, compatible, 6to4, NAT64, Teredo). Pure.
bool public_address(const boost::asio::ip::address& a);

} // namespace whynow::http
