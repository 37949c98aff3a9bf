#include "domain/digests/digest.hpp"

#include "domain/text/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace whynow::domain::digests {
namespace {

using text::slots;

class layout {
  public:
    layout(const figures& f, std::string_view language, local_date today, const text::phrasebook& book)
        : f_(f), language_(language), today_(today), book_(book) {}

    cards::message whole() {
        auto s = numbers();
        cards::message out{say("digest.fallback", s), {cards::heading{say("digest.title", s)}}};
        if (f_.briefs == 0) {
            out.blocks.push_back(line(cards::paragraph{}, say("digest.nothing", s)));
            return out;
        }
        out.blocks.push_back(line(cards::subtle{}, say("digest.context", s)));
        out.blocks.push_back(funnel());
        out.blocks.push_back(line(cards::paragraph{}, rate_sentence("digest.hit_rate", f_.hits, f_.conversations)));
        if (auto kinds = by_kind(); !kinds.rows.empty())
            out.blocks.push_back(std::move(kinds));
        out.blocks.push_back(
            line(cards::paragraph{}, say(f_.usual_calls > 0 ? "digest.budget" : "digest.budget_unknown", s)));
        referrals(out, s);
        overdue(out);
        struggles(out);
        out.blocks.push_back(line(cards::subtle{}, say("digest.small_print", s)));
        return out;
    }

  private:
    const figures& f_;
    std::string_view language_;
    local_date today_;
    const text::phrasebook& book_;

    std::string say(std::string_view key, const slots& s = {}) const { return book_.say(language_, key, s); }
    std::string day(local_date d) const { return text::day_and_month(book_, language_, d, today_); }
    static cards::block line(cards::paragraph, std::string words) {
        return cards::paragraph{{{std::move(words), "", false, false}}};
    }
    static cards::block line(cards::subtle, std::string words) {
        return cards::subtle{{{std::move(words), "", false, false}}};
    }

    std::string number(int n) const { return text::number(book_, language_, n); }
    std::string percent(double share) const { return text::percent(book_, language_, share); }

    // A number and, for the words around it, whether it takes the singular.
    void count(slots& s, std::string_view name, std::string_view one, int n) const {
        s.set(name, number(n)).set(one, text::singular(book_, language_, n));
    }

    slots numbers() const {
        slots s;
        s.set("from", day(f_.from)).set("to", day(f_.to)).set("least", fewest_for_a_rate);
        count(s, "reps", "one_rep", f_.reps);
        count(s, "briefs", "one_brief", f_.briefs);
        count(s, "nothing", "one_nothing", f_.days_with_nothing);
        count(s, "calls", "one_call", f_.calls_logged);
        count(s, "budget", "one_budget", f_.budget_total);
        count(s, "usual", "one_usual", f_.usual_calls);
        const int saved = f_.usual_calls - f_.calls_logged;
        count(s, "saved", "one_saved", saved);
        if (saved <= 0)
            s.set("saved", "");
        if (f_.days_with_nothing == 0)
            s.set("nothing", "");
        count(s, "conversations", "one_conversation", f_.conversations);
        count(s, "hits", "one_hit", f_.hits);
        count(s, "referrals", "one_referral", f_.referrals);
        count(s, "called", "one_called", f_.referrals_called);
        count(s, "sent", "one_sent", f_.thanks_sent);
        count(s, "owed", "one_owed", f_.thanks_owed);
        count(s, "wrong", "one_wrong", f_.wrong_reasons);
        count(s, "closed", "one_closed", f_.closed);
        return s;
    }

    cards::block funnel() const {
        cards::bars b{say("digest.funnel"), {}};
        const auto row = [&](std::string_view key, int n) { b.rows.push_back({say(key), double(n), number(n)}); };
        row("digest.row.suggested", f_.calls_suggested);
        row("digest.row.calls", f_.calls_logged);
        row("digest.row.conversations", f_.conversations);
        row("digest.row.hits", f_.hits);
        row("digest.row.meetings", f_.meetings);
        row("digest.row.referrals", f_.referrals);
        return b;
    }

    std::string rate_sentence(std::string_view key, int hits, int n) const {
        auto s = slots{}.set("least", fewest_for_a_rate);
        count(s, "hits", "one_hit", hits);
        count(s, "n", "one_conversation", n);
        if (n < fewest_for_a_rate)
            return say(std::string(key) + "_few", s);
        const auto i = wilson(hits, n);
        s.set("rate", percent(double(hits) / n)).set("low", percent(i.low)).set("high", percent(i.high));
        return say(key, s);
    }

    cards::table by_kind() const {
        cards::table t{say("digest.by_kind"),
                       {say("digest.column.kind"), say("digest.column.conversations"), say("digest.column.hits"),
                        say("digest.column.rate")},
                       {}};
        for (const auto& r : f_.by_kind) {
            std::string shown = say("digest.too_few");
            if (r.conversations >= fewest_for_a_rate) {
                const auto i = wilson(r.hits, r.conversations);
                shown = fmt::format("{} ({}–{})", percent(double(r.hits) / r.conversations), percent(i.low),
                                    percent(i.high));
            }
            const auto badge = r.label + ".badge";
            t.rows.push_back(
                {book_.has(language_, badge) ? say(badge) : r.label, number(r.conversations), number(r.hits), shown});
        }
        return t;
    }

    void referrals(cards::message& out, slots s) const {
        std::string generations; // told where there is more than the first
        if (std::ranges::any_of(f_.referrals_by_generation, [](const auto& g) { return g.first > 1; }))
            for (const auto& [generation, n] : f_.referrals_by_generation)
                generations += (generations.empty() ? "" : " · ") +
                               say("digest.generation", slots{}.set("generation", generation).set("n", n));
        s.set("generations", generations);
        out.blocks.push_back(line(cards::paragraph{}, say("digest.referrals", s)));
        out.blocks.push_back(line(cards::paragraph{}, say("digest.thanks", s)));
    }

    void overdue(cards::message& out) const {
        if (f_.overdue.empty()) {
            out.blocks.push_back(line(cards::paragraph{}, say("digest.no_overdue")));
            return;
        }
        cards::facts rows;
        for (const auto& p : f_.overdue) {
            if (rows.rows.size() >= 8)
                break;
            rows.rows.push_back({p.who,
                                 {{say("digest.overdue_row",
                                       slots{}.set("account", p.account).set("day", day(p.promised)).set("rep", p.rep)),
                                   "", false, false}}});
        }
        slots waiting;
        count(waiting, "n", "one", int(f_.overdue.size()));
        out.blocks.push_back(line(cards::paragraph{}, say("digest.overdue", waiting)));
        out.blocks.push_back(std::move(rows));
    }

    void struggles(cards::message& out) const {
        if (f_.struggles.empty())
            return;
        std::string list;
        for (const auto& [what, n] : f_.struggles)
            list += (list.empty() ? "" : " · ") + say("digest.struggle", slots{}.set("what", what).set("n", n));
        out.blocks.push_back(line(cards::paragraph{}, say("digest.struggles", slots{}.set("list", list))));
    }
};

} // namespace

interval wilson(int hits, int n) {
    if (n <= 0)
        return {0, 1};
    constexpr double z = 1.959964;
    const double p = double(hits) / n, d = 1 + z * z / n;
    const double mid = (p + z * z / (2 * n)) / d, half = z / d * std::sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
    return {std::max(0.0, mid - half), std::min(1.0, mid + half)};
}

cards::message digest(const figures& f, std::string_view language, local_date today, const text::phrasebook& book) {
    return layout(f, language, today, book).whole();
}

} // namespace whynow::domain::digests
