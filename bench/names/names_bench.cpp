// Prints how fast companies::find reads news text, in MB/s, for 10,000, 100,000 and (with an argument) more names.
#include "domain/triggers/companies.hpp"
#include "embedded/embedded.hpp"
#include "settings/toml.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

using namespace whynow;

namespace {

// Made-up words that look like words, so that names and text share beginnings as real ones do.
std::string made_up_word(std::mt19937& dice) {
    static constexpr std::array<const char*, 24> parts{"ba",  "con", "del", "er",  "fin", "gra", "hol", "in",
                                                       "ka",  "lum", "mer", "nor", "o",   "pra", "qui", "ran",
                                                       "sol", "ter", "un",  "ven", "wes", "xan", "yor", "zel"};
    std::string out;
    for (auto n = 2 + dice() % 3; n > 0; --n)
        out += parts[dice() % parts.size()];
    return out;
}

std::string capital(std::string word) {
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
}

std::vector<domain::triggers::account_names> made_up_accounts(std::size_t count, std::mt19937& dice) {
    static constexpr std::array<const char*, 6> forms{"", " Inc.", " Corp", " GmbH", " Group", " Ltd"};
    std::vector<domain::triggers::account_names> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        out[i].id = domain::account_id{static_cast<std::int64_t>(i + 1)};
        out[i].name = capital(made_up_word(dice)) + " " + capital(made_up_word(dice)) + forms[dice() % forms.size()];
    }
    return out;
}

std::string made_up_text(std::size_t bytes, const std::vector<domain::triggers::account_names>& accounts,
                         std::mt19937& dice) {
    static constexpr std::array<const char*, 16> common{"the ",      "of ",  "and ",  "to ",       "in ",    "said ",
                                                        "for ",      "its ", "with ", "shares ",   "after ", "a ",
                                                        "quarter, ", "on ",  "by ",   "company's "};
    std::string out;
    while (out.size() < bytes) {
        if (dice() % 40 == 0)
            out += accounts[dice() % accounts.size()].name + " ";
        else if (dice() % 3 == 0)
            out += made_up_word(dice) + " ";
        else
            out += common[dice() % common.size()];
    }
    return out;
}

void measure(std::size_t names, const domain::rules::node& rules) {
    std::mt19937 dice(42);
    const auto accounts = made_up_accounts(names, dice);
    std::vector<std::string> texts;
    for (int i = 0; i < 4000; ++i)
        texts.push_back(made_up_text(2000, accounts, dice));
    const auto before = std::clock(); // of the processor: other work on the machine does not count
    const domain::triggers::companies index(accounts, rules);
    const auto built = std::clock();
    std::size_t bytes = 0;
    std::size_t found = 0;
    for (int round = 0; round < 5; ++round)
        for (const auto& text : texts) {
            found += index.find(text).size();
            bytes += text.size();
        }
    const auto done = std::clock();
    const auto seconds = [](std::clock_t ticks) { return static_cast<double>(ticks) / CLOCKS_PER_SEC; };
    fmt::print("{:>9} names: built in {:.2f} s, {:.0f} MB/s, {} mentions\n", names, seconds(built - before),
               static_cast<double>(bytes) / 1e6 / seconds(done - built), found);
}

} // namespace

int main(int count, char** words) {
    const auto rules = settings::read_toml(embedded::find("config/names.toml").value_or(""), "config/names.toml");
    const auto* root = std::get_if<domain::rules::node>(&rules);
    if (root == nullptr)
        return 1;
    measure(10'000, *root);
    measure(100'000, *root);
    if (count > 1)
        measure(static_cast<std::size_t>(std::atoll(words[1])), *root);
    return 0;
}
