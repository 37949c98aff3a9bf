// A Power Automate workflow ("when a Teams webhook request is received"): takes a card, posts it to a channel or chat,
// and tells nothing back. The address is a secret.
#pragma once

#include "chat/chat.hpp"
#include "http/client.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>

namespace whynow::adapters::teams {

struct workflow_settings {
    std::string url; // whole, with its signature; never written anywhere
    std::string ca_file;
    bool any_address = false;
};

// The limit is 28 KB of UTF-16 in the documentation, and bodies of 14 KB were refused in practice.
inline constexpr std::size_t workflow_budget = 12 * 1024;

// {"type":"message","attachments":[…]} with one card, at most `most` bytes, no buttons that would lead to the flow.
std::string workflow_body(const domain::cards::message& m, std::size_t most = workflow_budget);

class workflow {
  public:
    // `out` outlives this. One io thread.
    workflow(http::client& out, workflow_settings s) : out_(out), settings_(std::move(s)) {}

    // 4 a second were allowed to the webhooks before it; a digest a week needs far less.
    chat::limits limits() const { return {std::chrono::milliseconds(1000), 1.0}; }
    // 200 and 202 are "sent": whether it was posted is seen in the flow's run history only.
    boost::asio::awaitable<chat::send_result> post(const domain::cards::message& m);

  private:
    http::client& out_;
    workflow_settings settings_;
};

} // namespace whynow::adapters::teams
