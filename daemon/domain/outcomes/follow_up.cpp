#include "domain/outcomes/follow_up.hpp"

#include "domain/outcomes/clauses.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace whynow::domain::outcomes {

namespace {

constexpr double sure = 0.9, fairly = 0.7;

// All the days of the text. A long text is read in parts that end where a line or a sentence does.
std::vector<dates::window> days_of(const dates::reader& dates, std::string_view text, const dates::standpoint& here,
                                   const zones& clocks) {
    constexpr std::size_t whole = 1500, part = 400;
    if (text.size() <= whole)
        return dates.read_all(text, here, clocks);
    std::vector<dates::window> out;
    for (std::size_t from = 0; from < text.size();) {
        auto to = std::min(from + part, text.size());
        if (to < text.size())
            if (const auto cut = text.find_last_of(".;!?\n ", to); cut != std::string_view::npos && cut > from)
                to = cut + 1;
        for (auto& w : dates.read_all(text.substr(from, to - from), here, clocks)) {
            w.at = {w.at.from + from, w.at.to + from};
            out.push_back(w);
        }
        from = to;
    }
    return out;
}

// "in August" is "August": the words without what leads to them.
std::string bare_words(const reply_rules& rules, std::string_view text, span at) {
    auto words = text.substr(at.from, at.to - at.from);
    const auto leads = [&words](const std::string& lead) {
        return words.size() > lead.size() + 1 && words[lead.size()] == ' ' &&
               text::folded(words.substr(0, lead.size())) == lead;
    };
    for (auto lead = std::ranges::find_if(rules.before_day, leads); lead != rules.before_day.end();
         lead = std::ranges::find_if(rules.before_day, leads))
        words.remove_prefix(lead->size() + 1);
    while (!words.empty() && std::string_view(".,;: ").find(words.back()) != std::string_view::npos)
        words.remove_suffix(1);
    std::string out(words);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z')
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
}

struct candidate {
    dates::window when;
    int score = 0;
};

constexpr int out_of_question = -20, too_low = -10;

// Weighs the days of one reply by the words around them.
class weighing {
  public:
    weighing(const reply_rules& rules, const std::vector<token>& t, std::string_view text, const cues& heard_cues,
             const std::optional<heard<std::string>>& vendor)
        : rules_(rules), t_(t), text_(text), cues_(heard_cues), vendor_(vendor) {}

