#include "domain/lint/mail.hpp"

#include "domain/lint/headers.hpp"
#include "domain/lint/outcome.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::domain::lint {
namespace {

constexpr double outcome_share = 0.4; // of the outcome's own words that must come back in the mail
constexpr int least_told = 5;         // words of an outcome of which one at least must come back

bool one_edit_apart(std::string_view a, std::string_view b) {
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > 1 || a == b)
        return false;
    std::size_t i = 0;
    while (i < a.size() && a[i] == b[i])
        ++i;
    if (a.substr(std::min(i + (a.size() == b.size() ? 1 : 0), a.size())) == b.substr(i + 1))
        return true;
    // two neighbours changed places
    return a.size() == b.size() && i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
           a.substr(i + 2) == b.substr(i + 2);
}

class mail_check {
  public:
    mail_check(checker& c, const mail_facts& f, const mail_head& head, std::size_t shift)
        : c_(c), f_(f), head_(head), shift_(shift), words_(c.read().words()) {
        add_name_words(f.kind == mail_kind::referral && f.referral ? f.referral->name : f.contact.name, recipient_);
    }

    void run(std::string_view whole) {
        if (head_.injected)
            refuse("header_injection", head_.injected_at, std::min(head_.injected_at + 20, whole.size()));
        if (head_.many)
            refuse("several_recipients", 0, std::min(whole.size(), head_.body_at));
        address();
        greeting();
        misspelt();
        if (f_.kind == mail_kind::thank_you) {
            if (!thanked())
                c_.found("no_thanks", {0, std::min<std::size_t>(3, words_.size())});
            outcome();
        } else {
            referrer();
        }
        company();
        advertising();
    }

    // The first word of the signature: what follows "Kind regards".
    std::size_t signature() const {
        if (!f_.rep.name.empty())
            return words_.size();
        for (const auto& a : c_.read().sentences())
            if (a.words.from > 0 && c_.read().match().match_class("closing", a.words.from, a.words.to))
                return a.words.from;
        return words_.size();
    }

    bool solicited() const {
        return solicited_by(f_.outcome) || solicited_by(f_.result) ||
               std::ranges::any_of(f_.known, [&](const auto& k) { return solicited_by(k); });
    }

    // A referral mail may say in one plain clause what its sender was calling about.
    bool names_trade(const sentence_act& a) const {
        const auto& m = c_.read().match();
        return f_.kind == mail_kind::referral && m.find_class("names_trade", a.words) &&
               !m.find_class("praises_trade", a.words);
    }

    // They agreed to meet, not only to speak again some day.
    bool meeting_agreed() const {
        return f_.follow_up && (!f_.follow_up->time.empty() || f_.result == "meeting_set" || met_by(f_.outcome));
    }

    // The day or hour agreed on, or the pleasure of it.
    bool speaks_of_what_was_agreed(const sentence_act& a) const {
        if (!f_.follow_up)
            return false;
        if (states(*f_.follow_up, a.words))
            return meeting_agreed() || !a.question;
        return meeting_agreed() && c_.read().match().find_class("anticipation", a.words);
    }

  private:
    // The words of the body; the checker reads the subject as well.
    span body() const {
        const auto first =
            std::ranges::find_if(words_, [&](const auto& w) { return w.from + shift_ >= head_.body_at; });
        return {static_cast<std::size_t>(first - words_.begin()), words_.size()};
    }

    static void add_name_words(std::string_view name, std::vector<std::string>& out) {
        for (const auto& w : text::read_words(name).words)
            out.push_back(w.folded);
    }

    // A word of thanks that is no mere "because of": "dank Ihrer Durchwahl", "thanks to the new till".
    bool thanked() const {
        const auto& m = c_.read().match();
        for (auto rest = body(); const auto at = m.find_class("thanks", rest); rest.from = at->from + 1)
            if (!m.match_class("because_of", at->from, rest.to))
                return true;
        return false;
    }

    void refuse(std::string_view rule, std::size_t from, std::size_t to) { c_.found_at(rule, from, to); }

