#include "adapters/teams/activity.hpp"
#include "adapters/teams/config.hpp"
#include "adapters/teams/markdown.hpp"
#include "adapters/teams/token_check.hpp"
#include "fuzz.hpp"

using namespace whynow;
using namespace whynow::adapters;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (const auto a = teams::read_activity(text)) {
        const auto line = chat::to_json(a->event);
        const auto back = chat::chat_event_from_json(line);
        fuzz::must(back && chat::to_json(*back) == line);
    }
    teams::config c;
    c.app_id = "00000000-0000-0000-0000-000000000001";
    c.tenants = {"00000000-0000-0000-0000-000000000002"};
    const domain::instant now{std::chrono::seconds{1'800'000'000}};
    for (const auto& token : {std::string(text), "Bearer " + std::string(text)}) // no keys: nothing may be let in
        fuzz::must(!std::holds_alternative<teams::claims>(teams::check_token(token, {}, c, now)));
    static_cast<void>(teams::literal(text));
    static_cast<void>(teams::literal_paragraphs(text));
    static_cast<void>(teams::link_target(text));
    static_cast<void>(teams::spoken_words(text, {"<at>whynow</at>"}));
    return 0;
}
