// What comes in from chats: durable first, then acknowledged, then worked on.
#pragma once

#include "app/house.hpp"
#include "chat/chat.hpp"

namespace whynow::app {

class reception {
  public:
    explicit reception(house& h) : house_(h) {}

    // The whole way of one request for this adapter.
    asio::awaitable<http::response> receive(chat::adapter& adapter, http::request request);
    // The same from where the adapter has read it: for what comes over other ways than a request.
    asio::awaitable<http::response> take(chat::adapter& adapter, chat::inbound in);
    // After a restart: what was acknowledged and not yet worked on.
    asio::awaitable<void> catch_up(std::function<chat::adapter*(std::string_view platform)> adapter_of);
    // Nothing accepted is still unworked, nor is anything shown at once still on its way.
    bool idle() const { return working_ == 0; }

  private:
    house& house_;
    int working_ = 0;

    void work_on(chat::adapter& adapter, domain::inbox_id row, chat::chat_event e);
    void show_at_once(chat::adapter& adapter, chat::chat_event e, chat::reply reply);
    asio::awaitable<void> showing(chat::adapter& adapter, chat::chat_event e, chat::reply reply);
};

} // namespace whynow::app
