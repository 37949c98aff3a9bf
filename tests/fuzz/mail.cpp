#include "adapters/smtp/message.hpp"
#include "domain/text/utf8.hpp"
#include "fuzz.hpp"

using namespace whynow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    smtp::message m;
    m.from = {std::string(text.substr(0, size / 4)), "sales@house.example"};
    m.to = {std::string(text.substr(size / 4, size / 4)),
            size % 5 == 0 ? std::string(text.substr(0, 60)) : "jerry@northwind.example"};
    m.subject = text.substr(size / 2, size / 4);
    m.body = text.substr(size / 2);
    m.id = "<draft.4.2@house.example>";
    const auto built = smtp::build(m);
    const auto* bytes = std::get_if<std::string>(&built);
    if (!bytes)
        return 0;
    // Exactly one header of each name, every line short, nothing but ASCII, no stray line end.
    const auto head = std::string_view(*bytes).substr(0, bytes->find("\r\n\r\n") + 2);
    for (const std::string_view name : {"\r\nTo: ", "\r\nSubject: ", "\r\nMessage-ID: "})
        fuzz::must(head.find(name) != std::string_view::npos && head.find(name) == head.rfind(name));
    for (const std::string_view name : {"\r\nBcc:", "\r\nCc:"})
        fuzz::must(head.find(name) == std::string_view::npos);
    std::size_t line = 0;
    for (std::size_t i = 0; i < bytes->size(); ++i) {
        const char c = (*bytes)[i];
        fuzz::must(static_cast<unsigned char>(c) < 0x80);
        fuzz::must((c == '\n') == (i > 0 && (*bytes)[i - 1] == '\r'));
        line = c == '\n' ? 0 : line + 1;
        fuzz::must(line <= 999);
    }
    return 0;
}