    bool solicited_by(std::string_view fact) const { return says(fact, "asked_for"); }
    bool met_by(std::string_view fact) const { return says(fact, "meeting"); }

    bool says(std::string_view fact, std::string_view word_class) const {
        const std::vector<text::words_and_sentences> read{text::read_words(fact)};
        const auto& words = read.front().words;
        const vocabulary nothing;
        const matcher m(words, language_of(read, c_.rules()).classes, nothing);
        return m.find_class(word_class, {0, words.size()}).has_value();
    }

    // What our company does is a pitch; its name in a signature is not.
    void company() {
        if (solicited())
            return;
        for (const auto& a : c_.read().sentences())
            for (auto at = a.words.from; at < a.words.to && a.words.to - a.words.from > 4; ++at)
                if (c_.company_acts(at, a.words) && !names_trade(a))
                    return c_.found("product_pitch", a.words);
    }

    bool of_recipient(std::string_view w) const {
        return std::ranges::any_of(
            recipient_, [&](const std::string& r) { return r == w || without_umlauts(r) == without_umlauts(w); });
    }

    void address() {
        const auto& expected = f_.kind == mail_kind::referral && f_.referral ? f_.referral->email : f_.contact.email;
        for (const auto a : head_.addresses)
            if (!expected.empty() && text::folded(a) != text::folded(expected)) {
                refuse("wrong_name", 0, head_.to.size());
                refuse("ungrounded", 0, head_.to.size());
            }
        const auto name = head_.to.substr(0, head_.to.find_first_of("<@"));
        if (head_.to.find('<') == std::string_view::npos || recipient_.empty())
            return;
        for (const auto& w : text::read_words(name).words)
            if (!of_recipient(w.folded) && w.folded.size() >= 2 && !c_.rules().never_names.contains(w.folded))
                refuse("wrong_name", 0, head_.to.size());
    }

    // A name where a greeting has one: "Dear Ms Whitford", "Hola, Rosa:", "Jerry,".
    void greeting() {
        const auto first = std::ranges::find_if(c_.read().sentences(), [&](const sentence_act& a) {
            return words_[a.words.from].from + shift_ >= head_.body_at;
        });
        if (first == c_.read().sentences().end() || recipient_.empty())
            return;
        const auto s = first->words;
        const auto hello = c_.read().match().match_class("greeting", s.from, s.to);
        if (!hello && s.to - s.from > 3 && words_[s.from + 1].before != ',')
            return;
        auto at = hello.value_or(s.from);
        const bool apart = hello && at < s.to && words_[at].before == ',';
        for (; at < s.to; ++at) {
            const auto& w = words_[at];
            if (c_.is("honorific", at) || c_.is("greeting", at) || of_recipient(w.folded) ||
                c_.rules().never_names.contains(w.folded))
                continue;
            if (names_nobody(at) || (apart && !ends_a_clause(at, s)))
                return;
            return c_.found("wrong_name", {at, at + 1});
        }
    }

    bool names_nobody(std::size_t at) const {
        const auto& w = words_[at];
        return !w.capital || w.folded.size() < 2 || c_.read().lang().common.contains(w.folded) || c_.is("thanks", at) ||
               c_.is("ordinary_capital", at) || c_.rules().weekdays.contains(w.folded);
    }

    // Only capital words follow until the next sign.
    bool ends_a_clause(std::size_t at, span s) const {
        for (++at; at < s.to; ++at)
            if (words_[at].opens_clause)
                return true;
            else if (!words_[at].capital)
                return false;
        return true;
    }

