// Microsoft Teams as far as one 1:1 chat needs it: token endpoint, signing keys, Connector, and the activities with
// real tokens that a person's taps and words become.
#pragma once

#include "demo/sandbox.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>

namespace whynow::demo {

class teams_sandbox {
  public:
    explicit teams_sandbox(stage& on);
    ~teams_sandbox();

    static std::string_view app_id();
    static std::string_view tenant();
    static std::string_view user(); // Entra object id of the rep who uses Teams
    std::string app_secret() const;
    std::vector<http::route> routes(); // below /teams

    // {"messages":[{id,mine,text,card,at}],"dialog":{title,card}|null,"notice":""}
    nlohmann::json state() const;
    asio::awaitable<nlohmann::json> install();                    // the person adds the app
    asio::awaitable<nlohmann::json> execute(nlohmann::json what); // {"id","verb","data"}: Action.Execute
    asio::awaitable<nlohmann::json> fetch(nlohmann::json what);   // {"id","data"}: a button that opens a dialog
    asio::awaitable<nlohmann::json> submit(nlohmann::json what);  // {"data"}: the dialog's
    asio::awaitable<nlohmann::json> say(nlohmann::json what);     // {"text"}
    void close_dialog();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace whynow::demo
