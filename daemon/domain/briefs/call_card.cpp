#include "domain/briefs/call_card.hpp"

#include "domain/text/utf8.hpp"
#include "domain/text/written.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::domain::briefs {
namespace {

constexpr std::string_view no_break = "\u00a0";

using text::slots;

constexpr std::size_t sayable_words = 14; // a longer headline is named, not read aloud: the opener stays within 30 s

std::size_t words_in(std::string_view t) {
    std::size_t n = 0;
    bool inside = false;
    for (const char c : t) {
        const bool letter = c != ' ' && c != '\n';
        n += letter && !inside;
        inside = letter;
    }
    return n;
}

bool about_other(const evidence& e) {
    return !e.other.empty() &&
           (e.scope == triggers::scope::competitor || e.scope == triggers::scope::customers_customer);
}

// A filing without a readable title is told in our words, so it stands in no quotation marks.
bool is_filing(const evidence& e) { return e.headline.empty() && !e.item_code.empty(); }

// Whose sentences fit: what happened to somebody else, or to a whole industry, did not happen to the one on the phone.
std::string_view voice_of(const evidence& e) {
    if (about_other(e))
        return e.scope == triggers::scope::competitor ? "competitor" : "customers_customer";
    return e.scope == triggers::scope::industry && e.kind != triggers::kind::market_shift ? "industry"
                                                                                          : to_string(e.kind);
}

// Composes one card; holds what every sentence needs.
class writer {
  public:
    writer(const call_facts& f, const text::phrasebook& b, const lint::linter& law, const spoken_headlines& spoken)
        : f_(f), book_(b), law_(law), spoken_(spoken) {
        const auto persona = to_string(book::persona_of(f.contact.title));
        base_.set("first", first())
            .set("name", f.contact.name)
            .set("account", f.account)
            .set("concern", say(fmt::format("concern.{}", persona)))
            .set("other", f.events.empty() ? std::string{} : f.events.front().other);
        their_ = base_;
        their_.set("concern", say(fmt::format("their_concern.{}", persona), base_));
    }

    std::variant<call_card, not_ready> write() {
        if (f_.contact.name.empty())
            return not_ready{{"contact"}};
        const bool has_event =
            !f_.events.empty() && !(f_.events.front().url.empty() && f_.events.front().source.empty());
        if (!has_event && !f_.referral && !f_.own_date)
            return not_ready{{f_.events.empty() ? "event" : "source"}};
        card_.first = first();
        card_.name = f_.contact.name;
        card_.role_and_account = f_.contact.title.empty() ? f_.account : f_.contact.title + ", " + f_.account;
        if (f_.referral)
            from_referral();
        else if (f_.own_date)
            from_return();
        else
            from_events();
        if (auto missing = open_with())
            return *missing;
        around();
        return std::move(card_);
    }

  private:
    const call_facts& f_;
    const text::phrasebook& book_;
    const lint::linter& law_;
    const spoken_headlines& spoken_;
    slots base_, their_;
    call_card card_;
    std::vector<std::string> openers_; // best first; the first that passes the lint is said

    std::string first() const { return book::first_name(f_.contact.name); }
    std::string say(std::string_view key, const slots& s = {}) const { return book_.say(f_.language, key, s); }
    std::string said(std::string_view key) const { return say(key, base_); }
    std::string day(local_date d) const { return text::day_and_month(book_, f_.language, d, f_.today); }
    std::string clock(minute_of_day at) const { return text::clock(book_, f_.language, at); }
    void plain(std::string words) { card_.why.push_back({std::move(words), "", false, false}); }

    void lead() { card_.why.push_back({say("brief.why_now", base_) + " ", "", true, false}); }

    void link(const evidence& e) {
        if (e.source.empty() && e.url.empty())
            return;
        plain(" (");
        card_.why.push_back({e.source.empty() ? say("reason.source") : e.source, e.url, false, false});
        plain(")");
    }

    std::string sentence(std::string_view kind, std::string_view part) const {
        return say(fmt::format("{}.{}", kind, part), their_);
    }

