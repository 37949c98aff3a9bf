#include "domain/text/mustache.hpp"
#include "fuzz.hpp"

using namespace whynow::domain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = whynow::fuzz::text_of(data, size);
    text::slots s;
    s.set("first", "Jerry").set("value", text).set("list", text::slots::list{"a", "b"});
    text::render_options how;
    how.escape = text::escape_html;
    how.partial = [&](std::string_view) { return text; }; // itself, for ever
    const auto filled = text::render(text, s, how);
    if (const auto* words = std::get_if<std::string>(&filled))
        whynow::fuzz::must(words->size() <= how.most_bytes);
    static_cast<void>(text::names_in_template(text));
    // A value is never read as a template.
    const auto quoted = text::render("{{{value}}}", s);
    if (const auto* words = std::get_if<std::string>(&quoted))
        whynow::fuzz::must(*words == text);
    return 0;
}