    void weigh(const dates::window& w, local_date today) {
        const auto p = place_of(t_, w.at);
        if (p.begin == p.end || inside_vendor(w.at))
            return; // in a quoted line; "they use Monday"
        if (no_day(p, w))
            return;
        auto part = p.begin;
        while (part > p.clause_begin && t_[part - 1].text != ",")
            --part;
        auto part_end = p.end;
        while (part_end < p.clause_end && t_[part_end].text != ",")
            ++part_end;
        const bool decides = found_in(later(), t_, part, p.end);
        const bool calls = found_in(back(), t_, part, p.clause_end);
        const auto& info = rules_.what[static_cast<std::size_t>(result::needs_info)];
        const bool info_due = found_in(info, t_, p.clause_begin, part); // "wants a quote, needs it by Friday"
        if (!w.time && !info_due &&
            ends_before(rules_.hint.timeline, t_, part, p.begin + 1, 2)) { // what has an hour is a meeting
            out_.timeline = heard<std::string>{bare_words(rules_, text_, w.at), w.at, fairly};
            if (!decides && !found_in(back(), t_, part, p.begin) && !found_in(rules_.hint.act, t_, part, p.begin)) {
                theirs_ = w;
                return;
            }
        }
        const bool sends = found_in(info, t_, part, p.begin);
        const bool contracted = !w.time && found_in(rules_.hint.contract, t_, part, p.begin) && !calls && !sends &&
                                !(decides && waits(part, p.begin)) &&
                                !found_in(rules_.hint.follow, t_, part, p.clause_end);
        if (contracted && !out_.timeline) {
            out_.timeline = heard<std::string>{bare_words(rules_, text_, w.at), w.at, fairly};
            return;
        }
        if (bound_of_vendor(p, part, w) && !calls && !found_in(rules_.hint.act, t_, part, p.begin)) {
            if (!out_.timeline && found_in(rules_.hint.until, t_, p.begin, p.begin + 1))
                out_.timeline = heard<std::string>{bare_words(rules_, text_, w.at), w.at, fairly};
            return; // "sorted with Penrose until summer"
        }
        candidate c{.when = w};
        c.score += ends_before(rules_.hint.act, t_, part, p.begin, 2) ? 3 : 0;
        c.score += found_in(rules_.hint.meeting, t_, part, p.clause_end) ? 4 : 0;
        c.score += calls ? 3 : 0;
        c.score += found_in(rules_.hint.act, t_, part, part_end) ? 2 : 0;
        c.score += decides ? 2 : 0;
        c.score += w.time ? 1 : 0;
        c.score -= w.size == dates::grain::year ? 1 : 0;
        c.score -= w.bare || t_[p.begin].text == "before" ? 2 : 0;
        c.score -= p.begin > p.clause_begin && rules_.hint.negation.match(t_, p.begin - 1) == p.begin
                       ? 6
                       : 0; // "not this quarter"
        c.score -= w.from <= today && !w.time && !calls_behind(p) && found_in(rules_.hint.negation, t_, part, p.begin)
                       ? 4
                       : 0; // "no more calls this week"
        c.score -= sends ? 1 : 0;
        const bool will_send = sends && !found_in(rules_.hint.past_verb, t_, part, p.begin);
        const bool narrated = t_[p.begin].text != "later" && w.date == today && !w.time && !calls && !will_send &&
                              found_in(rules_.hint.today, t_, p.begin, p.end);
        if (narrated || only_a_bound(p, w) || past(p, part, w) || absence(p, w) || replaced(p))
            c.score += out_of_question;
        if (c.score > too_low)
            all_.push_back(c);
    }

    follow_up_reading best() && {
        if (all_.empty() && theirs_ && called_then())
            all_.push_back({.when = *theirs_, .score = 2});
        if (all_.empty())
            return std::move(out_);
        const auto best = std::ranges::max_element(all_, {}, &candidate::score);
        out_.beside_call = best->score > 1;
        out_.torn = std::ranges::any_of(
            all_, [&](const candidate& c) { return c.score == best->score && c.when.date != best->when.date; });
        out_.follow_up = heard<dates::window>{best->when, best->when.at, out_.torn ? fairly : sure};
        return std::move(out_);
    }

  private:
    const pattern_set& back() const { return rules_.what[static_cast<std::size_t>(result::call_back)]; }
    const pattern_set& later() const { return rules_.what[static_cast<std::size_t>(result::interested_later)]; }

    // "the plant opens in February. Ring him then."
    bool called_then() const {
        const auto from = place_of(t_, theirs_->at).end;
        return found_in(rules_.hint.back_then, t_, from, std::min(t_.size(), from + widest_clause));
    }

    // "after 4 rings", "toda la mañana", "some months back"
    bool no_day(const place& p, const dates::window& w) const {
        if (nth_try(p))
            return true;
        if (p.end == p.begin + 1 && w.size == dates::grain::month && t_[p.begin].capital &&
            rules_.hint.acts_behind.match(t_, p.end) > p.end)
            return true;
        const auto& first = t_[p.begin].text;
        const bool hour = w.time && (first == "at" || first == "around" || first == "um" || first == "a");
        if ((w.time || w.counted || w.bare) && !hour && rules_.hint.no_day_behind.match(t_, p.end) > p.end)
            return true;
        for (std::size_t back = 1; back <= 2 && back <= p.begin; ++back)
            if (rules_.hint.no_day_before.match(t_, p.begin - back) == p.begin)
                return true;
        return false;
    }

