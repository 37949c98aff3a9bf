#include "workday/figures.hpp"

#include "domain/text/utf8.hpp"
#include "domain/text/written.hpp"
#include "workday/outcome_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace whynow::workday {
namespace {

using digests::entry;
using digests::figure;
using text::slots;

constexpr int days_a_card_waits = 31;      // calls come from cards of about the last weeks; older ones are looked up
constexpr std::size_t promises_shown = 8;  // of those that are overdue
constexpr int failures_of_a_dead_feed = 3; // in a row
constexpr int days_of_silence = 14;

class counting {
  public:
    counting(store::session& s, const store::whose& of, local_date from, local_date to, const rulebook& rules,
             instant now, std::optional<figure> wanted)
        : s_(s), rows_(s, of), from_(from), to_(to), rules_(rules), now_(now),
          today_(rules.clocks->to_local(now, rules.team.zone).date), wanted_(wanted), tally_(from, to, today_, wanted) {
    }

    digests::figures run() {
        for (auto& r : rows_.reps())
            reps_.emplace(r.id, std::move(r));
        const bool many = int(reps_.size()) >= digests::fewest_people;
        if (rules_.team.rank_people && many)
            tally_.count_people();
        read();
        auto f = tally_.finish();
        f.reps = int(reps_.size());
        for (auto& p : f.people)
            p.name = reps_.at(p.rep).name;
        std::ranges::sort(f.people, [](const auto& a, const auto& b) {
            return double(a.hits) * b.conversations != double(b.hits) * a.conversations
                       ? double(a.hits) * b.conversations > double(b.hits) * a.conversations
                       : a.name < b.name;
        });
        listed_ = tally_.listed();
        thanks(f);
        struggles(f);
        promises(f, many);
        feeds(f);
        return f;
    }

    const std::vector<entry>& listed() const { return listed_; }

  private:
    store::session& s_;
    store::figure_rows rows_;
    local_date from_, to_;
    const rulebook& rules_;
    instant now_;
    local_date today_;
    std::optional<figure> wanted_;
    digests::tally tally_;
    std::map<rep_id, book::rep> reps_;
    std::vector<entry> listed_;

    void read() {
        const auto add = [this](const auto& row) { tally_.add(row); };
        rows_.briefs(add_days(from_, -days_a_card_waits), to_, add);
        rows_.cards(add);
        rows_.calls(from_, to_, add);
        rows_.meetings(from_, to_, add);
        rows_.referrals(from_, to_, add);
        for (const auto card : tally_.unknown())
            rows_.card(card, add);
    }

    // A little more than the days in any zone; what does not belong is known by its call.
    instant begin() const { return std::chrono::sys_days{add_days(from_, -1)}; }
    instant end() const { return std::chrono::sys_days{add_days(to_, 2)}; }

    void list(figure f, entry e) {
        if (wanted_ == f)
            listed_.push_back(std::move(e));
    }

    void thanks(digests::figures& f) {
        if (f.all.conversations == 0)
            return;
        rows_.thank_yous(tally_.first_conversation(), [&](draft_id draft, outcome_id outcome, bool sent) {
            if (!tally_.conversation(outcome))
                return;
            ++f.thanks_owed;
            f.thanks_sent += sent;
            list(figure::thanks_owed, {entry::table::draft, draft.value, {}, 0, 0, {}});
            if (sent)
                list(figure::thanks, {entry::table::draft, draft.value, {}, 0, 0, {}});
        });
    }

    void struggles(digests::figures& f) {
        std::map<std::string, std::set<account_id>> companies;
        for (const auto& c : rows_.challenges(begin(), end()))
            if (tally_.conversation(c.outcome))
                companies[text::folded(c.words)].insert(c.account);
        for (const auto& [what, who] : companies)
            if (int(who.size()) >= digests::fewest_companies) // pooled: no single customer can be recognised
                f.struggles.emplace_back(what, int(who.size()));
        std::ranges::sort(f.struggles, [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second > b.second : a.first < b.first;
        });
        for (const auto& [what, n] : f.struggles)
            list(figure::struggles, {entry::table::words, 0, {}, n, 0, what});
    }

    void promises(digests::figures& f, bool by_name) {
        for (const auto& p : rows_.overdue(std::min(to_, add_days(today_, -1)))) {
            ++f.overdue_count;
            list(figure::overdue, {entry::table::promise, p.id.value, p.day, 0, 0, {}});
            if (f.overdue.size() >= promises_shown)
                continue;
            const auto n = store::nurture(s_).find(p.id);
            const auto c = store::contacts(s_).find(n->contact);
            const auto a = store::accounts(s_).find(n->account);
            f.overdue.push_back(
                {c ? c->name : "", a ? a->name : "", by_name ? reps_.at(n->rep).name : std::string{}, n->promised});
        }
    }

