#include "demo/sample_past.hpp"

#include "demo/sample_team.hpp"
#include "domain/ranking/prospect.hpp"
#include "workday/content.hpp"
#include "workday/drafting.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace whynow::demo {

using namespace whynow::domain;

namespace {

constexpr int history_days = 30;
constexpr int days_to_a_meeting = 6, days_to_a_referral = 3;

const std::string& any_of(const nlohmann::json& list, dice& chances) {
    return list[std::size_t(chances.below(int(list.size())))].get_ref<const std::string&>();
}

class past {
  public:
    past(store::session& s, const workday::rulebook& rules, const book::rep& rep, const std::vector<person>& people,
         local_date first_day, dice& chances)
        : s_(s), rules_(rules), rep_(rep), people_(people), end_(first_day), dice_(chances) {}

    void play() {
        for (auto day = add_days(end_, -history_days); day < end_; day = add_days(day, 1))
            if (rules_.team.workdays.works(day))
                play(day);
    }

  private:
    struct appointment {
        local_date on{};
        person with;
    };

    store::session& s_;
    const workday::rulebook& rules_;
    const book::rep& rep_;
    const std::vector<person>& people_;
    local_date end_;
    dice& dice_;
    std::size_t next_ = 0;
    int said_ = 0;
    std::vector<appointment> ahead_;

    instant at(local_date day, int minute) const {
        return rules_.clocks->to_instant({day, minute_of_day{minute}}, rep_.zone);
    }

    local_date working_day_after(local_date day, int days) const {
        do
            day = add_days(day, 1);
        while (--days > 0 || !rules_.team.workdays.works(day));
        return day;
    }

    void play(local_date day) {
        store::brief b;
        b.rep = rep_.id;
        b.date = day;
        b.planned_at = at(day, 480);
        b.budget = 5;
        b.candidates = 40;
        b.platform = "console";
        const auto brief = store::briefs(s_).create(b);
        int minute = 520;
        const int cards = dice_.chance(8) ? 0 : 3 + dice_.below(3);
        for (int n = 1; n <= cards; ++n, minute += 35)
            card(*brief, n, people_[next_++ % people_.size()], day, minute);
        for (int n = dice_.below(3); n > 0; --n, minute += 9) {
            auto o = call(people_[std::size_t(dice_.below(int(people_.size())))], day, minute, false);
            store::outcomes(s_).record(o);
        }
        for (const auto& a : ahead_)
            if (a.on == day && dice_.chance(70))
                keep(a, day, minute += 25);
    }

    store::outcome told_of(const person& who, local_date day, int minute) {
        store::outcome o;
        o.rep = rep_.id;
        o.contact = who.id;
        o.account = who.account;
        o.at = at(day, minute);
        o.day = day;
        o.source = "tap";
        o.source_ref = fmt::format("past:{}:{}", rep_.id.value, ++said_);
        return o;
    }

    // What became of one call, by the dice.
    store::outcome call(const person& who, local_date day, int minute, bool with_reason) {
        auto o = told_of(who, day, minute);
        if (!dice_.chance(with_reason ? 58 : 34)) {
            o.disposition = dice_.chance(60) ? "voicemail" : "no_answer";
            return o;
        }
        o.disposition = "connected";
        static constexpr std::array<const char*, 5> good{"interested_later", "needs_info", "meeting_booked",
                                                         "call_back", "referral"},
            bad{"not_interested", "has_vendor", "not_interested", "already_solved", "not_interested"};
        const auto n = std::size_t(dice_.below(5));
        o.results = {dice_.chance(with_reason ? 44 : 14) ? good[n] : bad[n]};
        if (o.results.front() == "meeting_booked")
            o.follow_up_date = working_day_after(day, days_to_a_meeting);
        return o;
    }

    // The day of a meeting, or of the call to somebody who was named.
    void keep(const appointment& a, local_date day, int minute) {
        auto o = told_of(a.with, day, minute);
        o.disposition = "connected";
        o.results = {dice_.chance(60) ? "interested_later" : "needs_info"};
        if (const auto stored = store::outcomes(s_).record(o)) {
            o.id = *stored;
            thanks(o, {});
        }
    }

