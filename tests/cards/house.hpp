// A house with the demo's sample team and news, in which a rep can tap and write: what would be sent is collected.
#pragma once

#include "chat/chat.hpp"
#include "domain/ranking/experience.hpp"
#include "domain/signals/signal.hpp"
#include "store/store.hpp"
#include "workday/rulebook.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::cards_test {

using namespace whynow::domain; // NOLINT: the words of every scene

// What the outbox held: new messages, and those that stand already as they are now.
struct sent {
    std::string purpose; // "understood", "question", "notice", "update" …
    std::string subject; // "outcome:9"; empty where the message says all by itself
    cards::message body;
};

class house {
  public:
    explicit house(bool with_news = true);
    ~house();
    house(const house&) = delete;
    house& operator=(const house&) = delete;

    // One unit of work; what it leaves in the outbox goes to `out`.
    void write(const std::function<void(store::session&)>& work);
    const workday::rulebook& rules() const { return *rules_; }
    instant now() const { return now_; }
    void pass(std::chrono::minutes time) { now_ += time; }

    book::rep rep(std::string_view first_name);
    // This morning's brief of the rep, planned and sent. Gives its cards' values ("card:17") in order.
    std::vector<std::string> morning(std::string_view who);
    cards::message brief(std::string_view who);

    // What a person does, and what the platform shows at once. What goes out besides is in `out`, newest last.
    chat::reply say(std::string_view who, std::string words, chat::message_ref about = {});
    chat::reply tap(std::string_view who, std::string action, std::string value);
    chat::reply ask_form(std::string_view who, std::string action, std::string value);
    chat::reply submit(std::string_view who, const cards::form& f, std::map<std::string, std::string> fields);
    chat::reply by_stranger();

    std::vector<sent> out;
    // The newest message of the subject or purpose; ends the program where there is none.
    cards::message last(std::string_view subject_or_purpose) const;
    std::string last_subject(std::string_view purpose) const;
    // Says it and gives the message that answers.
    cards::message answer_to(std::string_view who, std::string words);
    // The subject as it stands now.
    cards::message shown(std::string_view subject);

  private:
    std::filesystem::path folder_;
    std::shared_ptr<const workday::rulebook> rules_;
    std::unique_ptr<store::store> store_;
    std::unique_ptr<ranking::experience> known_;
    instant now_{};
    int acts_ = 0;

    void take_news(store::session& s);
    chat::reply handle(chat::chat_event e, std::string_view who);
    chat::reply press(chat::event_kind kind, std::string_view who, std::string action, std::string value);
    void empty_outbox(store::session& s);
};

} // namespace whynow::cards_test
