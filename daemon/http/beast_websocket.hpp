// http::websocket over Beast, with and without TLS.
#pragma once

#include "http/websocket.hpp"

namespace whynow::http {

// Certificates are checked against the system's authorities (and `ca_file`), for the name in the address. Addresses are
// checked after the name is resolved, as for every other request. Proxies of the environment are ignored.
class beast_websocket_client final : public websocket_client {
  public:
    boost::asio::awaitable<boost::system::result<std::shared_ptr<websocket>>> connect(websocket_address to) override;
};

} // namespace whynow::http
