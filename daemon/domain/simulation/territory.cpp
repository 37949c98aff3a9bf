#include "domain/simulation/territory.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::simulation {
namespace {

enum stream : std::uint64_t { who = 101, news_of_account, luck };

// As in config/ranking.toml: two weeks between two conversations. Somebody who was not reached is tried again sooner.
constexpr int rest_after_conversation = 14, rest_after_attempt = 3;

} // namespace

territory::territory(const market& in, int rep, std::uint64_t replica, double half_lives)
    : market_(&in), rep_(rep), replica_(replica), half_lives_(half_lives) {
    const auto& how = in.settings();
    too_old_ = in.oldest_reasons(half_lives_);
    lots people(in.seed(), {who, std::uint64_t(rep)});
    for (int a = 0; a < how.accounts; ++a) {
        lead l;
        l.persona = std::uint8_t(1 + people.below(market::personas - 1));
        l.employees = std::int32_t(std::exp(2 + 8 * people.uniform()));
        l.own = float(how.account_spread * people.normal());
        auto& own = arrivals_.emplace_back(
            in.seed(),
            std::initializer_list<std::uint64_t>{news_of_account, replica_, std::uint64_t(rep), std::uint64_t(a)});
        // As if the market had run for ever: the first news of many accounts is before the first day.
        l.next_news = days_to_next(own) - 60;
        leads_.push_back(l);
    }
}

int territory::days_to_next(lots& from) const {
    return 1 + int(-std::log(1 - from.uniform()) * 7 / std::max(market_->settings().news, 1e-9));
}

void territory::morning(int working_day) {
    day_ = calendar_day(working_day);
    week_ = working_day / 5;
    for (std::size_t i = 0; i < leads_.size(); ++i) {
        auto& l = leads_[i];
        while (l.next_news <= day_) {
            l.news = true;
            l.news_day = l.next_news;
            l.kind = std::uint8_t(market_->draw_kind(arrivals_[i].uniform()));
            l.blur = float(arrivals_[i].normal());
            l.sources = std::uint8_t(1 + arrivals_[i].below(3));
            l.next_news += days_to_next(arrivals_[i]);
        }
        l.age_days = std::int16_t(std::min(day_ - l.news_day, int(market::oldest)));
        if (l.news && l.age_days > too_old_[l.kind])
            l.news = false;
        const auto rest = l.spoken && l.attempts == 0 ? rest_after_conversation : rest_after_attempt;
        l.callable = !l.closed && day_ - l.last_call >= rest;
    }
}

double territory::worth(std::size_t i, bool about_news) const {
    const auto& l = leads_[i];
    return double(l.own) + (about_news ? market_->worth(l.kind, l.persona, l.age_days, rep_, week_)
                                       : market_->cold_worth(l.persona, rep_, week_));
}

made_call territory::call(std::size_t i, bool about_news) {
    auto& l = leads_[i];
    const auto& how = market_->settings();
    lots by_lot(market_->seed(), {luck, replica_, std::uint64_t(rep_), std::uint64_t(i), std::uint64_t(day_)});
    made_call out;
    out.reached = by_lot.happens(reach());
    out.hit = by_lot.happens(chance(i, about_news)) && out.reached;
    out.meeting = by_lot.happens(how.meetings) && out.hit;
    out.logged = !by_lot.happens(out.hit ? how.unlogged_hits : how.unlogged);
    const bool objects = by_lot.happens(how.objects);
    l.last_call = day_;
    l.callable = false;
    ++l.attempts;
    if (out.reached) {
        l.attempts = 0;
        l.spoken = true;
        l.last_was_hit = out.hit;
        l.closed = objects && !out.hit;
        if (about_news)
            l.news = false; // one reason is never used twice on one person
    }
    return out;
}

} // namespace whynow::domain::simulation
