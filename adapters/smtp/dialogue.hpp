// What an SMTP dialogue came to, from the lines said and heard. No I/O.
#pragma once

#include "adapters/smtp/mailer.hpp"

#include <string>
#include <string_view>

namespace whynow::smtp {

// One mail's dialogue. Commands decide the stage, replies belong to the stage in which they are heard.
class dialogue {
  public:
    // Lines as they went out or came in, with or without their line ends; several in one piece are fine.
    void said(std::string_view lines);
    void heard(std::string_view lines);
    // The body begins to go out; all of it has been handed over.
    void body_began() { stage_ = stage::body; }
    void body_whole();

    // What it came to when the transfer ended. `trouble` is the transport's word for its failure ("connect", "tls",
    // "login", "broken", "stopped"), empty where it saw none.
    mail_result outcome(std::string_view trouble) const;

  private:
    enum class stage { greeting, login, sender, recipient, data, body, whole, over };

    void enter(stage s);
    mail_result refused() const;

    stage stage_ = stage::greeting;
    bool leaving_ = false; // the last word was the goodbye
    int code_ = 0;         // of the stage's last reply; 0 = none yet
    std::string enhanced_;
    std::string reply_;
};

} // namespace whynow::smtp
