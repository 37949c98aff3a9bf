#include "domain/digests/digest.hpp"

#include "domain/digests/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ranges>

namespace whynow::domain::digests {
namespace {

using text::slots;

constexpr std::size_t most_groups = 8; // rows of a table
constexpr int most_struggles = 6;      // the rest stands in the list

class layout {
  public:
    layout(const figures& f, const figure_words& words, const list_links& lists)
        : f_(f), words_(words), lists_(lists) {}

    cards::message whole() {
        const auto s = numbers();
        out_.fallback = words_.say("digest.fallback", s);
        out_.blocks.emplace_back(cards::heading{words_.say(f_.title(), s)});
        if (f_.briefs == 0 && f_.all.calls == 0) {
            say("digest.nothing", s);
            feeds();
            return std::move(out_);
        }
        out_.blocks.push_back(subtle(words_.say("digest.context", s)));
        out_.blocks.emplace_back(funnel());
        hit_rate();
        groups("digest.by_kind", "digest.column.kind", f_.by_kind, &figure_words::kind, true);
        groups("digest.by_scope", "digest.column.scope", f_.by_scope, &figure_words::scope, false);
        groups("digest.by_source", "digest.column.source", f_.by_source, &figure_words::source, false);
        people();
        foretold();
        say(f_.usual_calls > 0 ? "digest.budget" : "digest.budget_unknown", s);
        if (f_.all.meetings > 0 || f_.all.meetings_due > 0)
            say("digest.meetings", s);
        referrals(s);
        overdue();
        struggles();
        wrong();
        health();
        out_.blocks.push_back(subtle(words_.say("digest.small_print", s)));
        lists();
        return std::move(out_);
    }

  private:
    const figures& f_;
    const figure_words& words_;
    const list_links& lists_;
    cards::message out_;

    void say(std::string_view key, const slots& s = {}) { out_.blocks.push_back(paragraph(words_.say(key, s))); }

    slots numbers() const {
        slots s;
        s.set("from", words_.day(f_.from)).set("to", words_.day(f_.to)).set("least", fewest_for_a_rate);
        words_.count(s, "reps", "one_rep", f_.reps);
        words_.count(s, "briefs", "one_brief", f_.briefs);
        words_.count_if_any(s, "nothing", "one_nothing", f_.days_with_nothing);
        words_.count(s, "calls", "one_call", f_.all.calls);
        words_.count(s, "budget", "one_budget", f_.budget_total);
        words_.count(s, "usual", "one_usual", f_.usual_calls);
        words_.count_if_any(s, "saved", "one_saved", f_.saved());
        words_.count(s, "conversations", "one_conversation", f_.all.conversations);
        words_.count(s, "hits", "one_hit", f_.all.hits);
        words_.count(s, "meetings", "one_meeting", f_.all.meetings);
        words_.count_if_any(s, "due", "one_due", f_.all.meetings_due);
        words_.count(s, "held", "one_held", f_.all.held);
        words_.count(s, "referrals", "one_referral", f_.all.referrals);
        words_.count(s, "called", "one_called", f_.referrals_called);
        words_.count(s, "sent", "one_sent", f_.thanks_sent);
        words_.count(s, "owed", "one_owed", f_.thanks_owed);
        words_.count(s, "closed", "one_closed", f_.closed);
        return s;
    }

    cards::block funnel() const {
        cards::bars b{words_.say("digest.funnel"), {}};
        const auto row = [&](std::string_view key, int n) {
            b.rows.push_back({words_.say(key), double(n), words_.number(n)});
        };
        row("digest.row.suggested", f_.all.suggested);
        row("digest.row.calls", f_.all.calls);
        row("digest.row.conversations", f_.all.conversations);
        row("digest.row.hits", f_.all.hits);
        row("digest.row.meetings", f_.all.meetings);
        row("digest.row.held", f_.all.held);
        row("digest.row.referrals", f_.all.referrals);
        return b;
    }

    void hit_rate() {
        const int hits = f_.all.hits, n = f_.all.conversations;
        auto s = slots{}.set("least", fewest_for_a_rate);
        words_.count(s, "hits", "one_hit", hits);
        words_.count(s, "n", "one_conversation", n);
        if (n < fewest_for_a_rate)
            return say("digest.hit_rate_few", s);
        const auto i = wilson(hits, n);
        s.set("rate", words_.percent(double(hits) / n)).set("low", words_.percent(i.low));
        say("digest.hit_rate", s.set("high", words_.percent(i.high)));
    }

    cards::table with_rates(std::string_view title, std::string_view first) const {
        return {words_.say(title),
                {words_.say(first), words_.say("digest.column.conversations"), words_.say("digest.column.hits"),
                 words_.say("digest.column.rate")},
                {}};
    }

