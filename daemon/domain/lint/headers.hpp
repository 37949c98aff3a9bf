// The head of a mail's text: "To:" and "Subject:" lines, an empty line, and nothing else.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace whynow::domain::lint {

struct mail_head {
    std::string_view to, subject;
    std::size_t subject_at = 0; // bytes
    std::size_t body_at = 0;    // where the body begins
    bool injected = false;      // another header, a folded or doubled one, stray line ends or control characters
    std::size_t injected_at = 0;
    bool many = false;                       // more than one recipient
    std::vector<std::string_view> addresses; // in To
};

mail_head read_head(std::string_view text);

} // namespace whynow::domain::lint
