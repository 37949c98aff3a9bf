// The ways out of the house, as the postmen see them: a chat platform, and mail.
#pragma once

#include "adapters/smtp/mailer.hpp"
#include "adapters/teams/workflow.hpp"
#include "app/house.hpp"
#include "chat/chat.hpp"
#include "delivery/postman.hpp"

namespace whynow::app {

// Renders the errand when its time comes and hands it to the adapter.
class chat_channel final : public delivery::channel {
  public:
    chat_channel(house& h, chat::adapter& adapter) : house_(h), adapter_(adapter) {}
    std::string_view name() const override { return adapter_.platform(); }
    chat::limits limits() const override { return adapter_.limits(); }
    delivery::doubt in_doubt(const store::outbox_item& item) const override;
    asio::awaitable<chat::send_result> deliver(const store::outbox_item& item) override;
    asio::awaitable<chat::find_result> look_up(const store::outbox_item& item) override;
    void settled(store::session& s, const store::outbox_item& item, const chat::send_result& result,
                 store::outbox_state state) override;

  private:
    house& house_;
    chat::adapter& adapter_;

    asio::awaitable<std::optional<chat::outgoing>> prepare(const store::outbox_item& item);
};

// Digests for a channel that a Power Automate workflow posts to: one way, no later changes.
class workflow_channel final : public delivery::channel {
  public:
    workflow_channel(house& h, adapters::teams::workflow& flow) : house_(h), workflow_(flow) {}
    std::string_view name() const override { return "workflow"; }
    chat::limits limits() const override { return workflow_.limits(); }
    delivery::doubt in_doubt(const store::outbox_item&) const override { return delivery::doubt::repeat_once; }
    asio::awaitable<chat::send_result> deliver(const store::outbox_item& item) override;
    asio::awaitable<chat::find_result> look_up(const store::outbox_item&) override;
    void settled(store::session&, const store::outbox_item&, const chat::send_result&, store::outbox_state) override {}

  private:
    house& house_;
    adapters::teams::workflow& workflow_;
};

// Drafts that were approved, and briefs of people whom no chat reaches.
class mail_channel final : public delivery::channel {
  public:
    mail_channel(house& h, smtp::mailer& mailer) : house_(h), mailer_(mailer) {}
    std::string_view name() const override { return "mail"; }
    // One mail at a time to one address and ten a second in all: far below any submission server's limit.
    chat::limits limits() const override { return {std::chrono::milliseconds{1000}, 10.0}; }
    delivery::doubt in_doubt(const store::outbox_item&) const override { return delivery::doubt::never; }
    asio::awaitable<chat::send_result> deliver(const store::outbox_item& item) override;
    asio::awaitable<chat::find_result> look_up(const store::outbox_item&) override;
    void settled(store::session& s, const store::outbox_item& item, const chat::send_result& result,
                 store::outbox_state state) override;
    void after_settled() override { house_.ring(); } // the rep may be told in chat how it went

  private:
    house& house_;
    smtp::mailer& mailer_;
};

} // namespace whynow::app
