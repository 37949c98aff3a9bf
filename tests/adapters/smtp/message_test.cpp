#include "adapters/smtp/encoding.hpp"
#include "adapters/smtp/message.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

using namespace whynow::smtp;
using namespace std::chrono_literals;

namespace {

message good() {
    message m;
    m.from = {"Dana Example", "dana@seller.example"};
    m.to = {"Jerry Smith", "jerry@northwind.example"};
    m.subject = "Thank you, Jerry";
    m.body = "Hello Jerry,\n\nthank you.\n";
    m.date = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 8h + 5min + 9s;
    m.id = "<draft-7@seller.example>";
    return m;
}

std::string bytes_of(const message& m) {
    const auto built = build(m);
    REQUIRE_MESSAGE(std::holds_alternative<std::string>(built), to_string(std::get<message_error>(built)));
    return std::get<std::string>(built);
}

struct parsed {
    std::vector<std::pair<std::string, std::string>> fields; // unfolded
    std::string body;

    std::string get(const std::string& name) const {
        for (const auto& [n, v] : fields)
            if (n == name)
                return v;
        return "(none)";
    }
};

// A reader written apart from the builder: unfolds, splits, and checks each line's shape on the way.
parsed parse(const std::string& bytes) {
    parsed out;
    const auto end = bytes.find("\r\n\r\n");
    REQUIRE(end != std::string::npos);
    std::string head = bytes.substr(0, end + 2);
    out.body = bytes.substr(end + 4);
    for (std::size_t at = 0; at < bytes.size();) {
        const auto line = bytes.find("\r\n", at);
        REQUIRE(line != std::string::npos);
        CHECK(line - at <= 998);
        for (auto i = at; i < line; ++i)
            CHECK((bytes[i] >= ' ' && bytes[i] <= '~'));
        at = line + 2;
    }
    for (auto fold = head.find("\r\n "); fold != std::string::npos; fold = head.find("\r\n "))
        head.erase(fold, 2);
    for (std::size_t at = 0; at < head.size();) {
        const auto line = head.find("\r\n", at);
        const auto text = head.substr(at, line - at);
        const auto colon = text.find(": ");
        REQUIRE(colon != std::string::npos);
        out.fields.emplace_back(text.substr(0, colon), text.substr(colon + 2));
        at = line + 2;
    }
    return out;
}

std::string unescape(const std::string& text, bool word) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '=' && text.compare(i, 3, "=\r\n") == 0)
            i += 2;
        else if (text[i] == '=')
            out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)), i += 2;
        else
            out += word && text[i] == '_' ? ' ' : text[i];
    }
    return out;
}

// Decodes encoded words; the white space between two of them vanishes.
std::string decode(const std::string& value) {
    std::string out;
    for (std::size_t at = 0; at < value.size();) {
        if (value.compare(at, 10, "=?UTF-8?Q?") != 0) {
            out += value[at++];
            continue;
        }
        const auto end = value.find("?=", at + 10);
        REQUIRE(end != std::string::npos);
        CHECK(end + 2 - at <= 75);
        const auto part = unescape(value.substr(at + 10, end - at - 10), true);
        CHECK(valid_utf8(part)); // no character is split between words
        out += part;
        at = end + 2;
        if (value.compare(at, 3, " =?") == 0)
            ++at;
    }
    return out;
}

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += text;
    return out;
}

} // namespace

