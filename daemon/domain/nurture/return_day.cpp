#include "domain/nurture/return_day.hpp"

namespace whynow::domain::nurture {

return_day when_back(const dates::window& named, local_date today, const return_rules& rules) {
    return_day out;
    out.promised = named.counted || named.size == dates::grain::day ? named.date : named.from;
    if (out.promised <= today)
        out.promised = named.date > today ? named.date : add_days(today, 1);
    out.lead = days_between(today, out.promised) > rules.near_days;
    out.due = out.lead ? rules.days.minus_weeks(out.promised, rules.lead_weeks) : rules.days.on_or_before(out.promised);
    if (out.due <= today) // a weekend named on a Friday: the next working day
        out.due = rules.days.on_or_after(out.promised > today ? out.promised : add_days(today, 1));
    return out;
}

} // namespace whynow::domain::nurture
