// When a person may be called, at their place, and what that is on the rep's clock.
#pragma once

#include "domain/book/book.hpp"
#include "domain/core/rules.hpp"
#include "domain/core/time.hpp"

#include <bitset>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::compliance {

struct hours_rule {
    std::string country; // ISO code, or "*"
    minute_of_day from{480}, to{1080};
    std::optional<minute_of_day> pause_from, pause_to;
    std::bitset<7> days{0b0011111}; // bit 0 is Monday
    std::string source;
};

// A window of one day, on both clocks.
struct call_window {
    std::string zone; // of the contact; the one that was assumed where theirs is not known
    bool assumed = false;
    minute_of_day from{}, to{};           // there
    minute_of_day here_from{}, here_to{}; // at the rep's; here_to may be past midnight and then is smaller
};

class calling_hours {
  public:
    // `rules` is the tree of config/calling-hours.toml.
    explicit calling_hours(const rules::node& rules);

    // The window in which `who` may be called on the rep's local day `day`; nothing where there is none (weekend there,
    // or a country whose rule forbids the day). A contact without zone counts in every zone of the country, and the
    // window is the one that suits all of them; without zone and country, the rep's own zone.
    std::optional<call_window> on(const book::contact& who, local_date day, std::string_view rep_zone,
                                  const zones& clocks) const;
    // May this person be called at this instant? For the tap on the telephone link and for late outcomes.
    bool allowed(const book::contact& who, instant at, std::string_view rep_zone, const zones& clocks) const;

  private:
    std::vector<hours_rule> rules_;
    std::map<std::string, std::vector<std::string>, std::less<>> zones_of_;
    minute_of_day business_from_{480}, business_to_{1020};

    const hours_rule& rule_for(std::string_view country) const;
    std::vector<std::string> zones_for(const book::contact& who, std::string_view rep_zone) const;
};

// "Mon-Fri", "Mon,Wed,Fri", "Sun-Thu" to bits (bit 0 is Monday); nothing where it cannot be read.
std::optional<std::bitset<7>> parse_days(std::string_view text);

} // namespace whynow::domain::compliance