    void from_events() {
        const auto& e = f_.events.front();
        const auto kind = to_string(e.kind);
        const auto voice = voice_of(e);
        lead();
        const char* how = about_other(e) ? (e.scope == triggers::scope::competitor ? "reason.competitor"
                                                                                   : "reason.customers_customer")
                          : e.scope == triggers::scope::industry ? "reason.industry"
                          : is_filing(e)                         ? "reason.filed"
                                                                 : "reason.told";
        tell(e, how);
        for (std::size_t i = 1; i < f_.events.size() && i < 3; ++i) {
            plain(" ");
            tell(f_.events[i], is_filing(f_.events[i]) ? "reason.also_filed" : "reason.also");
        }
        plain(" " + sentence(voice, "wiifm") + " " + sentence(voice, "cost"));
        card_.badge = say(fmt::format("{}.badge", kind));
        card_.age = text::age_in_words(book_, f_.language, days_between(e.date, f_.today));
        card_.teaser = {{headline(e) + ", " + day(e.date), "", false, false}};
        if (!e.source.empty()) {
            card_.teaser.push_back({" (", "", false, false});
            card_.teaser.push_back({e.source, e.url, false, false});
            card_.teaser.push_back({")", "", false, false});
        }
        auto s = event_slots(e);
        card_.because = say("reason.because", s);
        s.set("noun", about_other(e) ? said_kind(kind, "their_noun") : said_kind(voice, "noun"));
        s.set("bridge", said_kind(voice, "bridge")).set("question", said_kind(voice, "question"));
        const bool sayable = words_in(headline(e)) <= sayable_words;
        const bool theirs = e.scope == triggers::scope::account || e.scope == triggers::scope::person;
        if (sayable && theirs && !is_filing(e))
            if (const auto clause = spoken_.clause(headline(e), f_.account, f_.language))
                openers_.push_back(say("reason.opener_said", text::slots(s).set("clause", *clause)));
        if (sayable)
            openers_.push_back(say(about_other(e) ? "reason.opener_other"
                                   : is_filing(e) ? "reason.opener_filed"
                                                  : "reason.opener",
                                   s));
        openers_.push_back(say(about_other(e) ? "reason.opener_other_noun" : "reason.opener_noun", s));
        card_.ask.push_back(said_kind(voice, "ask"));
    }

    std::string said_kind(std::string_view kind, std::string_view part) const {
        return said(fmt::format("{}.{}", kind, part));
    }
    std::string headline(const evidence& e) const { return headline_of(e, f_.account, book_, f_.language); }

    slots event_slots(const evidence& e) const {
        auto s = base_;
        s.set("date", day(e.date)).set("headline", headline(e)).set("other", e.other);
        return s;
    }

    void tell(const evidence& e, std::string_view key) {
        plain(say(key, event_slots(e)));
        link(e);
        if (e.state == triggers::state::reported && e.confidence_is_low())
            plain(say("reason.reported"));
        plain(".");
    }

    void from_referral() {
        const auto& r = *f_.referral;
        auto s = base_;
        s.set("referrer", r.referrer)
            .set("referrer_first", book::first_name(r.referrer))
            .set("date", day(r.date))
            .set("words", r.words);
        s.set("topic", r.topic.empty() ? say("referral.topic_default") : r.topic);
        lead();
        plain(say("referral.told", s) + " " + say("referral.wiifm", s) + " " + say("referral.cost", s) + " ");
        plain(say(!r.may_name   ? "referral.permission_open"
                  : *r.may_name ? "referral.permission_yes"
                                : "referral.permission_no",
                  s));
        card_.badge = say("referral.badge");
        card_.age = text::age_in_words(book_, f_.language, days_between(r.date, f_.today));
        card_.teaser = {{say("referral.told", s), "", false, false}};
        card_.because = say("referral.because", s);
        openers_.push_back(say(r.may_name.value_or(false) ? "referral.opener_named" : "referral.opener_unnamed", s));
        if (!r.topic.empty()) { // a topic in the rep's shorthand may read badly or name too much: the plain one stands
                                // behind
            s.set("topic", say("referral.topic_default"));
            openers_.push_back(
                say(r.may_name.value_or(false) ? "referral.opener_named" : "referral.opener_unnamed", s));
        }
    }

    void from_return() {
        const auto& r = *f_.own_date;
        auto s = base_;
        s.set("date", day(r.said_on))
            .set("promised", day(r.promised))
            .set("words", r.words)
            .set("challenge", r.challenge);
        lead();
        plain(say("own_date.told", s) + " " + say("own_date.wiifm", s) + " " + say("own_date.cost", s));
        card_.badge = say("own_date.badge");
        card_.age = text::age_in_words(book_, f_.language, days_between(r.said_on, f_.today));
        card_.teaser = {{say("own_date.told", s), "", false, false}};
        card_.because = say("own_date.because", s);
        openers_.push_back(say("own_date.opener", s));
        s.set("challenge", "");
        openers_.push_back(say("own_date.opener", s));
    }

