// Every card has its pictures in docs/cards, and they show the card as it is. WHYNOW_CARDS=FOLDER writes the JSON there
// instead (what `./run pictures` draws), with the digests as index.json.
#include "cards/scenes.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <openssl/sha.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace whynow::cards_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string digest_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> sum{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sum.data());
    std::string out;
    for (const auto b : sum)
        for (const int four : {b >> 4, b & 15})
            out += "0123456789abcdef"[four];
    return out;
}

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// "slack/brief" → its JSON.
const std::map<std::string, std::string>& made() {
    static std::map<std::string, std::string> out;
    if (!out.empty())
        return out;
    for (const auto& s : all_scenes()) {
        if (s.on_slack)
            REQUIRE(out.emplace("slack/" + s.name, for_slack(s)).second);
        if (s.on_teams)
            REQUIRE(out.emplace("teams/" + s.name, for_teams(s)).second);
    }
    return out;
}

// One line for each thing that is wrong; "" where the pictures are those of the cards.
std::string unlike(const std::map<std::string, std::string>& cards, const fs::path& pictures) {
    const auto drawn = json::parse(read(pictures / "drawn.json"), nullptr, false);
    if (!drawn.is_object())
        return "drawn.json cannot be read\n";
    const auto gallery = read(pictures / "README.md");
    std::string out;
    for (const auto& [name, text] : cards) {
        const auto it = drawn.find(name);
        if (it == drawn.end()) {
            out += name + " was never drawn\n";
            continue;
        }
        if ((*it)["card"] != digest_of(text))
            out += name + " shows an older card\n";
        for (const auto* look : {"light", "dark"}) {
            const auto file = name + "-" + look + ".png";
            if (!fs::exists(pictures / file))
                out += file + " is missing\n";
            else if ((*it)[look] != digest_of(read(pictures / file)))
                out += file + " is not the one that was drawn\n";
            if (gallery.find(file) == std::string::npos)
                out += file + " is not in the gallery (README.md)\n";
        }
    }
    for (const auto& [name, ignored] : drawn.items())
        if (!cards.contains(name))
            out += name + " is no card any more\n";
    return out;
}

const fs::path docs = fs::path(WHYNOW_SOURCE_DIR) / "docs/cards";

} // namespace

TEST_CASE("every card has its pictures, and they are of the card as it is") {
    const auto& cards = made();
    if (const char* folder = std::getenv("WHYNOW_CARDS")) {
        auto index = json::object();
        for (const auto& [name, text] : cards) {
            const auto file = fs::path(folder) / (name + ".json");
            fs::create_directories(file.parent_path());
            std::ofstream(file, std::ios::binary) << text;
            index[name] = digest_of(text);
        }
        std::ofstream(fs::path(folder) / "index.json") << index.dump(1) << "\n";
        return;
    }
    const auto wrong = unlike(cards, docs);
    INFO(wrong, "`./run pictures` draws what is new; look at it before you commit it");
    CHECK(wrong.empty());
}

// "[draft.title]": what the phrasebook gives where a sentence or a slot of it is missing.
bool shows_a_key(std::string_view text) {
    for (auto at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
        const auto key = text.substr(at + 1, text.find(']', at) - at - 1);
        if (key.find('.') != std::string_view::npos &&
            key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.") == std::string_view::npos)
            return true;
    }
    return false;
}

TEST_CASE("no card shows a slot or a key") {
    CHECK(shows_a_key("x [DRAFT.TITLE_A] y"));
    for (const auto& [name, text] : made()) {
        CAPTURE(name);
        CHECK(text.find("{{") == std::string::npos);
        CHECK_FALSE(shows_a_key(text));
    }
}

TEST_CASE("pictures of other cards are noticed") {
    if (std::getenv("WHYNOW_CARDS"))
        return;
    auto cards = made();
    auto& brief = cards.at("slack/brief");
    brief += " ";
    cards["slack/never-drawn"] = "{}";
    cards.erase("teams/brief");
    const auto wrong = unlike(cards, docs);
    CHECK(wrong.find("slack/brief shows an older card") != std::string::npos);
    CHECK(wrong.find("slack/never-drawn was never drawn") != std::string::npos);
    CHECK(wrong.find("teams/brief is no card any more") != std::string::npos);
}

} // namespace whynow::cards_test
