#include "app/house.hpp"

namespace whynow::app {

workday::team team_of(const settings::config& c) {
    workday::team t;
    t.zone = c.team.zone;
    t.brief_at = c.team.brief_at;
    t.workdays.week = c.team.workdays;
    t.workdays.holidays = c.team.holidays;
    t.call_budget = c.team.call_budget;
    t.language = c.team.language;
    t.company = c.team.company;
    t.product = c.team.product;
    t.our_customers = c.team.our_customers;
    t.postal_address = c.team.postal_address;
    t.public_url = c.server.public_url;
    t.thank_you_auto = c.mail.approve == "thank_you_auto";
    t.mail_on = c.mail.on;
    t.brief_on_install = c.teams.brief_on_install;
    t.workflow_on = !c.teams.workflow_url.empty();
    if (!c.server.public_url.empty() && !c.server.pages_password.empty())
        t.pages_url = c.server.public_url + (c.server.public_url.ends_with('/') ? "" : "/");
    if (c.console)
        t.answer_url = t.pages_url;
    if (c.slack.on)
        t.platforms.emplace_back("slack");
    if (c.teams.bot())
        t.platforms.emplace_back("teams");
    if (c.console)
        t.platforms.emplace_back("console");
    t.lead_weeks = c.team.lead_weeks;
    if (c.experiment.on)
        t.experiment = c.experiment.plan;
    t.own_week_at = c.team.own_week_at;
    t.rank_people = c.team.rank_people;
    return t;
}

} // namespace whynow::app
