#include "domain/outcomes/reply_reader.hpp"

#include "domain/outcomes/cues.hpp"
#include "domain/outcomes/follow_up.hpp"
#include "domain/outcomes/learned.hpp"
#include "domain/outcomes/people.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

namespace {

constexpr double said = 0.9, meant = 0.7, guessed = 0.5;
constexpr int soon_days = 13;

bool any_how(const cues& c) {
    return std::ranges::any_of(c.all(),
                               [](const cue& x) { return x.how.has_value() && x.how != disposition::connected; });
}

// Builds one outcome out of what the parts found.
class judgement {
  public:
    judgement(const std::vector<token>& t, const reply_rules& rules, const cues& c, const people& p, facts learned,
              follow_up_reading when, local_date today)
        : t_(t), rules_(rules), c_(c), today_(today) {
        out_.learned = std::move(learned);
        out_.referrals = p.referrals();
        out_.who = p.who();
        out_.follow_up = when.follow_up;
        called_ = when.beside_call;
        if (when.timeline)
            out_.learned.timeline = when.timeline;
        if (when.torn)
            out_.unsure.push_back(field::follow_up);
    }

    understood run() {
        explicit_results();
        dispose();
        dated_results();
        tidy();
        act();
        if (!out_.how)
            out_.unsure.push_back(field::disposition);
        std::ranges::sort(out_.results, {}, [](const auto& h) { return h.value; });
        return std::move(out_);
    }

  private:
    span span_of(const cue& c) const { return {t_[c.begin].at.from, t_[c.end - 1].at.to}; }
    bool hinted(const pattern_set& s) const { return c_.hint(s).has_value(); }

    void put(result r, span at, double sure) {
        if (!out_.has(r))
            out_.results.push_back({r, at, sure});
    }
    void drop(result r) {
        std::erase_if(out_.results, [r](const auto& h) { return h.value == r; });
    }
    void settle(disposition d, double sure) {
        const auto* c = c_.first(d);
        out_.how = heard<disposition>{d, c ? span_of(*c) : whole(), sure};
    }
    span whole() const { return t_.empty() ? span{} : span{t_.front().at.from, t_.back().at.to}; }

    void explicit_results() {
        for (const auto r : {result::meeting_booked, result::not_interested, result::needs_info, result::has_vendor,
                             result::do_not_contact, result::already_solved})
            if (const auto* c = c_.first(r))
                put(r, span_of(*c), said);
        if (out_.learned.budget && out_.learned.budget->value == "none")
            put(result::not_interested, out_.learned.budget->at, meant);
        if (out_.learned.vendor)
            put(result::has_vendor, out_.learned.vendor->at, meant);
        if (!out_.referrals.empty())
            put(result::referral, out_.referrals.front().at, out_.referrals.front().confidence);
        const auto meeting = c_.hint(rules_.hint.meeting);
        const bool dated = out_.follow_up.has_value();
        const bool away = !c_.strong_connected() && (c_.has(disposition::gatekeeper) ||
                                                     c_.has(disposition::voicemail) || c_.has(disposition::no_answer));
        if (meeting && dated && !away)
            put(result::meeting_booked, {t_[meeting->from].at.from, t_[meeting->to - 1].at.to}, meant);
        if (const auto yes = c_.hint(rules_.hint.assent);
            yes && dated && out_.follow_up->value.time && !away && out_.results.empty())
            put(result::meeting_booked, {t_[yes->from].at.from, t_[yes->to - 1].at.to}, meant);
    }

    bool talked() const {
        return out_.has(result::meeting_booked) || out_.has(result::not_interested) || out_.has(result::has_vendor) ||
               out_.has(result::already_solved) || out_.has(result::do_not_contact) || out_.learned.challenge ||
               out_.learned.tried;
    }

    void dispose() {
        const auto has = [this](disposition d) { return c_.has(d); };
        const bool asked_back = c_.has(result::call_back);
        if (has(disposition::left_company) && !out_.has(result::meeting_booked))
            return settle(disposition::left_company, said);
        if (has(disposition::hung_up) && !out_.has(result::meeting_booked))
            return settle(disposition::hung_up, said);
        if (c_.strong_connected())
            return settle(disposition::connected, said);
        if (has(disposition::gatekeeper) && (c_.hard_gate() || !talked()))
            return settle(disposition::gatekeeper, said);
        if (has(disposition::wrong_number) && !talked())
            return settle(disposition::wrong_number, said);
        if (has(disposition::voicemail) && !talked())
            return settle(disposition::voicemail, said);
        if (has(disposition::no_answer) && !talked())
            return settle(disposition::no_answer, said);
        if (has(disposition::not_called) && !talked() && !has(disposition::connected) && out_.referrals.empty())
            return settle(disposition::not_called, said);
        const bool conversation = has(disposition::connected) || !out_.results.empty() || !out_.learned.empty() ||
                                  c_.has(result::interested_later);
        const bool busy = hinted(rules_.hint.busy);
        const bool retry = hinted(rules_.hint.retry);
        if (!conversation && (busy || retry) && !(asked_back && !retry) && !(busy && asked_back))
            return settle(disposition::no_answer, meant);
        if (conversation || asked_back || out_.follow_up || (out_.who && out_.who->name && hinted(rules_.hint.assent)))
            settle(disposition::connected, conversation ? meant : guessed);
    }

