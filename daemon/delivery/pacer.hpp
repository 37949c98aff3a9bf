// Keeps a platform's limits without being told: a distance and windows of posts to one conversation, and so many per
// second of the whole tenant.
#pragma once

#include "chat/chat.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <unordered_map>

namespace whynow::delivery {

// Belongs to the io thread. Times are of a steady clock that the caller hands in.
class pacer {
  public:
    using moment = std::chrono::steady_clock::time_point;

    // `pace` below 1 shortens every distance (test clock only).
    explicit pacer(chat::limits limits, double pace = 1) : limits_(std::move(limits)), pace_(pace) {}

    // Books the next free place for a post to this conversation and says when that is (now or later).
    moment book(std::string_view conversation, moment now);
    // The peer said wait: nobody (or this conversation only) goes before then.
    void hold(std::string_view conversation, moment until);
    void hold_all(moment until);
    // How long that is under the test clock.
    moment::duration scaled(std::chrono::duration<double> how_long) const;

  private:
    chat::limits limits_;
    double pace_;
    moment tenant_free_{};
    struct place {
        moment free{};
        chat::allowances booked;
    };
    std::unordered_map<std::string, place> places_;

    place& of(std::string_view conversation);
};

} // namespace whynow::delivery
