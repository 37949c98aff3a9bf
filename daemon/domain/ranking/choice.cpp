#include "domain/ranking/choice.hpp"

#include "domain/core/lots.hpp"
#include "domain/ranking/odds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <unordered_set>

namespace whynow::domain::ranking {
namespace {

// The order of the finalists in one draw: by their scores, moved by their own noise of this draw. What a contact draws
// does not depend on who else is there.
std::vector<std::size_t> order_of(const std::vector<scored>& all, const chance& by, std::uint64_t nth) {
    std::vector<double> score(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        score[i] = all[i].log_odds;
        if (by.noise > 0)
            score[i] += by.noise * all[i].spread * lots(by.seed, {std::uint64_t(all[i].contact.value), nth}).normal();
    }
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::sort(order, [&](auto a, auto b) { return score[a] != score[b] ? score[a] > score[b] : a < b; });
    return order;
}

// How probable it is that the one on each place of the order is called: of `budget` calls, each is drawn by lot with
// probability `share` from those that the sure ones leave.
std::vector<double> by_place(std::size_t n, std::size_t budget, double share) {
    std::vector<double> out(n);
    auto ways = std::pow(1 - share, double(budget)); // probability that none of them is by lot
    for (std::size_t k = 0; k <= budget; ++k) {
        const auto sure = budget - k;
        for (std::size_t place = 0; place < n; ++place)
            out[place] += ways * (place < sure ? 1 : double(k) / double(n - sure));
        ways *= double(budget - k) / double(k + 1) * share / (1 - share);
    }
    return out;
}

} // namespace

scored score(const learner& by, std::span<const feature> of, std::size_t index, account_id account,
             contact_id contact) {
    const auto log_odds = by.log_odds(of);
    return {index, account, contact, logistic(log_odds), log_odds, by.spread(of)};
}

finalists finalists_of(std::vector<scored> all, const choice_rules& rules) {
    finalists out;
    std::ranges::sort(all, [](const auto& a, const auto& b) {
        return a.probability != b.probability ? a.probability > b.probability : a.contact < b.contact;
    });
    std::unordered_set<account_id> accounts;
    std::unordered_set<contact_id> contacts;
    for (const auto& s : all) {
        if (s.probability < rules.least_probability)
            out.left_out.emplace_back(s, "filler");
        else if (accounts.contains(s.account) || contacts.contains(s.contact))
            out.left_out.emplace_back(s, "same_account");
        else {
            accounts.insert(s.account);
            contacts.insert(s.contact);
            out.in.push_back(s);
        }
    }
    return out;
}

chosen choose(std::vector<scored> all, int budget, const choice_rules& rules) {
    auto f = finalists_of(std::move(all), rules);
    chosen out{std::move(f.in), std::move(f.left_out)};
    const auto cap = std::size_t(std::max(budget, 0));
    for (auto i = cap; i < out.calls.size(); ++i)
        out.left_out.emplace_back(out.calls[i], "budget");
    out.calls.resize(std::min(cap, out.calls.size()));
    return out;
}

drawn draw(const std::vector<scored>& all, int cap, const chance& by) {
    const auto budget = std::size_t(std::max(cap, 0));
    if (all.size() <= budget)
        return {std::vector<bool>(all.size(), true), std::vector<double>(all.size(), 1.0)};
    drawn out{std::vector<bool>(all.size()), std::vector<double>(all.size())};
    const auto share = std::clamp(by.share, 0.0, 0.99);
    auto order = order_of(all, by, 0);
    lots l(by.seed, {});
    std::size_t sure = budget;
    for (std::size_t i = 0; i < budget; ++i)
        sure -= l.happens(share);
    draw_to_front(std::span(order).subspan(sure), budget - sure, l);
    for (const auto i : std::span(order).first(budget))
        out.called[i] = true;

    const auto chances = by_place(all.size(), budget, share);
    const auto tries = by.noise > 0 ? std::max(by.tries, 1) : 1;
    for (int t = 1; t <= tries; ++t) {
        const auto again = order_of(all, by, std::uint64_t(t));
        for (std::size_t place = 0; place < again.size(); ++place)
            out.propensity[again[place]] += chances[place] / tries;
    }
    return out;
}

} // namespace whynow::domain::ranking