    bool reached() const { return out_.how && out_.how->value == disposition::connected; }

    void dated_results() {
        if (!reached()) {
            if (out_.how && out_.how->value == disposition::gatekeeper && !out_.has(result::do_not_contact))
                drop(result::meeting_booked);
            if (out_.how && (out_.how->value == disposition::voicemail || out_.how->value == disposition::no_answer)) {
                sent_ = out_.has(result::needs_info);
                drop(result::needs_info);
            }
            return;
        }
        const auto* later = c_.first(result::interested_later);
        const auto* back = c_.first(result::call_back);
        const bool follows = hinted(rules_.hint.follow);
        if (!out_.follow_up) {
            if (later && plain_later(*later))
                put(result::interested_later, span_of(*later), meant);
            else if (back && out_.results.empty())
                put(result::call_back, span_of(*back), meant);
            return;
        }
        const auto& w = out_.follow_up->value;
        const int days = days_between(today_, w.date);
        if (out_.has(result::meeting_booked) || out_.has(result::do_not_contact))
            return;
        const bool info_by = out_.has(result::needs_info) && !follows && !back &&
                             (by_then(out_.follow_up->at) || (!later && days <= soon_days));
        if (info_by)
            return;
        const bool own_retry = hinted(rules_.hint.retry) && !back && !later && !follows && out_.results.empty();
        if (own_retry && c_.has(disposition::connected))
            return;
        const bool soon =
            days <= soon_days && (w.size == dates::grain::day || w.time) && !(w.counted && w.from != w.to);
        const bool asked = back && days <= soon_days;
        const bool call = (soon && (!later || back || days < 7)) || (asked && !follows);
        if (call)
            put(result::call_back, out_.follow_up->at, meant);
        else
            put(result::interested_later, out_.follow_up->at, meant);
        if (!call && out_.learned.budget && out_.learned.budget->value == "none" && only_about_money())
            drop(result::not_interested);
    }

    // "no budget this year" is not now, where a day was named.
    bool only_about_money() const {
        const auto money = [](const token& k) {
            return k.text == "budget" || k.text == "money" || k.text == "geld" || k.text == "presupuesto";
        };
        return std::ranges::all_of(c_.all(), [&](const cue& c) {
            return c.what != result::not_interested ||
                   std::any_of(t_.begin() + static_cast<std::ptrdiff_t>(c.begin),
                               t_.begin() + static_cast<std::ptrdiff_t>(c.end), money);
        });
    }

    // "wants the quote by Friday"
    bool by_then(span at) const {
        return std::ranges::any_of(t_, [at](const token& k) {
            return k.at.from == at.from && (k.text == "by" || k.text == "bis" || k.text == "para" || k.text == "pour" ||
                                            k.text == "avant" || k.text == "before");
        });
    }

    // "interested" beside a clearer result says nothing more.
    bool plain_later(const cue& c) const {
        if (out_.has(result::meeting_booked) || out_.has(result::not_interested) || out_.has(result::already_solved))
            return false;
        const auto& first = t_[c.begin].text;
        const bool mood = first.starts_with("inter") || first == "keen" || first == "curious" || first == "open" ||
                          first == "likes" || first == "warm" || first == "positive" || first == "promising" ||
                          first == "wieder" || first == "melden";
        return !mood || out_.results.empty();
    }

    void tidy() {
        if (out_.has(result::do_not_contact)) {
            drop(result::not_interested);
            drop(result::call_back);
            drop(result::interested_later);
            drop(result::needs_info);
        }
        if (out_.has(result::meeting_booked)) {
            drop(result::call_back);
            drop(result::interested_later);
            drop(result::not_interested);
        }
        if (out_.has(result::already_solved) && !c_.has(result::not_interested))
            drop(result::not_interested);
        if (out_.how && out_.how->value == disposition::not_called) {
            out_.results.clear();
            out_.referrals.clear();
            if (out_.follow_up && out_.follow_up->value.date == today_) // "not today"
                out_.follow_up.reset();
        }
    }

    void act() {
        const auto want = [this](action a, result r) {
            for (const auto& h : out_.results)
                if (h.value == r && !out_.wanted)
                    out_.wanted = heard<action>{a, h.at, h.confidence};
        };
        want(action::remove, result::do_not_contact);
        want(action::send_invite, result::meeting_booked);
        want(action::send_info, result::needs_info);
        if (out_.wanted)
            return;
        if (sent_ ||
            (out_.how && (out_.how->value == disposition::voicemail || out_.how->value == disposition::no_answer) &&
             mails())) {
            out_.wanted = heard<action>{action::send_info, whole(), meant};
            return;
        }
        if (out_.how && (out_.how->value == disposition::left_company || out_.how->value == disposition::wrong_number))
            out_.wanted = heard<action>{action::update_contact, out_.how->at, said};
        else if (!out_.referrals.empty() && only_mentioned())
            return;
        else if (!out_.referrals.empty())
            out_.wanted = heard<action>{took_over() ? action::update_contact : action::email_referral,
                                        out_.referrals.front().at, meant};
        else if (out_.follow_up || out_.has(result::call_back))
            if (!(out_.how && out_.how->value == disposition::not_called) && !distant())
                out_.wanted = heard<action>{action::call_back, out_.follow_up ? out_.follow_up->at : whole(),
                                            called_ ? said : meant};
    }

