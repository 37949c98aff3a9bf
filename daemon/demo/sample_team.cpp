#include "demo/sample_team.hpp"

#include "demo/sample_past.hpp"
#include "demo/sandbox_slack.hpp"
#include "demo/sandbox_teams.hpp"
#include "embedded/embedded.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <map>
#include <stdexcept>

namespace whynow::demo {

using namespace whynow::domain;
using nlohmann::json;

namespace {

constexpr int generated_accounts = 101;

std::string domain_of(std::string_view company) { return in_address(company, "-") + ".example"; }

class filler {
  public:
    filler(store::session& s, const workday::rulebook& rules) : s_(s), rules_(rules) {}

    void run() {
        people_of_ours();
        stories();
        accounts();
        for (auto& [key, rep] : reps_)
            if (rep.role == book::role::rep)
                play_past(s_, rules_, rep, known_[key], first_day(), dice_);
        return_of_ben();
        referral_to_rosa();
        overdue_promise();
    }

  private:
    store::session& s_;
    const workday::rulebook& rules_;
    dice dice_;
    std::map<std::string, book::rep> reps_;
    std::map<std::string, std::vector<person>> known_; // generated people by rep
    std::map<std::string, person> by_name_;
    int said_ = 0;

    instant at(local_date day, int minute, const book::rep& rep) const {
        return rules_.clocks->to_instant({day, minute_of_day{minute}}, rep.zone);
    }

    void people_of_ours() {
        for (const auto& j : sample()["reps"]) {
            book::rep r;
            const auto key = j["key"].get<std::string>();
            r.name = j["name"];
            r.email = j["email"];
            r.zone = j["zone"];
            r.role = *book::role_from(j["role"].get<std::string>());
            r.team = "Mid-market";
            if (key == "dana")
                r.slack_user = slack_sandbox::user();
            if (key == "sam")
                r.teams_user = teams_sandbox::user();
            if (r.role == book::role::rep) {
                r.manager_email = "alex.monroe@tallyard.example";
                r.daily_calls = 16;
            }
            store::reps(s_).upsert(r);
            reps_[key] = std::move(r);
        }
    }

    account_id account(const std::string& name, const std::string& industry, int employees, rep_id owner,
                       const json* more = nullptr) {
        book::account a;
        a.name = name;
        a.domain = domain_of(name);
        a.industry = industry;
        a.employees = employees;
        a.country = "US";
        a.owner = owner;
        if (more) {
            a.ticker = more->value("ticker", "");
            a.cik = more->value("cik", "");
        }
        store::accounts(s_).upsert(a);
        return a.id;
    }

    contact_id contact(const std::string& name, const std::string& title, account_id account,
                       const std::string& company, const std::string& zone, const std::string& phone) {
        book::contact c;
        c.name = name;
        c.title = title;
        c.account = account;
        c.email = in_address(name) + "@" + domain_of(company);
        c.phone = phone;
        c.zone = zone;
        c.country = "US";
        c.may_email = true;
        c.origin = "trade fair, spring 2024";
        store::contacts(s_).upsert(c);
        return c.id;
    }

    void stories() {
        for (const auto& j : sample()["stories"]) {
            const auto& rep = reps_.at(j["rep"]);
            const auto name = j["name"].get<std::string>();
            const auto id = account(name, j["industry"], j["employees"], rep.id, &j);
            for (const auto& p : j["people"]) {
                const auto who = contact(p[0], p[1], id, name, p[2], p[3]);
                by_name_[p[0]] = {who, id, j["industry"], j["employees"], p[1]};
            }
            for (const auto& f : j.value("facts", json::array())) {
                const auto& teller = reps_.at(f[2]);
                store::facts(s_).add(
                    {{}, id, {}, f[0], f[1], teller.id, at(add_days(first_day(), f[3]), 640, teller), {}, false});
            }
        }
    }

