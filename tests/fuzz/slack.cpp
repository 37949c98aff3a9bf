#include "adapters/slack/inbound.hpp"
#include "domain/text/utf8.hpp"
#include "fuzz.hpp"

using namespace whynow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto read = slack::read_body(text, "UBOT", domain::instant{std::chrono::seconds{1'800'000'000}});
    fuzz::must((read.what == slack::reading::kind::events) == !read.events.empty());
    for (const auto& e : read.events) {
        const auto line = chat::to_json(e);
        const auto back = chat::chat_event_from_json(line);
        fuzz::must(back && chat::to_json(*back) == line); // what the inbox keeps is what came in
        fuzz::must(domain::text::valid_utf8(e.text));
    }
    static_cast<void>(slack::is_ssl_check(text));
    static_cast<void>(slack::typed_text(text, "UBOT"));
    static_cast<void>(slack::read_action_id(text));
    return 0;
}