    // The first opener that is lawful; otherwise what was wrong with the last.
    std::optional<not_ready> open_with() {
        const auto facts = opener_facts(f_, book_);
        not_ready refused;
        for (const auto& words : openers_) {
            const auto verdict = law_.opener(words, facts, lint::strictness::every_value);
            if (verdict.ok) {
                card_.opener = words;
                card_.seconds = int(verdict.seconds);
                return std::nullopt;
            }
            refused.missing.clear();
            for (const auto& finding : verdict.findings)
                refused.missing.push_back("lint:" + finding.rule);
        }
        return refused;
    }

    void around() {
        const bool knows_challenge = std::ranges::any_of(f_.known, [](const auto& k) { return k.kind == "challenge"; });
        for (auto& q : book_.list(f_.language, knows_challenge ? "reason.ask_known_challenge" : "reason.ask_default"))
            card_.ask.push_back(std::move(q));
        if (card_.ask.size() > 4)
            card_.ask.resize(4);
        for (const auto& k : f_.known) {
            if (!card_.known.empty())
                card_.known.push_back({" · ", "", false, false});
            const auto label = "brief.known_label." + k.kind;
            auto s = base_;
            s.set("label", book_.has(f_.language, label) ? say(label) : std::string{})
                .set("value", k.value)
                .set("who", k.mine ? std::string{} : k.who)
                .set("mine", k.mine)
                .set("when", day(k.when));
            card_.known.push_back({say("brief.known_fact", s), "", false, false});
        }
        card_.at_the_end = say("reason.advice");
        detail();
    }

    void detail() {
        if (f_.hours) {
            auto s = base_;
            s.set("place", f_.hours->place).set("from", clock(f_.hours->from)).set("to", clock(f_.hours->to));
            s.set("here_from", clock(f_.hours->here_from)).set("here_to", clock(f_.hours->here_to));
            card_.detail.push_back(
                {say(f_.hours->same_zone ? "brief.hours_same" : "brief.hours_there", s), "", false, false});
        }
        if (f_.contact.phone.empty())
            return;
        if (!card_.detail.empty())
            card_.detail.push_back({std::string(no_break) + "· ", "", false, false});
        std::string number, shown; // a number that breaks in the middle cannot be read out
        for (const char c : f_.contact.phone) {
            if ((c >= '0' && c <= '9') || (c == '+' && number.empty()))
                number += c;
            shown += c == ' ' ? std::string(no_break) : std::string(1, c);
        }
        card_.detail.push_back({std::move(shown), number.size() > 4 ? "tel:" + number : std::string{}, false, false});
    }
};

} // namespace

std::string headline_of(const evidence& e, std::string_view account, const text::phrasebook& book,
                        std::string_view language) {
    std::string out = e.headline;
    if (out.empty() && !e.item_code.empty()) {
        const auto key = "filing." + e.item_code;
        slots s;
        s.set("account", account);
        out = book.say(language, book.has(language, key) ? key : "filing.other", s);
    }
    while (!out.empty() && (out.back() == '.' || out.back() == ' '))
        out.pop_back();
    return text::shortened(out, 140);
}

std::variant<call_card, not_ready> compose(const call_facts& facts, const text::phrasebook& book,
                                           const lint::linter& law, const spoken_headlines& spoken) {
    return writer(facts, book, law, spoken).write();
}

lint::opener_facts opener_facts(const call_facts& f, const text::phrasebook& book) {
    lint::opener_facts out;
    out.contact = {f.contact.name, f.contact.title, f.contact.email, f.account};
    out.account = f.account;
    for (const auto& e : f.events) {
        auto what = headline_of(e, f.account, book, f.language);
        if (!e.other.empty())
            what += " · " + e.other;
        out.events.push_back({what, to_iso(e.date), e.source});
    }
    if (f.referral)
        out.events.push_back(
            {f.referral->may_name.value_or(false) ? f.referral->referrer + " " + f.referral->topic : f.referral->topic,
             to_iso(f.referral->date), ""});
    if (f.own_date) {
        out.events.push_back({f.own_date->words + " " + f.own_date->challenge, to_iso(f.own_date->said_on), ""});
        out.events.push_back({"", to_iso(f.own_date->promised), ""});
    }
    for (const auto& k : f.known)
        out.known.push_back(k.value);
    out.our_customers = f.our_customers;
    out.our_product = f.our_product;
    out.rep = {f.rep_name, f.rep_company};
    return out;
}

} // namespace whynow::domain::briefs