    // "won't move till their lease is up in March": that is the day to come back on.
    bool waits(std::size_t from, std::size_t to) const {
        auto no = from;
        while (no < to && rules_.hint.negation.match(t_, no) == no)
            ++no;
        auto bound = no;
        while (bound < to && rules_.hint.wait.match(t_, bound) == bound)
            ++bound;
        return bound < to && !found_in(rules_.hint.contract, t_, no, bound);
    }

    // "no answer, try this week"
    bool calls_behind(const place& p) const {
        for (std::size_t back = 1; back <= 3 && back <= p.begin; ++back)
            if (rules_.hint.act.match(t_, p.begin - back) > p.begin - back && p.begin - back > p.clause_begin &&
                rules_.hint.negation.match(t_, p.begin - back - 1) == p.begin - back - 1)
                return true;
        return false;
    }

    // "left a message, 2nd": how often, not the day
    bool nth_try(const place& p) const {
        const auto& n = t_[p.begin];
        const auto bare = [this](std::size_t i) { return i >= t_.size() || t_[i].is == token::sort::mark; };
        const bool alone = p.end == p.begin + 1 && p.begin > 0 && bare(p.begin - 1) && bare(p.end);
        return alone && n.digits && n.text.size() > 2 && n.text.back() >= 'a' &&
               (cues_.has(disposition::voicemail) || cues_.has(disposition::no_answer));
    }

    // "they work with Nexora until March": the end of that, not the day to come back on.
    bool bound_of_vendor(const place& p, std::size_t part, const dates::window& w) const {
        return vendor_ && !w.time && vendor_->at.from >= t_[part].at.from && vendor_->at.to <= w.at.from &&
               p.begin > part;
    }

    bool inside_vendor(span at) const { return vendor_ && vendor_->at.from <= at.from && at.to <= vendor_->at.to; }

    // "don't call before ten": the hour to keep clear of, not the one to call at.
    bool only_a_bound(const place& p, const dates::window& w) const {
        const auto& first = t_[p.begin].text;
        const bool limit = first == "before" || first == "vor" || first == "avant" || first == "antes";
        const bool second = first == "after" && p.begin > 0 && t_[p.begin - 1].text == "or"; // "or after six"
        return w.time && (limit || second) && found_in(rules_.hint.negation, t_, p.clause_begin, p.begin);
    }

    // "called again at noon", "left in July"
    bool past(const place& p, std::size_t part, const dates::window& w) const {
        const bool wanted = found_in(back(), t_, part, p.begin) || found_in(rules_.hint.follow, t_, part, p.end) ||
                            found_in(rules_.hint.meeting, t_, part, p.begin);
        const auto& booked = rules_.what[static_cast<std::size_t>(result::meeting_booked)];
        if (wanted || w.counted || found_in(booked, t_, part, p.begin))
            return false;
        const bool left = std::ranges::any_of(cues_.all(), [&](const cue& c) {
            return c.how == disposition::left_company && c.begin >= part && c.begin < p.end && c.end + 4 >= p.begin;
        });
        for (auto i = part; i < p.begin; ++i)
            if (const auto end = rules_.hint.past_verb.match(t_, i);
                end > i && end + 3 >= p.begin && !(t_[i].text == "were" && t_[i].shortened()) &&
                !found_in(rules_.hint.ahead, t_, end, p.begin)) // "the deck I sent, and we'll talk Monday"
                return true;
        return left || narrated(p, w);
    }

    // "9 am vm, 11 am reached him": when the rep called
    bool narrated(const place& p, const dates::window& w) const {
        const bool opens = p.begin == 0 || t_[p.begin - 1].is == token::sort::mark;
        return std::ranges::any_of(cues_.all(), [&](const cue& c) {
            const bool missed = c.how == disposition::voicemail || c.how == disposition::no_answer;
            if (missed && w.time && c.end == p.begin && t_[p.begin].text == "at")
                return true; // "no answer at nine"
            return c.how && opens && c.begin == p.end && (missed || (w.time && *c.how != disposition::gatekeeper));
        });
    }