    void misspelt() {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            const auto& w = words_[at];
            if (!w.capital || w.folded.size() < 4 || c_.facts().has_word(w.folded) ||
                c_.read().lang().common.contains(w.folded))
                continue;
            if (std::ranges::any_of(recipient_,
                                    [&](const std::string& r) { return r.size() >= 4 && one_edit_apart(r, w.folded); }))
                return c_.found("wrong_name", {at, at + 1});
        }
    }

    void outcome() {
        if (f_.follow_up && states(*f_.follow_up, c_.read().all()))
            return;
        const auto unsaid = [&] {
            const auto& s = c_.read().sentences();
            c_.found("no_outcome", s.empty() ? span{} : s.back().words);
        };
        if (goes_on() && !echoes())
            return unsaid();
        if (says_outcome(c_))
            return;
        std::size_t all = 0, said = 0;
        for (const auto* fact : {&f_.outcome, &f_.result})
            for (const auto& w : text::read_words(*fact).words) {
                if (w.folded.size() < 4 || ordinary(w.folded))
                    continue;
                all += fact == &f_.outcome || f_.outcome.empty() ? 1 : 0; // the result is one of our own words
                const auto again = std::ranges::find_if(
                    words_, [&](const auto& x) { return x.folded.starts_with(w.folded.substr(0, 5)); });
                if (again == words_.end())
                    continue;
                ++said;
                if (denied(static_cast<std::size_t>(again - words_.begin())))
                    return;
            }
        if (all > 0 && said >= 2 && double(said) >= outcome_share * double(all))
            return;
        if (!tells_of_them(c_, body()))
            unsaid();
    }

    // The conversation is to go on, so that there is something to be said of it; told at some length, in the language
    // of the mail.
    bool goes_on() const {
        const auto& open = c_.rules().open_results;
        const auto told = text::read_words(f_.outcome);
        const auto content = std::ranges::count_if(
            told.words, [&](const auto& w) { return w.folded.size() >= 4 && !ordinary(w.folded); });
        return std::ranges::find(open, f_.result) != open.end() && content >= least_told &&
               &language_of({told}, c_.rules()) == &c_.read().lang();
    }

    // A word or number of the outcome, or of what is known of them, comes back in the mail.
    bool echoes() const {
        const auto said = [&](std::string_view fact) {
            return std::ranges::any_of(text::read_words(fact).words, [&](const auto& w) {
                return (w.number || (w.folded.size() >= 4 && !ordinary(w.folded) && !of_recipient(w.folded))) &&
                       std::ranges::any_of(words_, [&](const auto& x) {
                           return w.number ? x.folded == w.folded : x.folded.starts_with(w.folded.substr(0, 4));
                       });
            });
        };
        return said(f_.outcome) || std::ranges::any_of(f_.known, said);
    }

    // "Bedarf sehen Sie keinen": a word of the outcome in a sentence that says no.
    bool denied(std::size_t at) const {
        return std::ranges::any_of(c_.read().sentences(), [&](const sentence_act& a) {
            return a.words.from <= at && at < a.words.to && c_.read().match().find_class("negation", a.words);
        });
    }

    bool ordinary(const std::string& w) const {
        return c_.read().lang().common.contains(w) || c_.rules().never_names.contains(w);
    }

    // The day or hour agreed on; a weekday that is also that of the call says nothing.
    bool states(const mail_facts::when& when, span inside) const {
        const auto& lang = c_.read().lang();
        fact_index agreed(c_.rules()), past(c_.rules());
        for (const auto* text : {&when.date, &when.time})
            agreed.add(text::read_words(*text).words, lang, lang);
        past.add(text::read_words(f_.called_on).words, lang, lang);
        return std::ranges::any_of(c_.quantities(), [&](const quantity& q) {
            using kind = quantity::kind;
            const bool counts = q.what == kind::date || q.what == kind::time || (q.what == kind::number && q.as_day) ||
                                ((q.what == kind::weekday || q.what == kind::month) && !past.has(q));
            return counts && q.at.from >= inside.from && q.at.to <= inside.to && agreed.has(q);
        });
    }

    void referrer() {
        if (!f_.referral || f_.referral->may_name_referrer.value_or(false))
            return;
        const auto& m = c_.read().match();
        std::vector<std::string> names;
        add_name_words(f_.contact.name, names);
        std::string initials;
        for (const auto& n : names)
            initials += n.substr(0, 1);
        for (std::size_t at = 0; at < words_.size(); ++at) {
            const auto& w = words_[at];
            const bool named = w.folded.size() >= 2 && !of_recipient(w.folded) && w.capital &&
                               std::ranges::any_of(names, [&](const auto& n) {
                                   return without_umlauts(n) == without_umlauts(w.folded) || w.folded == n + "s";
                               });
            const bool lettered = initials.size() >= 2 && w.capital && w.folded.size() == 1 && at + 1 < words_.size() &&
                                  words_[at + 1].capital && words_[at + 1].folded.size() == 1 &&
                                  w.folded + words_[at + 1].folded == initials;
            const bool joined = initials.size() >= 2 && w.shouted && w.folded == initials;
            if (named || lettered || joined)
                return c_.found("names_referrer", {at, at + 1});
        }
        by_role(m);
    }

    void by_role(const matcher& m) {
        word_class role;
        add_name(role, f_.contact.role);
        vocabulary own;
        own["role"] = role;
        const matcher mine(words_, c_.read().lang().classes, own);
        for (const auto& a : c_.read().sentences()) {
            if (!m.find_class("suggested", a.words))
                continue;
            if (const auto at = f_.contact.role.empty() ? std::nullopt : mine.find_class("role", a.words))
                return c_.found("names_referrer", *at);
            if (const auto at = m.find_class("told_by_role", a.words))
                return c_.found("names_referrer", *at);
        }
    }

    void advertising() {
        const auto country = text::folded(f_.country);
        const auto& list = c_.rules().advertising_countries;
        if (std::ranges::none_of(list, [&](const auto& x) { return text::folded(x) == country; }))
            return;
        if (const auto at = c_.claims("advert"); at && !solicited())
            return c_.found("advertising_de", *at);
        if (c_.has("product_pitch") || c_.has("own_urgency"))
            c_.found("advertising_de", c_.read().all());
    }

    checker& c_;
    const mail_facts& f_;
    const mail_head& head_;
    std::size_t shift_;
    const std::vector<text::word>& words_;
    std::vector<std::string> recipient_;
};

} // namespace

