#include "domain/digests/tally.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::digests {

using outcomes::disposition;
using outcomes::result;

namespace {

constexpr std::size_t usual_cards = 4; // of a brief

bool any_opens_a_door(result_set results) {
    static const auto doors = [] {
        result_set all;
        for (int r = 0; r <= int(result::already_solved); ++r)
            if (outcomes::opens_a_door(result(r)))
                all.add(result(r));
        return all;
    }();
    return (results.bits & doors.bits) != 0;
}

} // namespace

std::uint16_t tally::labels::of(std::string_view label) {
    if (last < all.size() && all[last] == label)
        return last;
    auto it = known.find(label);
    if (it == known.end()) {
        it = known.emplace(label, std::uint16_t(all.size())).first;
        all.emplace_back(label);
    }
    return last = it->second;
}

tally::tally(local_date from, local_date to, local_date today, std::optional<figure> listed)
    : from_(from), to_(to), today_(today), wanted_(listed) {
    out_.from = from;
    out_.to = to;
    for (auto* l : {&kinds_, &scopes_, &sources_})
        l->of(other_calls); // number 0
}

tally::slot* tally::find(card_id id) {
    const auto it = pages_.find(id.value / page_size);
    const auto n = it == pages_.end() ? 0 : (*it->second)[std::size_t(id.value % page_size)];
    return n == 0 ? nullptr : &slots_[n - 1];
}

void tally::list(figure f, entry::table in, std::int64_t id, local_date day) {
    if (wanted_ == f)
        listed_.push_back({in, id, day, 0, 0, {}});
}

void tally::add(const shown_brief& b) {
    if (!within(b.day))
        return;
    ++out_.briefs;
    out_.budget_total += b.budget;
    list(figure::briefs, entry::table::brief, b.id.value, b.day);
    if (b.usual > 0) {
        paced_.emplace_back(b.rep, b.day);
        usual_.push_back(b.usual);
    }
    briefs_.emplace_back(b.id, b.day);
}

void tally::add(const shown_card& c) {
    if (slots_.empty())
        slots_.reserve(briefs_.size() * usual_cards);
    auto& place = pages_[c.id.value / page_size];
    if (!place)
        place = std::make_unique<page>(page{});
    slot s;
    s.id = c.id;
    s.kind = kinds_.of(c.kind);
    s.scope = scopes_.of(c.scope);
    s.source = sources_.of(c.source.empty() ? no_feed : c.source);
    s.now = c.now;
    s.within = within(c.day);
    s.probability = float(c.probability);
    s.day = c.day;
    slots_.push_back(s);
    (*place)[std::size_t(c.id.value % page_size)] = std::uint32_t(slots_.size());
    if (s.within && (filled_.empty() || filled_.back() != c.brief))
        filled_.push_back(c.brief);
}

void tally::add(const told_call& c) {
    if (!c.card)
        alone_.push_back(c);
    else if (auto* s = find(c.card))
        take(*s, c);
    else
        strays_.push_back(c);
}

void tally::take(slot& s, const told_call& c) {
    if (c.id < s.told)
        return;
    s.told = c.id;
    s.rep = c.rep;
    s.told_on = c.day;
    s.how = c.how;
    s.results = c.results;
}

void tally::add(const agreed_meeting& m) { meetings_.push_back(m); }
void tally::add(const named_referral& r) { referrals_.push_back(r); }

