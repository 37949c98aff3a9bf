// Takes values out of a TOML tree one key at a time and gathers every mistake on the way.
#pragma once

#include "settings/config.hpp"

#include <functional>
#include <initializer_list>
#include <span>

namespace whynow::settings {

class config_reader {
  public:
    config_reader(const rules::node& root, std::string_view file, const environment& env,
                  std::vector<mistake>& mistakes);

    // Is there such a section, in the file or in the environment?
    bool has(std::string_view section) const;

    // Each takes a key of the section now entered; absent keys leave the value alone.
    void enter(std::string_view section);
    void enter(std::string_view section, const rules::node& table, std::size_t index); // one of [[section]]
    void text(std::string_view key, std::string& into);
    // The path of a file that can be read; a relative one lies beside the configuration.
    // Gives what stands in it; empty where there is none or it cannot be read. A value that is PEM text itself is no
    // path: it stays and is given back.
    std::string file(std::string_view key, std::string& into);
    void hidden(std::string_view key, secret& into);
    void texts(std::string_view key, std::vector<std::string>& into);
    void choice(std::string_view key, std::string& into, std::span<const std::string_view> allowed);
    void choice(std::string_view key, std::string& into, std::initializer_list<std::string_view> allowed) {
        choice(key, into, std::span(allowed.begin(), allowed.size()));
    }
    void truth(std::string_view key, bool& into);
    void whole(std::string_view key, int& into, int least, int most);
    void share(std::string_view key, double& into); // 0.5 or "50%"
    void number(std::string_view key, double& into, double least, double most);
    void clock(std::string_view key, minute_of_day& into);
    void span(std::string_view key, std::chrono::seconds& into, std::chrono::seconds least);
    void zone(std::string_view key, std::string& into, const zones& clocks);
    void url(std::string_view key, std::string& into);
    void days(std::string_view key, std::bitset<7>& into);
    // What stands in the section and was not asked for is a mistake; call after the last key.
    void leave();
    // Sections of the file that nobody entered.
    void unknown_sections(std::initializer_list<std::string_view> known);

    void wrong(std::string_view key, std::string what, std::string cure);
    // The same, unless something was already wrong with the key: a value that could not be read is not missing as well.
    void missing(std::string_view key, std::string what, std::string cure);
    rules::place place_of(std::string_view key) const;
    std::string beside(const std::string& path) const; // a path relative to the config file

  private:
    struct raw {
        std::optional<std::string> text; // from the environment or a file
        const rules::node* node = nullptr;
    };
    std::string shown(std::string_view key) const;
    std::optional<raw> take(std::string_view key);
    std::optional<std::string> take_text(std::string_view key, std::string_view example);

    const rules::node& root_;
    std::string file_;
    const environment& env_;
    std::vector<mistake>& mistakes_;
    std::string section_;
    const rules::node* table_ = nullptr;
    bool indexed_ = false;
    std::vector<std::string> asked_;
    std::size_t before_ = 0; // mistakes made before this section
};

// Does it look like an e-mail address?
bool is_address(std::string_view text);
// The word of `known` nearest to a mistyped one; empty where none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

} // namespace whynow::settings
