// A mail server on loopback that takes every mail and keeps it.
#pragma once

#include "demo/sandbox.hpp"

#include <boost/asio/io_context.hpp>
#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>

namespace whynow::demo {

class mail_sandbox {
  public:
    // Listens at once; throws boost::system::system_error where it cannot.
    mail_sandbox(asio::io_context& io, stage& on);
    ~mail_sandbox();

    std::uint16_t port() const;
    // [{from,to,headers:[[name,value]],body,at}], oldest first
    nlohmann::json state() const;

  private:
    struct parts;
    std::shared_ptr<parts> parts_;
};

} // namespace whynow::demo
