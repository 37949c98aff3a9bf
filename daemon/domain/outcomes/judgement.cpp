#include "domain/outcomes/judgement.hpp"

#include "domain/outcomes/refusals.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace whynow::domain::outcomes {

namespace {

constexpr double said = 0.9, meant = 0.7, guessed = 0.5, in_the_dark = 0.2;
constexpr int soon_days = 13;

// Builds one outcome out of what the parts found.
class judgement {
  public:
    judgement(const std::vector<token>& t, const reply_rules& rules, const cues& c, const people& p, facts learned,
              follow_up_reading when, local_date today)
        : t_(t), rules_(rules), c_(c), no_(rules, t, c), today_(today) {
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
        if (!out_.how || out_.how->confidence <= guessed)
            out_.unsure.push_back(field::disposition);
        if (out_.how && out_.how->confidence <= in_the_dark) {
            out_.guess = out_.how->value;
            out_.how.reset();
        }
        std::ranges::sort(out_.results, {}, [](const auto& h) { return h.value; });
        return std::move(out_);
    }

  private:
    span span_of(const cue& c) const { return {t_[c.begin].at.from, t_[c.end - 1].at.to}; }
    bool hinted(const pattern_set& s) const { return c_.hint(s).has_value(); }

    // "bounced to voicemail by the front desk"
    bool passed_to(const cue& machine) const {
        for (auto i = machine.begin - std::min<std::size_t>(machine.begin, 2); i < machine.end; ++i)
            if (const auto end = rules_.hint.passed_on.match(t_, i); end > i + 1 && end + 1 > machine.begin)
                return true;
        return false;
    }

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
        if (out_.learned.vendor) {
            put(result::has_vendor, out_.learned.vendor->at, meant);
            if (chosen(out_.learned.vendor->at))
                put(result::not_interested, out_.learned.vendor->at, meant);
        }
        if (!out_.referrals.empty())
            put(result::referral, out_.referrals.front().at, out_.referrals.front().confidence);
        const auto meeting = c_.meeting();
        const bool dated = out_.follow_up.has_value();
        const bool away = !c_.strong_connected() && (c_.has(disposition::gatekeeper) ||
                                                     c_.has(disposition::voicemail) || c_.has(disposition::no_answer));
        const bool suits = dated && out_.follow_up->value.time && !c_.hard_gate() && hinted(rules_.hint.assent);
        if (meeting && dated && (!away || suits)) // "he's in London, 3pm works for a demo"
            put(result::meeting_booked, {t_[meeting->from].at.from, t_[meeting->to - 1].at.to}, meant);
        if (const auto yes = c_.hint(rules_.hint.assent);
            yes && dated && out_.follow_up->value.time && !away && out_.results.empty() && !c_.has(result::call_back))
            put(result::meeting_booked, {t_[yes->from].at.from, t_[yes->to - 1].at.to}, meant);
    }

    // "went with Kordova": they chose somebody else
    bool chosen(span vendor) const {
        for (std::size_t i = 1; i < t_.size(); ++i)
            if (t_[i].text == "instead" && t_[i - 1].at.to == vendor.to)
                return true;
        for (std::size_t i = 0; i < t_.size() && t_[i].at.from < vendor.from; ++i)
            if (const auto end = rules_.hint.chosen.match(t_, i); end > i && end < t_.size())
                return std::ranges::any_of(t_.begin() + static_cast<std::ptrdiff_t>(end),
                                           t_.begin() + static_cast<std::ptrdiff_t>(std::min(end + 3, t_.size())),
                                           [vendor](const token& k) { return k.at.from == vendor.from; });
        return false;
    }

    bool talked() const {
        return out_.has(result::meeting_booked) || out_.has(result::not_interested) || out_.has(result::has_vendor) ||
               out_.has(result::already_solved) || out_.has(result::do_not_contact) || out_.learned.challenge ||
               out_.learned.tried || std::ranges::any_of(c_.all(), [this](const cue& c) {
                   return c.what == result::needs_info && rules_.hint.customer_asks.match(t_, c.begin) > c.begin;
               });
    }

