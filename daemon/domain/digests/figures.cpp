#include "domain/digests/figures.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::digests {
namespace {

constexpr std::array<std::pair<figure, std::string_view>, figure_count> words{{
    {figure::briefs, "briefs"},
    {figure::nothing, "nothing"},
    {figure::suggested, "suggested"},
    {figure::calls, "calls"},
    {figure::saved, "saved"},
    {figure::conversations, "conversations"},
    {figure::hits, "hits"},
    {figure::meetings, "meetings"},
    {figure::meetings_due, "meetings_due"},
    {figure::held, "held"},
    {figure::referrals, "referrals"},
    {figure::referrals_called, "referrals_called"},
    {figure::closed, "closed"},
    {figure::thanks_owed, "thanks_owed"},
    {figure::thanks, "thanks"},
    {figure::wrong, "wrong"},
    {figure::unlogged, "unlogged"},
    {figure::overdue, "overdue"},
    {figure::foretold, "foretold"},
    {figure::struggles, "struggles"},
    {figure::feeds, "feeds"},
}};

constexpr int a_fortnight = 14;                    // days
constexpr std::size_t most_counted_exactly = 1000; // beyond it the sum is as good as normal

} // namespace

interval wilson(int hits, int n) {
    if (n <= 0)
        return {0, 1};
    constexpr double z = 1.959964;
    const double p = double(hits) / n, d = 1 + z * z / n;
    const double mid = (p + z * z / (2 * n)) / d, half = z / d * std::sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
    return {hits == 0 ? 0 : std::max(0.0, mid - half), hits == n ? 1 : std::min(1.0, mid + half)};
}

std::string_view to_string(figure f) { return words[std::size_t(f)].second; }

std::optional<figure> figure_from(std::string_view word) {
    for (const auto& [f, name] : words)
        if (name == word)
            return f;
    return std::nullopt;
}

std::array<figure, figure_count> all_figures() {
    std::array<figure, figure_count> out{};
    std::ranges::transform(words, out.begin(), [](const auto& w) { return w.first; });
    return out;
}

std::string names_of_figures() {
    std::string out;
    for (const auto& [f, name] : words)
        out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

std::string_view figures::title() const {
    return days_between(from, to) < a_fortnight ? "digest.title" : "digest.title_long";
}

foretelling::verdict foretelling::says() const {
    if (conversations < fewest_for_a_rate)
        return verdict::too_few;
    return hits > high ? verdict::more_came : hits < low ? verdict::fewer_came : verdict::as_foretold;
}

std::pair<int, int> likely_range(const std::vector<float>& p) {
    if (p.size() > most_counted_exactly) {
        double mean = 0, variance = 0;
        for (const double x : p) {
            mean += x;
            variance += x * (1 - x);
        }
        const double half = 1.959964 * std::sqrt(variance);
        return {int(std::floor(mean - half)), int(std::ceil(mean + half))};
    }
    std::vector<double> chance{1.0}; // of 0, 1, 2 … hits so far
    for (const double x : p) {
        chance.push_back(0);
        for (auto k = chance.size() - 1; k > 0; --k)
            chance[k] = chance[k] * (1 - x) + chance[k - 1] * x;
        chance[0] *= 1 - x;
    }
    const auto quantile = [&](double share) {
        double sum = 0;
        for (std::size_t k = 0; k < chance.size(); ++k)
            if ((sum += chance[k]) >= share)
                return int(k);
        return int(chance.size()) - 1;
    };
    return {quantile(0.025), quantile(0.975)};
}

share share_of(const figures& f, figure which) {
    const auto& w = f.all;
    const auto name = to_string(which);
    switch (which) {
    case figure::briefs: return {name, f.briefs, "", 0};
    case figure::nothing: return {name, f.days_with_nothing, "briefs", f.briefs};
    case figure::suggested: return {name, w.suggested, "budget", f.budget_total};
    case figure::calls: return {name, w.calls, "", 0};
    case figure::saved: return {name, f.saved(), "usual_calls", f.usual_calls};
    case figure::conversations: return {name, w.conversations, "calls", w.calls};
    case figure::hits: return {name, w.hits, "conversations", w.conversations};
    case figure::meetings: return {name, w.meetings, "conversations", w.conversations};
    case figure::meetings_due: return {name, w.meetings_due, "", 0};
    case figure::held: return {name, w.held, "meetings_due", w.meetings_due};
    case figure::referrals: return {name, w.referrals, "conversations", w.conversations};
    case figure::referrals_called: return {name, f.referrals_called, "referrals", w.referrals};
    case figure::closed: return {name, f.closed, "conversations", w.conversations};
    case figure::thanks_owed: return {name, f.thanks_owed, "", 0};
    case figure::thanks: return {name, f.thanks_sent, "thanks_owed", f.thanks_owed};
    case figure::wrong: return {name, w.wrong, "suggested", w.suggested};
    case figure::unlogged: return {name, f.unlogged, "suggested_before_today", f.shown_before};
    case figure::overdue: return {name, f.overdue_count, "", 0};
    case figure::foretold: return {name, f.scores.hits, "conversations_foretold", f.scores.conversations};
    case figure::struggles: return {name, int(f.struggles.size()), "", 0};
    case figure::feeds: return {name, int(f.dead_feeds.size()), "sources", f.feeds};
    }
    return {name, 0, "", 0};
}

std::vector<share> shares_of(const way& w) {
    return {{"suggested", w.suggested, "", 0},
            {"calls", w.calls, "", 0},
            {"conversations", w.conversations, "calls", w.calls},
            {"hits", w.hits, "conversations", w.conversations},
            {"meetings", w.meetings, "conversations", w.conversations},
            {"held", w.held, "meetings_due", w.meetings_due},
            {"referrals", w.referrals, "conversations", w.conversations},
            {"wrong", w.wrong, "suggested", w.suggested}};
}

} // namespace whynow::domain::digests
