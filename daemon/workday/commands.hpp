// The few words that are no answer but an order: "next", "pause until Monday", "why now Northwind". In every language
// at once, from config/commands.toml.
#pragma once

#include "domain/core/rules.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::workday {

enum class command { help, next, digest, resume, settings, pause, snooze, why_now, log };

class commands {
  public:
    commands() = default; // knows none
    explicit commands(const domain::rules::node& commands_toml);

    struct meant {
        command what;
        std::string rest; // what follows the word, as written, without a closing . ! or ?
    };
    // Nothing where the words are no command. Any thread.
    std::optional<meant> read(std::string_view words) const;

  private:
    struct phrase {
        std::string folded;
        command what;
        bool with_more;
    };
    std::vector<phrase> phrases_;
};

} // namespace whynow::workday
