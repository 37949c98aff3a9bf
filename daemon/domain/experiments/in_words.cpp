#include "domain/experiments/in_words.hpp"

#include "domain/text/written.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace whynow::domain::experiments {
namespace {

using text::slots;

class section {
  public:
    section(const report& r, std::string_view language, local_date today, const text::phrasebook& book)
        : r_(r), f_(r.found), language_(language), today_(today), book_(book) {}

    std::vector<cards::block> whole() {
        out_.push_back(cards::paragraph{{{say("title", slots{}.set("name", r_.plan.name)), "", true, false}}});
        if (!r_.written) {
            unwritten();
            return std::move(out_);
        }
        out_.push_back(cards::subtle{{{say("context", context()), "", false, false}}});
        line(verdict_words());
        if (r_.changed)
            line(say("changed", slots{}.set("day", day(r_.written_on))));
        if (f_.weeks > 0) {
            out_.push_back(figures());
            if (!settled(f_.verdict) && !r_.stopped_on)
                line(needed());
            out_.push_back(cards::subtle{{{say("small_print"), "", false, false}}});
        }
        return std::move(out_);
    }

  private:
    const report& r_;
    const finding& f_;
    std::string_view language_;
    local_date today_;
    const text::phrasebook& book_;
    std::vector<cards::block> out_;

    std::string say(std::string_view key, const slots& s = {}) const {
        return book_.say(language_, fmt::format("experiment.{}", key), s);
    }
    std::string day(local_date d) const { return text::day_and_month(book_, language_, d, today_); }
    std::string number(double n) const { return text::number(book_, language_, std::int64_t(n)); }
    std::string points(double share) const { return text::signed_decimal(book_, language_, 100 * share, 1); }
    std::string per_day(double rate) const { return text::decimal(book_, language_, rate, 2); }
    void line(std::string words) { out_.push_back(cards::paragraph{{{std::move(words), "", false, false}}}); }

    void unwritten() {
        if (!r_.unknown.empty())
            line(say("unknown", slots{}.set("who", fmt::format("{}", fmt::join(r_.unknown, ", ")))));
        else
            line(say(r_.nobody ? "nobody" : "unwritten"));
    }

    slots context() const {
        slots s;
        s.set("stage", say(fmt::format("stage.{}", to_string(r_.plan.stage))))
            .set("design", say(fmt::format("design.{}", to_string(r_.plan.design))))
            .set("week", f_.weeks > 0 ? number(std::min(f_.weeks, r_.plan.weeks)) : std::string{})
            .set("weeks", number(r_.plan.weeks))
            .set("day", day(r_.written_on));
        return s;
    }

    std::string verdict_words() const {
        slots s;
        s.set("day", day(r_.stopped_on.value_or(r_.first_monday)))
            .set("low", points(f_.hits.low))
            .set("high", points(f_.hits.high))
            .set("difference", points(f_.hits.difference))
            .set("brief_n", number(f_.hits.brief.base))
            .set("usual_n", number(f_.hits.usual.base))
            .set("least", number(sequence_rules{}.least_base))
            .set("pairs", number(double(sequence_rules{}.least_pairs)))
            .set("pairs_now", number(double(f_.hits.pairs)));
        if (r_.stopped_on)
            return say("verdict.stopped", s);
        if (f_.verdict == verdict::not_shown && !f_.hits.enough)
            return say("verdict.over_few", s);
        return say(fmt::format("verdict.{}", to_string(f_.verdict)), s);
    }

    cards::block figures() const {
        cards::table t{
            "", {say("column.measure"), say("column.brief"), say("column.usual"), say("column.difference")}, {}};
        const auto share = [&](const amount& a) {
            return a.base > 0 ? fmt::format("{} ({}/{})", text::percent(book_, language_, a.of / a.base), number(a.of),
                                            number(a.base))
                              : std::string("–");
        };
        const auto rate = [&](const amount& a) {
            return a.base > 0 ? fmt::format("{} ({}/{})", per_day(a.of / a.base), number(a.of), number(a.base))
                              : std::string("–");
        };
        const auto interval = [&](const comparison& c, auto written) {
            if (!c.enough)
                return say("too_few");
            return say("interval", slots{}
                                       .set("difference", written(c.difference))
                                       .set("low", written(c.low))
                                       .set("high", written(c.high)));
        };
        t.rows.push_back({say("row.hits"), share(f_.hits.brief), share(f_.hits.usual),
                          interval(f_.hits, [&](double x) { return points(x); })});
        t.rows.push_back({say("row.meetings"), rate(f_.meetings.brief), rate(f_.meetings.usual),
                          interval(f_.meetings, [&](double x) { return text::signed_decimal(book_, language_, x); })});
        return t;
    }

    std::string needed() const {
        slots s;
        s.set("points", text::decimal(book_, language_, 100 * r_.plan.worth_knowing, 1))
            .set("weeks", number(f_.weeks_needed))
            .set("one_week", text::singular(book_, language_, f_.weeks_needed))
            .set("n", number(f_.conversations_needed));
        if (f_.hits.brief.base + f_.hits.usual.base == 0)
            return say("needed.no_conversations", s);
        if (f_.weeks_needed == 0)
            return say("needed.none", s);
        return say(f_.beyond ? "needed.beyond" : "needed.weeks", s);
    }
};

} // namespace

std::vector<cards::block> in_words(const report& r, std::string_view language, local_date today,
                                   const text::phrasebook& book) {
    return section(r, language, today, book).whole();
}

} // namespace whynow::domain::experiments
