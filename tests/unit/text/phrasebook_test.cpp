#include "domain/text/phrasebook.hpp"
#include "settings/toml.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace whynow;
using namespace whynow::domain;

namespace {

rules::node tree(std::string_view toml) { return std::get<rules::node>(settings::read_toml(toml, "book.toml")); }

} // namespace

TEST_CASE("a language is read when its first sentence is asked for, once, whoever asks") {
    std::atomic<int> english = 0, german = 0;
    text::phrasebook book;
    book.add_below("en", [&] {
        ++english;
        return std::vector{tree("[a]\nhello = \"Hello {{who}}\"\nbye = \"Bye\"")};
    });
    book.add_below("de", [&] {
        ++german;
        return std::vector{tree("[a]\nhello = \"Hallo {{who}}\"")};
    });
    CHECK(english + german == 0);
    CHECK(book.check().empty());
    CHECK(english + german == 0);
    const auto who = text::slots{}.set("who", "Ada");
    {
        std::vector<std::jthread> many;
        for (int i = 0; i < 8; ++i)
            many.emplace_back([&] { CHECK(book.say("en", "a.hello", who) == "Hello Ada"); });
    }
    CHECK(english == 1);
    CHECK(german == 0);
    CHECK(book.say("de", "a.hello", who) == "Hallo Ada");
    CHECK(book.say("de", "a.bye") == "Bye"); // English where a language has no words of its own
    CHECK(german == 1);
}

TEST_CASE("an admin's sentence lies above the built-in one, which is said where his cannot be filled") {
    text::phrasebook book;
    book.add_below("en", [] { return std::vector{tree("[a]\nhello = \"Hello {{who}}\"")}; });
    book.add("en", tree("[a]\nhello = \"Hi {{who}}\""));
    CHECK(book.say("en", "a.hello", text::slots{}.set("who", "Ada")) == "Hi Ada");
    book.add("en", tree("[a]\nhello = \"Yo {{nobody}}\""));
    CHECK(book.say("en", "a.hello", text::slots{}.set("who", "Ada")) == "Hi Ada");
    CHECK(text::phrasebook::take_problems().size() == 1);
    book.add("en", tree("[a]\nbroken = \"{{#x}}\""));
    CHECK(book.check().size() == 1);
}