TEST_CASE("a plain mail has exactly its headers") {
    auto m = good();
    m.unsubscribe_url = "https://why.example/unsubscribe/abc";
    m.reply_to = {"", "dana@seller.example"};
    m.in_reply_to = "<a@b.example>";
    const auto p = parse(bytes_of(m));
    std::vector<std::string> names;
    for (const auto& f : p.fields)
        names.push_back(f.first);
    CHECK(names == std::vector<std::string>{"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To",
                                            "References", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version",
                                            "Content-Type", "Content-Transfer-Encoding"});
    CHECK(p.get("From") == "Dana Example <dana@seller.example>");
    CHECK(p.get("Date") == "Tue, 24 Nov 2026 08:05:09 +0000");
    CHECK(p.get("Message-ID") == "<draft-7@seller.example>");
    CHECK(p.get("List-Unsubscribe") == "<https://why.example/unsubscribe/abc>");
    CHECK(p.get("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click");
    CHECK(p.get("Auto-Submitted") == "(none)");
    CHECK(p.body == "Hello Jerry,\r\n\r\nthank you.\r\n");
}

TEST_CASE("text of any language comes back as it went in, in lines of 76") {
    const std::vector<std::string> texts{"Größe",
                                         "Ответ на ваш вопрос о продлениях в этом квартале и дальше",
                                         "日本語の件名" + repeated("漢字", 40),
                                         repeated("emoji \xF0\x9F\x98\x80 ", 20) + "end",
                                         "=?UTF-8?Q?faked?=",
                                         "a  b",
                                         " edge ",
                                         "under_score ü = ?",
                                         std::string(300, 'x'),
                                         repeated("word ", 60) + "end",
                                         "q\"uote\\",
                                         "x"};
    for (const auto& text : texts) {
        CAPTURE(text);
        auto m = good();
        m.subject = text;
        m.from.name = text;
        m.to.name = text;
        m.body = text + "\n" + repeated(text, 5) + "\n.\n..dots\n trailing \nlast";
        const auto bytes = bytes_of(m);
        for (std::size_t at = 0; at < bytes.size();) {
            const auto line = bytes.find("\r\n", at);
            CHECK(line - at <= 76);
            at = line + 2;
        }
        const auto p = parse(bytes);
        CHECK(decode(p.get("Subject")) == text);
        CHECK(p.get("From").ends_with(" <dana@seller.example>"));
        auto name = decode(p.get("From").substr(0, p.get("From").size() - 22));
        if (name.starts_with('"')) {
            name = name.substr(1, name.size() - 2);
            for (auto b = name.find('\\'); b != std::string::npos; b = name.find('\\', b + 1))
                name.erase(b, 1);
        }
        CHECK(name == text);
        std::string wanted;
        for (const char c : m.body + "\n")
            wanted += c == '\n' ? std::string("\r\n") : std::string(1, c);
        CHECK(unescape(p.body, false) == wanted);
    }
}

TEST_CASE("no value can add a header or a recipient") {
    const std::vector<std::string> breaks{"\r\nBcc: x@y.example",
                                          "\nX: y",
                                          "\r",
                                          std::string(1, '\0'),
                                          "\xE2\x80\xA8",
                                          "\xE2\x80\xA9",
                                          "\xC2\x85",
                                          "\x0B",
                                          "\x7F"};
    for (const auto& b : breaks) {
        for (auto field : {&message::subject, &message::id, &message::in_reply_to, &message::unsubscribe_url}) {
            auto m = good();
            m.*field += "a" + b + "b";
            CHECK(std::holds_alternative<message_error>(build(m)));
        }
        for (auto who : {&message::from, &message::to, &message::reply_to}) {
            auto m = good();
            (m.*who).name = "a" + b + "b";
            CHECK(std::get<message_error>(build(m)) == message_error::line_break_in_header);
            m = good();
            (m.*who).address = "a@b.example" + b;
            CHECK(std::holds_alternative<message_error>(build(m)));
        }
    }
    auto m = good();
    m.subject = "bad \xFF utf-8";
    CHECK(std::get<message_error>(build(m)) == message_error::not_utf8);
    m = good();
    m.body = "\xC3";
    CHECK(std::get<message_error>(build(m)) == message_error::not_utf8);
    m = good();
    m.unsubscribe_url = "http://why.example/";
    CHECK(std::get<message_error>(build(m)) == message_error::bad_unsubscribe);
    m.unsubscribe_url = "https://why.example/>,<mailto:x@y.example";
    CHECK(std::get<message_error>(build(m)) == message_error::bad_unsubscribe);
    m = good();
    m.id = "draft-7";
    CHECK(std::get<message_error>(build(m)) == message_error::bad_id);
}

TEST_CASE("one plain address, nothing else") {
    for (const char* yes :
         {"a@b.example", "jerry.smith+x@mail.northwind.example", "o'neil@a-b.example", "1@2.example"}) {
        CAPTURE(yes);
        CHECK(valid_address(yes));
    }
    for (const char* no : {"",
                           "a",
                           "@b.example",
                           "a@",
                           "a@b",
                           "a@b.example, c@d.example",
                           "a@b.example c@d.example",
                           "<a@b.example>",
                           "A <a@b.example>",
                           "a@@b.example",
                           "a@b@c.example",
                           ".a@b.example",
                           "a.@b.example",
                           "a..b@c.example",
                           "\"a b\"@c.example",
                           "a@[127.0.0.1]",
                           "a@-b.example",
                           "a@b..example",
                           "a@b.example.",
                           "a(c)@b.example",
                           "\xC3\xA4@b.example",
                           "a;b@c.example",
                           "@x.example:a@b.example",
                           "a@b_c.example"}) {
        CAPTURE(no);
        CHECK_FALSE(valid_address(no));
    }
    CHECK_FALSE(valid_address(std::string(65, 'a') + "@b.example"));
    CHECK_FALSE(valid_address("a@" + std::string(64, 'b') + ".example"));
}