    // "out this week" says when somebody is away, "out until Friday" when he is back.
    bool absence(const place& p, const dates::window& w) const {
        if (w.counted)
            return false;
        const auto away = std::ranges::find_if(cues_.all(), [&](const cue& c) {
            return (c.how == disposition::gatekeeper || c.how == disposition::no_answer) && c.begin < p.end &&
                   rules_.hint.hard_gate.match(t_, c.begin) == c.begin && c.end + 3 >= p.begin &&
                   !mark_between(c.end, p.begin);
        });
        if (away == cues_.all().end())
            return false;
        if (w.time && !(away->begin <= p.begin && p.end <= away->end))
            return false;
        const auto from = std::min(away->begin, p.begin > 2 ? p.begin - 2 : 0);
        return !found_in(rules_.hint.until, t_, from, p.end);
    }

    bool mark_between(std::size_t from, std::size_t to) const {
        for (auto i = from; i < to; ++i)
            if (t_[i].is == token::sort::mark)
                return true;
        return false;
    }

    // "not Monday but Tuesday"
    bool replaced(const place& p) const {
        return p.begin > 0 && (t_[p.begin - 1].text == "not" || t_[p.begin - 1].text == "nicht") && p.end < t_.size() &&
               (t_[p.end].text == "but" || t_[p.end].text == "sondern" || t_[p.end].text == ",");
    }

    const reply_rules& rules_;
    const std::vector<token>& t_;
    std::string_view text_;
    const cues& cues_;
    const std::optional<heard<std::string>>& vendor_;
    std::vector<candidate> all_;
    std::optional<dates::window> theirs_; // the customer's own date
    follow_up_reading out_;
};

// A bare amount ("two weeks") is a day only where it stands for itself.
bool stands_alone(const reply_rules& rules, const dates::reader& dates, const std::vector<token>& t,
                  std::string_view text, const dates::window& w, const dates::standpoint& here, const zones& clocks) {
    const auto p = place_of(t, w.at);
    if (p.begin == p.end)
        return false;
    auto from = p.begin;
    while (from > p.clause_begin && t[from - 1].is != token::sort::mark)
        --from;
    const bool led = from == p.begin || found_in(rules.hint.act, t, from, p.begin) ||
                     found_in(rules.what[static_cast<std::size_t>(result::interested_later)], t, from, p.begin) ||
                     found_in(rules.how[static_cast<std::size_t>(disposition::gatekeeper)], t, from, p.begin);
    const auto begin = t[from].at.from;
    return led && dates.read(text.substr(begin, t[p.clause_end - 1].at.to - begin), here, clocks).has_value();
}

// "can't do anything before Q1": in Q1, then.
std::optional<dates::window> not_before(const reply_rules& rules, const dates::reader& dates,
                                        const std::vector<token>& t, std::string_view text, const dates::window& w,
                                        const dates::standpoint& here, const zones& clocks) {
    const auto p = place_of(t, w.at);
    if (w.time || p.end < p.begin + 2 || !found_in(rules.hint.negation, t, p.clause_begin, p.begin))
        return std::nullopt;
    const auto& first = t[p.begin].text;
    if (first != "before" && first != "vor" && first != "avant" && first != "antes")
        return std::nullopt;
    const auto begin = t[p.begin + (t[p.begin + 1].text == "de" || t[p.begin + 1].text == "del" ? 2 : 1)].at.from;
    auto later = dates.read(text.substr(begin, w.at.to - begin), here, clocks);
    if (later)
        later->at = w.at;
    return later;
}

} // namespace

follow_up_reading read_follow_up(const reply_rules& rules, const dates::reader& dates, const std::vector<token>& t,
                                 std::string_view text, const cues& found,
                                 const std::optional<heard<std::string>>& vendor, const dates::standpoint& here,
                                 const zones& clocks) {
    weighing scales(rules, t, text, found, vendor);
    for (const auto& w : days_of(dates, text, here, clocks))
        if (!w.bare || stands_alone(rules, dates, t, text, w, here, clocks))
            scales.weigh(not_before(rules, dates, t, text, w, here, clocks).value_or(w), here.now.date);
    return std::move(scales).best();
}

} // namespace whynow::domain::outcomes