verdict check_mail(std::string_view text, const mail_facts& f, const rulebook& rules) {
    std::vector<std::string_view> facts{f.contact.name, f.contact.role, f.contact.account, f.contact.email,
                                        f.outcome,      f.result,       f.called_on,       f.country,
                                        f.rep.name,     f.rep.company};
    if (f.follow_up)
        facts.insert(facts.end(), {f.follow_up->date, f.follow_up->time});
    if (f.referral)
        facts.insert(facts.end(), {f.referral->name, f.referral->title, f.referral->email});
    facts.insert(facts.end(), f.known.begin(), f.known.end());
    facts.insert(facts.end(), f.more.begin(), f.more.end());
    const auto head = read_head(text);
    const auto shift = head.subject.empty() ? head.body_at : std::min(head.subject_at, head.body_at);
    const auto read = text.substr(std::min(shift, text.size()));
    checker c(read, rules, {f.contact.account, f.contact.name, f.contact.role, f.our_product, &f.our_customers, &f.rep},
              facts, shift);
    mail_check m(c, f, head, shift);
    c.customers();
    c.product([&](const sentence_act& a) { return m.names_trade(a); });
    c.searches(true, [&, asked = m.solicited()](const search& s, const sentence_act& a) {
        return (s.unsolicited && (asked || m.names_trade(a))) ||
               (s.rule == "asks_for_meeting" && m.speaks_of_what_was_agreed(a));
    });
    c.grounding(m.signature(), strictness::every_value, !head.subject.empty());
    m.run(text);
    verdict v;
    v.words = text::count_words(text.substr(std::min(head.body_at, text.size())));
    v.seconds = int(std::lround(double(v.words) * 60.0 / rules.words_per_minute));
    v.findings = c.take();
    v.ok = v.findings.empty();
    return v;
}

} // namespace whynow::domain::lint
