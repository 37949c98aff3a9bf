// Facts about the customer in a reply. Private to this room.
#pragma once

#include "domain/outcomes/cues.hpp"
#include "domain/outcomes/people.hpp"

#include <string_view>
#include <vector>

namespace whynow::domain::outcomes {

class learning {
  public:
    learning(const reply_rules& rules, const std::vector<token>& tokens, std::string_view text, const people& named,
             const cues& found)
        : rules_(rules), t_(tokens), text_(text), named_(named), cues_(found) {}

    // Everything but the timeline, which needs the dates.
    facts read() const;

  private:
    using found = std::optional<heard<std::string>>;
    found challenge() const;
    found tried() const;
    found vendor() const;
    found vendor_from(std::size_t i, std::size_t behind) const;
    found budget() const;
    found amount_at(std::size_t i) const;
    found captured(std::size_t i, std::size_t behind, std::size_t most) const;
    std::size_t past_lead(std::size_t i, bool brackets) const;

    const reply_rules& rules_;
    const std::vector<token>& t_;
    std::string_view text_;
    const people& named_;
    const cues& cues_;
};

} // namespace whynow::domain::outcomes
