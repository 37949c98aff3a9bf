// When somebody comes back: before the day they named, on a working day, never in the past.
#pragma once

#include "domain/core/time.hpp"
#include "domain/dates/window.hpp"
#include "domain/dates/workdays.hpp"

namespace whynow::domain::nurture {

struct return_rules {
    int lead_weeks = 3; // how long before a far day they come back (DESIGN.md: three weeks)
    int near_days = 28; // a day nearer than this is kept as it is: "call me Tuesday" means Tuesday
    dates::workdays days;
};

struct return_day {
    local_date due{};      // the working day of the brief
    local_date promised{}; // the day they named, or the first of the window
    bool lead = false;     // due lies before the promise by the lead
};

// `named` is what they said; `today` the rep's local day. A window is kept from its beginning ("in June" is promised
// for the first of June); an amount of time ("in 6 months") for its best day. The result is after today.
return_day when_back(const dates::window& named, local_date today, const return_rules& rules);

} // namespace whynow::domain::nurture