    bool distant() const {
        return out_.has(result::not_interested) && !out_.has(result::interested_later) && !out_.has(result::call_back);
    }
    bool mails() const {
        return std::ranges::any_of(
            t_, [](const token& k) { return k.text == "email" || k.text == "mail" || k.text == "emailed"; });
    }
    // "needs boss ok, boss = Hal Moss": nobody asked to be written to
    bool only_mentioned() const {
        return out_.referrals.size() == 1 && out_.referrals[0].contact.empty() &&
               rules_.bosses.contains(text::folded(out_.referrals[0].title));
    }
    // "ops mgr is Tina Fox now"
    bool took_over() const {
        return std::ranges::any_of(t_,
                                   [](const token& k) {
                                       return k.text == "now" || k.text == "jetzt" || k.text == "replaced" ||
                                              k.text == "took";
                                   }) &&
               !c_.strong_connected();
    }

    const std::vector<token>& t_;
    const reply_rules& rules_;
    const cues& c_;
    local_date today_;
    bool called_ = false;
    bool sent_ = false;
    understood out_;
};

// Where each part of a reply about several cards begins: a line or clause that begins with a card's number.
std::vector<std::size_t> card_starts(std::string_view text) {
    std::vector<std::size_t> out;
    bool fresh = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' || c == ';' || c == ',') {
            fresh = true;
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\r')
            continue;
        std::size_t d = i + (c == '#' ? 1 : 0);
        const auto digits_from = d;
        while (d < text.size() && text[d] >= '0' && text[d] <= '9')
            ++d;
        const bool number = d > digits_from && d - digits_from <= 2;
        const bool closed = d < text.size() && (text[d] == ':' || text[d] == ')' || (text[d] == ' ' && c == '#'));
        const bool clock = d + 1 < text.size() && text[d] == ':' && text[d + 1] >= '0' && text[d + 1] <= '9';
        if (fresh && number && closed && !clock)
            out.push_back(i);
        fresh = false;
    }
    return out;
}

void shift(understood& u, std::size_t by) {
    const auto move = [by](span& s) { s = {s.from + by, s.to + by}; };
    if (u.how)
        move(u.how->at);
    for (auto& r : u.results)
        move(r.at);
    if (u.follow_up) {
        move(u.follow_up->at);
        move(u.follow_up->value.at);
    }
    for (auto& r : u.referrals)
        move(r.at);
    for (auto* f : {&u.learned.challenge, &u.learned.timeline, &u.learned.vendor, &u.learned.budget, &u.learned.tried})
        if (*f)
            move((*f)->at);
    if (u.wanted)
        move(u.wanted->at);
    if (u.who)
        move(u.who->at);
}

} // namespace

reply_reader::reply_reader(const rules::node& rules, const dates::reader& dates)
    : rules_(std::make_unique<const reply_rules>(rules)), dates_(&dates) {}
reply_reader::~reply_reader() = default;
reply_reader::reply_reader(reply_reader&&) noexcept = default;
reply_reader& reply_reader::operator=(reply_reader&&) noexcept = default;

understood reply_reader::read(std::string_view text, local_time now, std::string_view zone, const zones& clocks) const {
    const auto tokens = tokens_of(text);
    if (tokens.empty())
        return {};
    auto mended = tokens;
    rules_->mend(mended);
    const cues found(*rules_, mended);
    const people named(*rules_, tokens, text, !any_how(found));
    const learning facts_heard(*rules_, mended, text, named);
    const dates::standpoint here{.now = now, .zone = zone, .day_first = rules_->zone_is_day_first(zone), .lang = {}};
    auto when = read_follow_up(*rules_, *dates_, mended, text, here, clocks);
    return judgement(mended, *rules_, found, named, facts_heard.read(), std::move(when), now.date).run();
}

std::vector<understood> reply_reader::read_each(std::string_view text, local_time now, std::string_view zone,
                                                const zones& clocks) const {
    const auto starts = card_starts(text);
    std::vector<understood> out;
    if (starts.size() < 2 || text.substr(0, starts.front()).find_first_not_of(" \t\r\n") != std::string_view::npos) {
        out.push_back(read(text, now, zone, clocks));
        return out;
    }
    for (std::size_t k = 0; k < starts.size(); ++k) {
        const auto end = k + 1 < starts.size() ? starts[k + 1] : text.size();
        out.push_back(read(text.substr(starts[k], end - starts[k]), now, zone, clocks));
        shift(out.back(), starts[k]);
    }
    return out;
}

} // namespace whynow::domain::outcomes
