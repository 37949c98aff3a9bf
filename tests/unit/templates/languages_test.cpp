// Every language says everything, from the same evidence, in its own typography.
#include "domain/text/mustache.hpp"
#include "domain/text/utf8.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace whynow::domain;

namespace {

using sentences = std::map<std::string, std::vector<std::string>>;

void add(sentences& out, const std::string& path, const rules::node& n) {
    for (const auto& [key, child] : n.entries())
        add(out, path.empty() ? key : path + "." + key, child);
    if (n.entries().empty())
        out[path] = n.texts();
}

const sentences& of(const std::string& language) {
    static std::map<std::string, sentences> read;
    auto& out = read[language];
    if (out.empty())
        for (const auto& e : std::filesystem::directory_iterator(WHYNOW_SOURCE_DIR "/templates/" + language))
            add(out, "",
                whynow::test::tree_of(WHYNOW_SOURCE_DIR, "templates/" + language + "/" + e.path().filename().string()));
    return out;
}

const std::string& first_text(const sentences& s, const std::string& key) {
    static const std::string none;
    const auto it = s.find(key);
    return it == s.end() || it->second.empty() ? none : it->second.front();
}

// The slots from which a sentence is told. What only chooses between two forms of a word is not evidence.
std::set<std::string> evidence_in(const std::string& key, const std::vector<std::string>& texts) {
    std::set<std::string> out;
    const bool speaks_to_contact = key == "mail.salutation" || key.starts_with("reason.opener") ||
                                   key.starts_with("referral.opener") || key == "own_date.opener";
    for (const auto& t : texts)
        for (auto name : text::names_in_template(t)) {
            if (name == "one" || name.starts_with("one_"))
                continue;
            if (key.starts_with("dates.") && (name == "first" || name == "past"))
                continue; // "1er mars", "8h"
            if (key == "dates.clock" && name == "two_digit_hour")
                name = "hour";
            if (speaks_to_contact && name == "name")
                name = "first"; // how one calls a person is the language's own affair
            if (key.starts_with("their_concern."))
                continue; // "the numbers Jerry answers for": elsewhere the sentence around it has named them
            out.insert(name);
        }
    return out;
}

std::string joined(const std::set<std::string>& names) {
    std::string out;
    for (const auto& n : names)
        out += n + " ";
    return out;
}

// The text without its tags: what a person sees of it.
std::string seen(const std::string& t) {
    std::string out;
    for (std::size_t at = 0; at < t.size();) {
        if (t.compare(at, 2, "{{") == 0) {
            at = std::min(t.find("}}", at), t.size() - 2) + 2;
            continue;
        }
        out += t[at++];
    }
    return out;
}

std::size_t count(const std::string& t, std::string_view what) {
    std::size_t n = 0;
    for (auto at = t.find(what); at != std::string::npos; at = t.find(what, at + what.size()))
        ++n;
    return n;
}

template <class F>
void each_sentence(const std::string& language, F look) {
    for (const auto& [key, texts] : of(language))
        for (const auto& t : texts) {
            INFO(language << " " << key << ": " << t);
            look(key, seen(t));
        }
}

} // namespace

TEST_CASE("every language has exactly the keys of English, and lists of the same length") {
    for (const auto& language : whynow::test::languages) {
        for (const auto& [key, texts] : of("en")) {
            const auto it = of(language).find(key);
            REQUIRE_MESSAGE(it != of(language).end(), language << " lacks " << key);
            if (key != "numbers.singular") // as many as the language has
                CHECK_MESSAGE(it->second.size() == texts.size(), language << " " << key);
            for (const auto& t : it->second)
                CHECK_MESSAGE(!t.empty(), language << " " << key << " is empty");
        }
        for (const auto& [key, texts] : of(language))
            CHECK_MESSAGE(of("en").contains(key), language << " has " << key << ", which English has not");
    }
}

TEST_CASE("every language tells each sentence from the same slots as English") {
    for (const auto& language : whynow::test::languages)
        for (const auto& [key, texts] : of(language)) {
            for (const auto& t : texts)
                CHECK_MESSAGE(!text::check_template(t, key), language << " " << key);
            const auto english = of("en").find(key);
            if (english == of("en").end())
                continue;
            const auto has = evidence_in(key, texts), needs = evidence_in(key, english->second);
            CHECK_MESSAGE(has == needs,
                          language << " " << key << " has " << joined(has) << "and English " << joined(needs));
        }
}

TEST_CASE("nothing was left in English") {
    const std::set<std::string> same_everywhere{
        "mail.footer.promotional", "understood.call_text", "understood.comes_back_text",
        "ask.which_call_button",   "pages.team.n",         "home.draft",
        "settings.language_de"};
    for (const std::string language : {"de", "fr", "es"})
        for (const auto& [key, texts] : of(language)) {
            const auto& english = first_text(of("en"), key);
            const auto words = std::ranges::count(seen(english), ' ');
            if (words >= 2 && !same_everywhere.contains(key))
                CHECK_MESSAGE(texts.front() != english, language << " " << key);
        }
}

TEST_CASE("no straight quotation marks") {
    for (const auto& language : whynow::test::languages)
        each_sentence(language, [](const std::string&, const std::string& t) { CHECK(count(t, "\"") == 0); });
}

TEST_CASE("German: quotation marks open below and close above") {
    each_sentence("de", [](const std::string&, const std::string& t) {
        CHECK(count(t, "„") == count(t, "“"));
        CHECK(count(t, "”") == 0);
        CHECK(count(t, "'") == 0);
    });
}

TEST_CASE("French: signs of two parts keep to their word") {
    each_sentence("fr", [](const std::string&, const std::string& t) {
        for (const auto* loose : {" ?", " !", " ;", " :", " »", " %", "« "})
            CHECK(count(t, loose) == 0);
        const std::string_view no_break = "\u00a0";
        for (const std::string_view sign : {"?", "!", ";", "»", "%"})
            for (auto at = t.find(sign); at != std::string::npos; at = t.find(sign, at + 1))
                CHECK((at >= no_break.size() && t.compare(at - no_break.size(), no_break.size(), no_break) == 0));
        CHECK(count(t, "«") == count(t, "»"));
        CHECK(count(t, "'") == 0); // the apostrophe is ’
        CHECK(count(t, "“") == 0);
    });
}

TEST_CASE("Spanish: a question and an exclamation are opened before they are closed") {
    each_sentence("es", [](const std::string&, const std::string& t) {
        CHECK(count(t, "¿") == count(t, "?"));
        CHECK(count(t, "¡") == count(t, "!"));
        CHECK(count(t, "“") == count(t, "”"));
        CHECK(count(t, "«") == 0);
    });
}

TEST_CASE("what the chats cut is short enough in every language") {
    constexpr std::size_t of_form = 24;   // Slack: title and buttons of a dialog
    constexpr std::size_t of_button = 40; // more wraps on a telephone
    for (const auto& language : whynow::test::languages) {
        each_sentence(language, [&](const std::string& key, const std::string& t) {
            const auto length = text::count_code_points(t);
            if (key.starts_with("form.") &&
                (key.ends_with(".title") || key.ends_with(".submit") || key.ends_with(".cancel")))
                CHECK(length <= of_form);
            if (key.find(".button.") != std::string::npos)
                CHECK(length <= of_button);
            if (key.ends_with(".badge"))
                CHECK(length <= 26);
        });
    }
}