std::vector<card_id> tally::unknown() const {
    std::vector<card_id> out;
    const auto note = [&](card_id c) {
        if (c && !find(c))
            out.push_back(c);
    };
    for (const auto& c : strays_)
        note(c.card);
    for (const auto& m : meetings_)
        note(m.card);
    for (const auto& r : referrals_)
        note(r.card);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

template <class Change>
void tally::in_groups(const slot* s, Change change) {
    change(out_.all);
    change(by_kind_[s ? s->kind : 0]);
    change(by_scope_[s ? s->scope : 0]);
    change(by_source_[s ? s->source : 0]);
}

void tally::count(const told_call& c, const slot* s) {
    if (c.how == disposition::not_called)
        return;
    const bool spoke = c.how && outcomes::is_conversation(*c.how), hit = spoke && any_opens_a_door(c.results);
    const bool meeting = spoke && c.results.has(result::meeting_booked);
    in_groups(s, [&](way& w) {
        ++w.calls;
        w.conversations += spoke;
        w.hits += hit;
        w.meetings += meeting;
    });
    if (people_wanted_) {
        auto& p = people_[c.rep];
        p.rep = c.rep;
        ++p.calls;
        p.conversations += spoke;
        p.hits += hit;
    }
    const auto row = [&](figure f) { list(f, entry::table::outcome, c.id.value, c.day); };
    row(figure::calls);
    if (const auto at = std::ranges::lower_bound(paced_, std::pair(c.rep, c.day));
        at != paced_.end() && *at == std::pair(c.rep, c.day)) {
        ++out_.calls_beside_usual;
        if (!logged_.empty())
            ++logged_[std::size_t(at - paced_.begin())];
    }
    if (!spoke)
        return;
    spoken_.push_back(c.id.value);
    row(figure::conversations);
    if (hit)
        row(figure::hits);
    if (meeting)
        row(figure::meetings);
    if (c.results.has(result::do_not_contact)) {
        ++out_.closed;
        row(figure::closed);
    }
    if (s && c.how != disposition::gatekeeper) { // what the score spoke of: the person on the card
        chances_.push_back(s->probability);
        ++out_.scores.conversations;
        out_.scores.expected += s->probability;
        if (hit && c.how == disposition::connected) {
            ++out_.scores.hits;
            row(figure::foretold);
        }
    }
}

void tally::count_cards() {
    for (const auto& s : slots_) {
        if (s.within) {
            const bool wrong = s.now == shown_card::state::not_a_reason;
            ++out_.all.suggested;
            out_.all.wrong += wrong;
            for (auto* w : {&by_kind_[s.kind], &by_scope_[s.scope], &by_source_[s.source]}) {
                ++w->suggested;
                w->wrong += wrong;
            }
            list(figure::suggested, entry::table::card, s.id.value, s.day);
            if (wrong)
                list(figure::wrong, entry::table::card, s.id.value, s.day);
            if (s.day < today_) {
                ++out_.shown_before;
                if (s.now == shown_card::state::open) {
                    ++out_.unlogged;
                    list(figure::unlogged, entry::table::card, s.id.value, s.day);
                }
            }
        }
        if (s.told)
            count({s.told, s.rep, s.id, s.told_on, s.how, s.results}, &s);
    }
}

void tally::count_days() {
    double usual = 0;
    for (const auto u : usual_)
        usual += u;
    out_.usual_calls = int(std::lround(usual));
    if (wanted_ != figure::saved)
        return;
    std::vector<entry> days; // people are added up: a day of the team, not of a rep
    for (std::size_t i = 0; i < paced_.size(); ++i)
        days.push_back({entry::table::day, 0, paced_[i].second, int(std::lround(usual_[i])), logged_[i], {}});
    std::ranges::sort(days, {}, &entry::day);
    for (auto& d : days)
        if (!listed_.empty() && listed_.back().day == d.day) {
            listed_.back().a += d.a;
            listed_.back().b += d.b;
        } else {
            listed_.push_back(std::move(d));
        }
}

void tally::groups(figures& f) const {
    const auto put = [](const labels& names, const std::vector<way>& ways, std::vector<group>& to) {
        for (std::size_t i = 0; i < names.all.size(); ++i)
            if (ways[i] != way{})
                to.push_back({names.all[i], ways[i]});
        std::ranges::sort(to, [](const group& a, const group& b) {
            return a.of.conversations != b.of.conversations ? a.of.conversations > b.of.conversations
                                                            : a.label < b.label;
        });
    };
    put(kinds_, by_kind_, f.by_kind);
    put(scopes_, by_scope_, f.by_scope);
    put(sources_, by_source_, f.by_source);
}

figures tally::finish() {
    for (const auto& c : strays_)
        if (auto* s = find(c.card))
            take(*s, c);
        else
            alone_.push_back(c); // the card is gone
    by_kind_.resize(kinds_.all.size());
    by_scope_.resize(scopes_.all.size());
    by_source_.resize(sources_.all.size());
    if (wanted_ == figure::saved)
        logged_.resize(paced_.size());
    out_.days_with_nothing = int(briefs_.size() - filled_.size());
    if (wanted_ == figure::nothing) {
        std::ranges::sort(filled_);
        for (const auto& [id, day] : briefs_)
            if (!std::ranges::binary_search(filled_, id))
                list(figure::nothing, entry::table::brief, id.value, day);
    }
    count_cards();
    for (const auto& c : alone_)
        count(c, nullptr);
    count_days();
    for (const auto& m : meetings_) {
        in_groups(find(m.card), [&](way& w) {
            ++w.meetings_due;
            w.held += m.held;
        });
        list(figure::meetings_due, entry::table::outcome, m.agreed_in.value, m.due);
        if (m.held)
            list(figure::held, entry::table::outcome, m.agreed_in.value, m.due);
    }
    std::vector<std::pair<int, int>> generations;
    for (const auto& r : referrals_) {
        in_groups(find(r.card), [](way& w) { ++w.referrals; });
        out_.referrals_called += r.called;
        list(figure::referrals, entry::table::referral, r.id.value, r.day);
        if (r.called)
            list(figure::referrals_called, entry::table::referral, r.id.value, r.day);
        const auto at = std::ranges::lower_bound(generations, r.generation, {}, &std::pair<int, int>::first);
        if (at != generations.end() && at->first == r.generation)
            ++at->second;
        else
            generations.insert(at, {r.generation, 1});
    }
    out_.referrals_by_generation = std::move(generations);
    std::tie(out_.scores.low, out_.scores.high) = likely_range(chances_);
    note_spoken();
    std::ranges::sort(listed_, {}, [](const entry& e) { return std::pair(e.day, e.id); });
    groups(out_);
    for (auto& [rep, p] : people_)
        out_.people.push_back(std::move(p));
    std::ranges::sort(out_.people, {}, &person::rep);
    return std::move(out_);
}

// Asked of every letter: a look at one bit.
void tally::note_spoken() {
    if (spoken_.empty())
        return;
    const auto [first, last] = std::ranges::minmax(spoken_);
    first_spoken_ = first;
    was_spoken_.resize(std::size_t(last - first + 1));
    for (const auto id : spoken_)
        was_spoken_[std::size_t(id - first)] = true;
}

bool tally::conversation(outcome_id id) const {
    const auto at = std::uint64_t(id.value - first_spoken_); // what lies before is far behind
    return at < was_spoken_.size() && was_spoken_[at];
}

} // namespace whynow::domain::digests