    void feeds(digests::figures& f) {
        using namespace std::chrono;
        for (const auto& feed : store::figure_rows::feeds(s_)) {
            if (feed.next_poll < now_ - days{2})
                continue; // nobody asks it any more: it was taken out of the config
            ++f.feeds;
            const bool fails = feed.failures >= failures_of_a_dead_feed;
            const bool silent = feed.last_success != instant{} && feed.last_item < now_ - days{days_of_silence};
            if (!fails && !silent)
                continue;
            f.dead_feeds.push_back({feed.source, fails, fails ? feed.last_success : feed.last_item});
            const auto since = local_date{floor<days>(f.dead_feeds.back().since)};
            list(figure::feeds, {entry::table::words, 0, since, fails ? 1 : 0, 0, feed.source});
        }
    }
};

// Entries of the store in a reader's words.
class reader_of_rows {
  public:
    reader_of_rows(store::session& s, figure which, const rulebook& rules, const std::string& language,
                   local_date today, bool names)
        : s_(s), which_(which), rules_(rules), language_(language), today_(today), names_(names) {}

    listed_row row(const entry& e) {
        listed_row out;
        out.day = e.day;
        switch (e.in) {
        case entry::table::brief: brief(out, {e.id}); break;
        case entry::table::card: card(out, {e.id}); break;
        case entry::table::outcome: outcome(out, {e.id}); break;
        case entry::table::referral: referral(out, {e.id}); break;
        case entry::table::draft: draft(out, {e.id}); break;
        case entry::table::promise: promise(out, {e.id}); break;
        case entry::table::day: out.what = say("digest.list.day", slots{}.set("usual", e.a).set("logged", e.b)); break;
        case entry::table::words: words(out, e); break;
        }
        return out;
    }

  private:
    store::session& s_;
    figure which_;
    const rulebook& rules_;
    const std::string& language_;
    local_date today_;
    bool names_;

    std::string say(std::string_view key, const slots& with = {}) const { return rules_.say(language_, key, with); }
    std::string day(local_date d) const { return text::day_and_month(rules_.book, language_, d, today_); }

    void about(listed_row& out, contact_id contact, account_id account) {
        if (const auto c = store::contacts(s_).find(contact))
            out.who = c->name;
        if (const auto a = store::accounts(s_).find(account))
            out.account = a->name;
    }
    void by(listed_row& out, rep_id rep) {
        if (const auto r = names_ ? store::reps(s_).find(rep) : std::nullopt)
            out.rep = r->name;
    }
    void reason(listed_row& out, const store::card& c) const {
        const auto badge = c.kind + ".badge";
        out.reason = rules_.book.has(language_, badge) ? say(badge) : c.kind;
    }

    void brief(listed_row& out, brief_id id) {
        const auto b = store::briefs(s_).find(id);
        if (!b)
            return;
        by(out, b->rep);
        out.what = say("digest.list.brief",
                       slots{}.set("cards", int(store::briefs(s_).cards(id).size())).set("budget", b->budget));
    }
    void card(listed_row& out, card_id id) {
        const auto c = store::briefs(s_).find_card(id);
        if (!c)
            return;
        about(out, c->contact, c->account);
        reason(out, *c);
        if (which_ == figure::wrong)
            out.what = c->source.empty() ? say("digest.no_feed") : c->source;
        else
            out.what = say(fmt::format("digest.list.card_{}", store::to_string(c->state)));
    }
    void outcome(listed_row& out, outcome_id id) {
        const auto o = store::outcomes(s_).find(id);
        if (!o)
            return;
        about(out, o->contact, o->account);
        by(out, o->rep);
        if (const auto c = o->card ? store::briefs(s_).find_card(o->card) : std::nullopt) {
            reason(out, *c);
            if (which_ == figure::foretold)
                out.reason = fmt::format("{} · {}", out.reason, text::percent(rules_.book, language_, c->probability));
        }
        out.what = outcome_in_words(*o, language_, rules_);
    }
    void referral(listed_row& out, referral_id id) {
        const auto r = store::referrals(s_).find(id);
        if (!r)
            return;
        about(out, r->referrer, r->account);
        by(out, r->rep);
        const auto from = std::exchange(out.who, r->name);
        out.what = say("digest.list.referral", slots{}.set("from", from).set("generation", r->generation));
    }
    void draft(listed_row& out, draft_id id) {
        const auto d = store::drafts(s_).find(id);
        if (!d)
            return;
        if (const auto o = store::outcomes(s_).find(d->outcome))
            out.day = o->day;
        about(out, d->contact, {});
        if (const auto c = store::contacts(s_).find(d->contact))
            about(out, c->id, c->account);
        by(out, d->rep);
        out.what = say(fmt::format("pages.drafts.state.{}", store::to_string(d->state)));
    }
    void promise(listed_row& out, nurture_id id) {
        const auto n = store::nurture(s_).find(id);
        if (!n)
            return;
        about(out, n->contact, n->account);
        by(out, n->rep);
        out.what = n->words;
    }
    void words(listed_row& out, const entry& e) const {
        if (which_ == figure::struggles) {
            out.what = say("digest.struggle", slots{}.set("what", e.words).set("n", e.a));
            return;
        }
        out.who = e.words;
        const bool never = e.day == local_date{std::chrono::sys_days{}};
        out.what = say(e.a ? "digest.feed_fails" : "digest.feed_silent",
                       slots{}.set("source", e.words).set("since", never ? std::string{} : day(e.day)));
        if (never)
            out.day = {};
    }
};

} // namespace

