// The console: the same conversation in a web page, without any account elsewhere. Messages are kept per person as the
// page shows them; the app hands in where they are kept.
#pragma once

#include "chat/chat.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace whynow::console {

// Where a person's messages are kept: a JSON list, newest last. Both resume on the io thread.
struct shelf {
    // Changes the list of `user` in one unit of work.
    std::function<boost::asio::awaitable<bool>(std::string user, std::function<std::string(std::string list)> change)>
        change;
    std::function<boost::asio::awaitable<std::string>(std::string user)> read;
};

class console_adapter final : public chat::adapter {
  public:
    explicit console_adapter(shelf kept) : shelf_(std::move(kept)) {}

    std::string_view platform() const override { return "console"; }
    chat::limits limits() const override { return {std::chrono::milliseconds{0}, 0}; } // our own page: nothing to spare
    // POST /console/events: {"user","id","kind":"message|action|form_wanted|form_submitted|command","text","about",
    // "action","value","form","context","fields":{}}. Whoever may call this is the app's affair (its pages' guard).
    boost::asio::awaitable<chat::inbound> receive(const http::request& what, chat::instant now) override;
    // {"replace":message,"open":form,"errors":{},"toast":""}: what the page shows at once.
    http::response answer(const chat::chat_event& e, const chat::reply& r) override;
    boost::asio::awaitable<chat::send_result> send(const chat::outgoing& what) override;
    boost::asio::awaitable<chat::find_result> find(const chat::outgoing& what, chat::instant since) override;
    boost::asio::awaitable<chat::send_result> open_form(const chat::chat_event& e,
                                                        const domain::cards::form& f) override;

    // GET /console/messages?user=…: [{"id","message":{…}}], newest last, at most 100.
    boost::asio::awaitable<std::string> messages(std::string user);

  private:
    shelf shelf_;
};

} // namespace whynow::console