    void dispose() {
        const auto has = [this](disposition d) { return c_.has(d); };
        if (has(disposition::wrong_number) && !c_.has(result::has_vendor)) { // "disconnected, they moved to Tulsa"
            out_.learned.vendor.reset();
            drop(result::has_vendor);
        }
        const bool asked_back = c_.asked_back();
        const auto* left_undone = c_.first(disposition::not_called); // "skipping, they're a client of ours"
        const bool not_called = left_undone && (!talked() || left_undone->begin == 0) && out_.referrals.empty() &&
                                (!has(disposition::connected) || c_.begins_with(disposition::not_called));
        if (has(disposition::left_company) && !out_.has(result::meeting_booked))
            return settle(disposition::left_company, said);
        if (out_.has(result::referral) && out_.results.size() == 1 && hinted(rules_.hint.successor) &&
            std::ranges::none_of(c_.all(), [](const cue& c) { return c.how.has_value(); }))
            return settle(disposition::left_company, meant); // "Ann Lee took over for him"
        if (has(disposition::hung_up) && !out_.has(result::meeting_booked) &&
            !c_.spoke_after(disposition::hung_up, false))
            return settle(disposition::hung_up, said);
        if (c_.strong_connected())
            return settle(disposition::connected, said);
        if (not_called && !c_.hard_gate() && !has(disposition::voicemail) && !has(disposition::no_answer))
            return settle(disposition::not_called, said);
        const auto* machine = c_.first(disposition::voicemail);
        const auto* gate = c_.first(disposition::gatekeeper);
        const auto* wrong = c_.first(disposition::wrong_number);
        const auto told_by = [&](const cue* c) { // "the operator says no such person", "vm said: not in service"
            return c && wrong->begin > c->begin && wrong->begin <= c->end + 4;
        };
        if (wrong && !talked() && (told_by(gate) || told_by(machine)))
            return settle(disposition::wrong_number, said);
        if (machine && gate && !talked() &&
            (!c_.hard_gate() || passed_to(*machine) || (machine->begin > gate->begin && hinted(rules_.hint.passed_on))))
            return settle(disposition::voicemail, said); // "out till Monday, left a message", "put me through to vm"
        if (has(disposition::gatekeeper) && (c_.hard_gate() || !talked()))
            return settle(disposition::gatekeeper, said);
        if (has(disposition::wrong_number) && !talked())
            return settle(disposition::wrong_number, said);
        if (has(disposition::voicemail) && !talked())
            return settle(disposition::voicemail, said);
        const bool then_spoke = asked_back && c_.spoke_after(disposition::no_answer, true);
        if (has(disposition::no_answer) && !talked() && !then_spoke)
            return settle(disposition::no_answer, said);
        if (not_called)
            return settle(disposition::not_called, said);
        const bool conversation = has(disposition::connected) || !out_.results.empty() || !out_.learned.empty() ||
                                  c_.has(result::interested_later);
        const bool busy = hinted(rules_.hint.busy);
        const bool retry = hinted(rules_.hint.retry);
        if (!conversation && (busy || retry) && !asked_back)
            return settle(disposition::no_answer, meant);
        if (conversation || asked_back || out_.follow_up || (out_.who && out_.who->name && hinted(rules_.hint.assent)))
            settle(disposition::connected, conversation ? meant : guessed);
        else if (hinted(rules_.hint.somebody))
            settle(disposition::connected, guessed);
        else if (words() > 1) // whoever tells a story has mostly talked to somebody
            settle(disposition::connected, in_the_dark);
    }