store::whose seen_by(const book::rep& viewer) {
    return {viewer.role == book::role::manager ? viewer.email
            : viewer.role == book::role::rep   ? viewer.manager_email
                                               : std::string{},
            {}};
}

digests::figures figures_of(store::session& s, const store::whose& of, local_date from, local_date to,
                            const rulebook& rules, instant now) {
    return counting(s, of, from, to, rules, now, std::nullopt).run();
}

figure_list list_of(store::session& s, const store::whose& of, figure which, local_date from, local_date to,
                    const rulebook& rules, instant now, const std::string& language) {
    counting counted(s, of, from, to, rules, now, which);
    const auto f = counted.run();
    const bool many = f.reps >= digests::fewest_people;
    const bool names = many && (which == figure::overdue || rules.team.rank_people);
    reader_of_rows reader(s, which, rules, language, rules.clocks->to_local(now, rules.team.zone).date, names);
    figure_list out{digests::share_of(f, which), {}};
    for (const auto& e : counted.listed())
        out.rows.push_back(reader.row(e));
    if (which == figure::thanks || which == figure::thanks_owed) // their days are those of the calls, known only now
        std::ranges::sort(out.rows, {}, [](const listed_row& r) { return std::tie(r.day, r.account, r.who); });
    return out;
}

std::string in_words(const digests::share& s, const std::string& language, const rulebook& rules) {
    const auto n = text::number(rules.book, language, s.numerator);
    if (s.per.empty())
        return n;
    const auto per = rules.say(language, fmt::format("digest.per.{}", s.per));
    auto out =
        rules.say(language, "digest.list.of",
                  slots{}.set("n", n).set("all", text::number(rules.book, language, s.denominator)).set("per", per));
    if (s.numerator < 0 || s.numerator > s.denominator || s.name == to_string(figure::saved))
        return out;
    if (!s.enough())
        return out + ", " + rules.say(language, "digest.too_few");
    const auto i = digests::wilson(s.numerator, s.denominator);
    const auto percent = [&](double x) { return text::percent(rules.book, language, x); };
    return out + ", " +
           rules.say(language, "digest.list.rate",
                     slots{}.set("rate", percent(s.rate())).set("low", percent(i.low)).set("high", percent(i.high)));
}

week week_of(local_date day) {
    const auto since_monday = int(weekday_of(day).iso_encoding()) - 1;
    week w;
    w.from = add_days(day, -since_monday);
    w.to = add_days(w.from, 6);
    // ISO 8601: a week belongs to the year of its Thursday.
    const auto thursday = add_days(w.from, 3);
    const local_date new_year{thursday.year() / std::chrono::January / 1};
    w.name = fmt::format("{:04}-W{:02}", int(thursday.year()), days_between(new_year, thursday) / 7 + 1);
    return w;
}

week week_before(local_date day) { return week_of(add_days(day, -7)); }

std::optional<week> week_named(std::string_view name) {
    const auto number = [&](std::size_t at, std::size_t n) {
        int out = -1;
        const auto* end = name.data() + at + n;
        return std::from_chars(name.data() + at, end, out).ptr == end ? out : -1;
    };
    if (name.size() != 8 || name.substr(4, 2) != "-W")
        return std::nullopt;
    const int year = number(0, 4), count = number(6, 2);
    if (year < 1970 || count < 1)
        return std::nullopt;
    // The 4th of January is always in the first week.
    const local_date fourth{std::chrono::year{year} / std::chrono::January / 4};
    const auto w = week_of(add_days(fourth, 7 * (count - 1)));
    return w.name == name ? std::optional(w) : std::nullopt;
}

} // namespace whynow::workday