    // Parts of which none has enough conversations for a rate say little: left to the pages, unless `always`.
    void groups(std::string_view title, std::string_view first, const std::vector<group>& parts,
                std::string (figure_words::*label)(std::string_view) const, bool always) {
        if (!always && (parts.size() < 2 || parts.front().of.conversations < fewest_for_a_rate))
            return;
        auto t = with_rates(title, first);
        for (const auto& g : parts)
            if (g.of.conversations > 0 && t.rows.size() < most_groups)
                t.rows.push_back({(words_.*label)(g.label), words_.number(g.of.conversations), words_.number(g.of.hits),
                                  words_.rate(g.of.hits, g.of.conversations)});
        if (!t.rows.empty())
            out_.blocks.emplace_back(std::move(t));
    }

    void people() {
        if (f_.people.empty())
            return;
        auto t = with_rates("digest.by_person", "digest.column.person");
        for (const auto& p : f_.people)
            t.rows.push_back(
                {p.name, words_.number(p.conversations), words_.number(p.hits), words_.rate(p.hits, p.conversations)});
        out_.blocks.emplace_back(std::move(t));
    }

    void foretold() {
        const auto& p = f_.scores;
        auto s = slots{}.set("least", fewest_for_a_rate);
        words_.count(s, "n", "one_conversation", p.conversations);
        words_.count(s, "hits", "one_hit", p.hits);
        words_.count(s, "expected", "one_expected", int(std::lround(p.expected)));
        s.set("low", words_.number(p.low)).set("high", words_.number(p.high));
        switch (p.says()) {
        case foretelling::verdict::too_few: return say("digest.foretold_few", s);
        case foretelling::verdict::as_foretold: return say("digest.foretold", s);
        case foretelling::verdict::more_came: return say("digest.foretold_more", s);
        case foretelling::verdict::fewer_came: return say("digest.foretold_fewer", s);
        }
    }

    void referrals(slots s) {
        std::string generations; // told where there is more than the first
        if (std::ranges::any_of(f_.referrals_by_generation, [](const auto& g) { return g.first > 1; }))
            for (const auto& [generation, n] : f_.referrals_by_generation)
                generations += (generations.empty() ? "" : " · ") +
                               words_.say("digest.generation", slots{}.set("generation", generation).set("n", n));
        s.set("generations", generations);
        say("digest.referrals", s);
        say("digest.thanks", s);
    }

    void overdue() {
        if (f_.overdue_count == 0)
            return say("digest.no_overdue");
        cards::facts rows;
        for (const auto& p : f_.overdue)
            rows.rows.push_back(
                {p.who,
                 {{words_.say("digest.overdue_row",
                              slots{}.set("account", p.account).set("day", words_.day(p.promised)).set("rep", p.rep)),
                   "", false, false}}});
        slots waiting;
        words_.count(waiting, "n", "one", f_.overdue_count);
        say("digest.overdue", waiting);
        out_.blocks.emplace_back(std::move(rows));
    }

    void struggles() {
        if (f_.struggles.empty())
            return;
        std::string list;
        for (const auto& [what, n] : f_.struggles | std::views::take(most_struggles))
            list += (list.empty() ? "" : " · ") + words_.say("digest.struggle", slots{}.set("what", what).set("n", n));
        say("digest.struggles", slots{}.set("list", list));
    }

    void wrong() {
        if (f_.all.wrong == 0)
            return;
        std::string list;
        for (const auto& g : f_.by_source)
            if (g.of.wrong > 0)
                list += (list.empty() ? "" : " · ") +
                        words_.say("digest.wrong_source", slots{}
                                                              .set("source", words_.source(g.label))
                                                              .set("wrong", words_.number(g.of.wrong))
                                                              .set("shown", words_.number(g.of.suggested)));
        slots s;
        words_.count(s, "wrong", "one_wrong", f_.all.wrong);
        words_.count(s, "shown", "one_shown", f_.all.suggested);
        say("digest.wrong", s.set("list", list));
    }

    void health() {
        if (f_.unlogged > 0) {
            slots s;
            words_.count(s, "n", "one", f_.unlogged);
            words_.count(s, "shown", "one_shown", f_.shown_before);
            say("digest.unlogged", s);
        }
        feeds();
    }

    void feeds() {
        for (const auto& d : f_.dead_feeds) {
            const auto since = d.since == instant{}
                                   ? std::string{}
                                   : words_.day(local_date{std::chrono::floor<std::chrono::days>(d.since)});
            say(d.fails ? "digest.feed_fails" : "digest.feed_silent",
                slots{}.set("source", d.source).set("since", since));
        }
    }

    void lists() {
        if (lists_.before.empty())
            return;
        cards::rich line{{words_.say("digest.lists") + " ", "", false, false}};
        bool first = true;
        for (const auto which : all_figures()) {
            if (share_of(f_, which).numerator == 0)
                continue;
            if (!std::exchange(first, false))
                line.push_back({" · ", "", false, false});
            line.push_back(
                {words_.say(fmt::format("digest.name.{}", to_string(which))), lists_.of(which), false, false});
        }
        out_.blocks.emplace_back(cards::subtle{std::move(line)});
    }
};

} // namespace

cards::message digest(const figures& f, std::string_view language, local_date today, const text::phrasebook& book,
                      const list_links& lists) {
    const figure_words words(language, today, book);
    return layout(f, words, lists).whole();
}

} // namespace whynow::domain::digests