    std::ptrdiff_t words() const {
        return std::ranges::count_if(t_, [](const token& k) { return k.is == token::sort::word; });
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
        const auto* later = later_cue();
        const auto* back = c_.first(result::call_back);
        const bool follows = hinted(rules_.hint.follow);
        if (!out_.follow_up) {
            if (out_.has(result::not_interested) && c_.bounded()) { // "it's a no until they hire somebody"
                put(result::interested_later, out_.results.front().at, meant);
                return drop(result::not_interested);
            }
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
        const bool own_retry = hinted(rules_.hint.retry) && !hinted(rules_.hint.reported) && !back && !later &&
                               !follows && out_.results.empty();
        if (own_retry && c_.has(disposition::connected))
            return;
        const bool day = (w.size == dates::grain::day || w.time) && !(w.counted && (w.from != w.to || days >= 7));
        const bool soon = day && days <= soon_days && (!later || back || (days < 7 && !hinted(rules_.hint.ponder)));
        const bool asked = back && days <= soon_days;
        const bool call = !(follows && !back && !w.time) && (soon || (asked && !follows));
        if (call)
            put(result::call_back, out_.follow_up->at, meant);
        else
            put(result::interested_later, out_.follow_up->at, meant);
        if (c_.put_off())
            drop(result::not_interested);
        if (!call && out_.learned.budget && out_.learned.budget->value == "none" && no_.about_money())
            drop(result::not_interested);
    }

    // "wants the quote by Friday"
    bool by_then(span at) const {
        return std::ranges::any_of(t_, [at](const token& k) {
            return k.at.from == at.from && (k.text == "by" || k.text == "bis" || k.text == "para" || k.text == "pour" ||
                                            k.text == "avant" || k.text == "before");
        });
    }

    // The first "not now" that is not the customer's own date: "locked in until next March".
    const cue* later_cue() const {
        const auto& theirs = out_.learned.timeline;
        for (const auto& c : c_.all())
            if (c.what == result::interested_later &&
                !(theirs && !out_.follow_up && t_[c.begin].at.from < theirs->at.to &&
                  t_[c.end - 1].at.to > theirs->at.from))
                return &c;
        return nullptr;
    }

    // "interested" beside a clearer result says nothing more.
    bool plain_later(const cue& c) const {
        if (out_.has(result::meeting_booked) || out_.has(result::not_interested) || out_.has(result::already_solved))
            return false;
        return out_.results.empty() || rules_.hint.mood.match(t_, c.begin) == c.begin;
    }

    // "the number belongs to a Mr Patel now": nobody we are sent to
    void forget_strangers() {
        const auto* wrong = c_.first(disposition::wrong_number);
        if (!wrong || !out_.how || out_.how->value != disposition::wrong_number)
            return;
        const auto at = span_of(*wrong);
        std::erase_if(out_.referrals, [at](const referral_heard& r) {
            constexpr std::size_t close = 12;
            return r.contact.empty() && r.at.from >= at.from && r.at.from <= at.to + close;
        });
        if (out_.referrals.empty())
            drop(result::referral);
    }

    void tidy() {
        forget_strangers();
        const bool info = out_.has(result::needs_info);
        const bool tried = out_.learned.tried && out_.has(result::not_interested);
        if (((info || out_.has(result::meeting_booked)) && no_.about_a_thing()) ||
            (tried && no_.about_tried(out_.learned.tried->at.from)) || (info && no_.followed_by_a_question()))
            drop(result::not_interested);
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
        if (out_.has(result::already_solved) && no_.polite())
            drop(result::not_interested); // "no thanks, they took care of it"
        if (out_.how && out_.how->value == disposition::left_company && !out_.learned.vendor)
            drop(result::has_vendor);
        if (out_.how && out_.how->value == disposition::hung_up) { // what was said before the click is no answer
            drop(result::not_interested);
            drop(result::needs_info);
        }
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
        for (std::size_t i = 0; i < t_.size(); ++i)
            if (t_[i].text == "email" || t_[i].text == "emailed" ||
                (t_[i].text == "mail" && !(i > 0 && t_[i - 1].text == "voice")))
                return true;
        return false;
    }
    // "needs boss ok, boss = Hal Moss": nobody asked to be written to
    bool only_mentioned() const {
        return out_.referrals.size() == 1 && out_.referrals[0].contact.empty() && !hinted(rules_.hint.involve) &&
               (rules_.bosses.contains(text::folded(out_.referrals[0].title)) || hinted(rules_.hint.approval));
    }
    // "ops mgr is Tina Fox now", "Tina Fox is the new ops mgr"; but "Tina Fox runs this now" asks for a mail to her.
    bool took_over() const {
        const auto& somebody = out_.referrals.front();
        if (!somebody.contact.empty() || c_.strong_connected())
            return false;
        const auto behind = std::ranges::find_if(t_, [&](const token& k) { return k.at.from >= somebody.at.to; });
        const auto at = static_cast<std::size_t>(behind - t_.begin());
        if (const auto end = rules_.referral.behind.match(t_, at); end > at)
            return std::any_of(behind, t_.begin() + static_cast<std::ptrdiff_t>(end), [](const token& k) {
                return k.text == "new" || k.text == "replaced" || k.text == "took";
            });
        return std::ranges::any_of(t_, [](const token& k) {
            return k.text == "now" || k.text == "jetzt" || k.text == "replaced" || k.text == "took";
        });
    }

    const std::vector<token>& t_;
    const reply_rules& rules_;
    const cues& c_;
    refusals no_;
    local_date today_;
    bool called_ = false;
    bool sent_ = false;
    understood out_;
};

} // namespace

understood judged(const std::vector<token>& tokens, const reply_rules& rules, const cues& found, const people& named,
                  facts learned, follow_up_reading when, local_date today) {
    return judgement(tokens, rules, found, named, std::move(learned), std::move(when), today).run();
}

} // namespace whynow::domain::outcomes