    void accounts() {
        const auto& w = sample()["words"];
        const std::array<std::string, 3> owners{"dana", "sam", "priya"};
        const auto pick = [&](const char* list, std::size_t i) -> const json& { return w[list][i % w[list].size()]; };
        std::size_t names = 0;
        for (std::size_t i = 0; i < generated_accounts; ++i) {
            const auto& second = pick("second", i * 7 + i / 24);
            const auto name = fmt::format("{} {}", pick("first", i).get<std::string>(), second[0].get<std::string>());
            const auto& owner = owners[i % owners.size()];
            const int employees = 80 + dice_.below(40) * 45;
            const auto id = account(name, second[1], employees, reps_.at(owner).id);
            for (int n = 1 + int(i % 5 != 0); n > 0; --n, ++names) {
                const auto who = fmt::format("{} {}", pick("given", names * 5 + names / 33).get<std::string>(),
                                             pick("family", names).get<std::string>());
                const std::string title = pick("titles", names * 3 + i);
                const auto phone = fmt::format("+1 {} 555 01{:02}", 212 + int(names * 13 % 700), int(names % 100));
                known_[owner].push_back(
                    {contact(who, title, id, name, pick("zones", i), phone), id, second[1], employees, title});
            }
        }
    }

    store::outcome told(const std::string& rep, const std::string& who, int days, std::string result,
                        std::string words) {
        const auto& r = reps_.at(rep);
        const auto& p = by_name_.at(who);
        store::outcome o;
        o.rep = r.id;
        o.contact = p.id;
        o.account = p.account;
        o.day = add_days(first_day(), days);
        o.at = at(o.day, 610, r);
        o.source = "text";
        o.source_ref = fmt::format("sample:{}", ++said_);
        o.said = std::move(words);
        o.disposition = "connected";
        o.results = {std::move(result)};
        o.id = *store::outcomes(s_).record(o);
        return o;
    }

    void return_of_ben() {
        const auto o =
            told("dana", "Ben Park", -183, "interested_later",
                 "spoke with Ben, they look at this again in six months, worried about the uniform contract");
        store::facts(s_).add(
            {{}, o.account, o.contact, "challenge", "keeping the second line staffed", o.rep, o.at, o.id, false});
        store::nurture_step n;
        n.contact = o.contact;
        n.account = o.account;
        n.rep = o.rep;
        n.outcome = o.id;
        n.due = first_day();
        n.promised = add_days(first_day(), 10);
        n.words = "we look at this again in six months";
        n.state = "waiting";
        store::nurture(s_).schedule(n);
    }

    void referral_to_rosa() {
        const auto o = told("sam", "Tom Reyes", -40, "referral",
                            "good talk with Tom, talk to Rosa Lind at Calder Paper, she owns the returns problem");
        store::facts(s_).add(
            {{}, o.account, o.contact, "challenge", "returns nobody can trace", o.rep, o.at, o.id, false});
        const auto& rosa = by_name_.at("Rosa Lind");
        store::referrals(s_).add({{},
                                  o.id,
                                  o.contact,
                                  rosa.id,
                                  o.account,
                                  o.rep,
                                  "Rosa Lind",
                                  "VP Supply Chain",
                                  "rosa.lind@calder-paper.example",
                                  "she owns the returns problem",
                                  true,
                                  1,
                                  add_days(first_day(), -4),
                                  false});
    }

    void overdue_promise() {
        const auto o = told("priya", "Joan Albright", -60, "interested_later",
                            "Joan asked me to come back right after the holidays");
        store::nurture_step n;
        n.contact = o.contact;
        n.account = o.account;
        n.rep = o.rep;
        n.outcome = o.id;
        n.due = add_days(first_day(), -5);
        n.promised = add_days(first_day(), -4);
        n.words = "right after the holidays";
        n.state = "shown";
        store::nurture(s_).schedule(n);
    }
};

} // namespace

local_date first_day() { return std::chrono::year{2025} / std::chrono::January / 7; }

const json& sample() {
    static const json data = [] {
        const auto bytes = embedded::find("daemon/demo/data/sample.json");
        if (!bytes)
            throw std::runtime_error("the sample is not built in");
        return json::parse(*bytes);
    }();
    return data;
}

void fill(store::session& s, const workday::rulebook& rules) { filler(s, rules).run(); }

} // namespace whynow::demo