    void card(brief_id brief, int number, const person& who, local_date day, int minute) {
        static constexpr std::array kinds{triggers::kind::leadership, triggers::kind::funding,
                                          triggers::kind::leadership, triggers::kind::restructuring,
                                          triggers::kind::expansion,  triggers::kind::ma,
                                          triggers::kind::leadership, triggers::kind::hiring};
        ranking::prospect p;
        p.kind = kinds[std::size_t(dice_.below(int(kinds.size())))];
        p.age_days = 2 + dice_.below(12);
        p.persona = book::persona_of(who.title);
        p.industry = who.industry;
        p.employees = who.employees;
        p.weekday = weekday_of(day).iso_encoding();
        p.rep = std::uint32_t(rep_.id.value);
        workday::score_paper paper;
        paper.probability = 0.35;
        ranking::features_of(p, ranking::configured(rules_.events->kinds), paper.features);
        store::card c;
        c.brief = brief;
        c.number = number;
        c.contact = who.id;
        c.account = who.account;
        c.reason_key = fmt::format("story:past{}:{}", rep_.id.value, said_);
        c.kind = triggers::to_string(p.kind);
        c.scope = "account";
        c.source = "trade press";
        c.explanation = workday::to_json(paper);
        c.probability = paper.probability;
        const auto id = store::briefs(s_).add_card(c);
        if (!dice_.chance(88))
            return;
        auto o = call(who, day, minute, true);
        o.card = id;
        if (const auto stored = store::outcomes(s_).record(o)) {
            o.id = *stored;
            learned(o, who);
            store::briefs(s_).set_card_state(id, store::card_state::answered);
        }
    }

    void learned(const store::outcome& o, const person& who) {
        if (o.disposition != "connected")
            return;
        std::string challenge;
        if (dice_.chance(45)) {
            challenge = any_of(sample()["words"]["challenges"], dice_);
            store::facts(s_).add({{}, o.account, o.contact, "challenge", challenge, rep_.id, o.at, o.id, false});
        }
        thanks(o, challenge);
        if (o.results.front() == "meeting_booked")
            ahead_.push_back({*o.follow_up_date, who});
        if (o.results.front() == "referral")
            named(o, who);
    }

    void thanks(const store::outcome& o, const std::string& challenge) {
        outcomes::understood u;
        u.how = outcomes::heard<outcomes::disposition>{outcomes::disposition::connected, {}, 1};
        for (const auto& word : o.results)
            u.results.push_back({*outcomes::result_from_string(word), {}, 1});
        if (o.follow_up_date)
            u.follow_up = outcomes::heard<dates::window>{
                {*o.follow_up_date, *o.follow_up_date, *o.follow_up_date, {}, dates::grain::day}, {}, 1};
        if (!challenge.empty())
            u.learned.challenge = outcomes::heard<std::string>{challenge, {}, 1};
        workday::write_drafts(s_, rep_, o, u, {}, rules_, o.at);
        for (const auto& d : store::drafts(s_).of_outcome(o.id))
            store::drafts(s_).set_state(d.id,
                                        dice_.chance(92) ? store::draft_state::sent : store::draft_state::discarded);
    }

    void named(const store::outcome& o, const person& by) {
        const auto& words = sample()["words"];
        person who = by;
        who.title = "Head of Operations";
        book::contact c;
        c.name = any_of(words["given"], dice_) + " " + any_of(words["family"], dice_);
        c.title = who.title;
        c.account = o.account;
        c.email = in_address(c.name) + "@" + store::accounts(s_).find(o.account)->domain;
        c.country = "US";
        c.origin = "referral";
        store::contacts(s_).upsert(c);
        who.id = c.id;
        store::referral r;
        r.outcome = o.id;
        r.referrer = o.contact;
        r.referred = who.id;
        r.account = o.account;
        r.rep = rep_.id;
        r.name = c.name;
        r.title = "operations";
        r.words = fmt::format("talk to {} in operations", c.name);
        r.may_name = true;
        r.generation = 1 + int(dice_.chance(20));
        r.on = o.day;
        store::referrals(s_).add(r);
        ahead_.push_back({working_day_after(o.day, days_to_a_referral), who});
    }
};

} // namespace

std::string in_address(std::string_view name, std::string_view gap) {
    std::string out;
    for (const char c : name)
        if (c == ' ')
            out += gap;
        else
            out += char(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return out;
}

void play_past(store::session& s, const workday::rulebook& rules, const book::rep& rep,
               const std::vector<person>& people, local_date first_day, dice& chances) {
    past(s, rules, rep, people, first_day, chances).play();
}

} // namespace whynow::demo
