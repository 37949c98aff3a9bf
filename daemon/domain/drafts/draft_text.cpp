#include "domain/drafts/draft_text.hpp"

#include "domain/text/utf8.hpp"
#include "domain/text/written.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::domain::drafts {
namespace {

using outcomes::result;
using text::slots;

bool has(const std::vector<result>& all, result r) { return std::ranges::find(all, r) != all.end(); }

// The result that the thank-you is about: the one the customer would name first.
std::string_view leading(const std::vector<result>& all) {
    for (const auto r : {result::meeting_booked, result::not_interested, result::already_solved, result::needs_info,
                         result::call_back, result::interested_later, result::has_vendor, result::referral})
        if (has(all, r))
            return to_string(r);
    return "none";
}

class mail_writer {
  public:
    mail_writer(const mail_facts& f, const text::phrasebook& book, const lint::linter& law)
        : f_(f), book_(book), law_(law) {
        const auto day = [&](local_date d) { return text::day_and_month(book_, f_.language, d, f_.today); };
        base_.set("first", book::first_name(f.contact.name))
            .set("name", f.contact.name)
            .set("account", f.account)
            .set("rep", f.rep.name)
            .set("company", f.rep_company);
        base_.set("when",
                  f.called_on == f.today ? say("dates.today") : say("dates.on", slots{}.set("day", day(f.called_on))));
        base_.set("follow_up", f.follow_up ? day(*f.follow_up) : std::string{});
        base_.set("time", f.follow_up_time ? text::clock(book_, f.language, *f.follow_up_time) : std::string{});
        base_.set("challenge", f.challenge).set("vendor", f.vendor);
        base_.set("signature", f.rep.signature.empty() ? f.rep.name : f.rep.signature);
    }

    slots base_;

    std::string say(std::string_view key, const slots& s = {}) const { return book_.say(f_.language, key, s); }

    lint::mail_facts facts(std::string_view kind) const {
        lint::mail_facts out;
        out.kind = kind == "referral" ? lint::mail_kind::referral : lint::mail_kind::thank_you;
        out.contact = {f_.contact.name, f_.contact.title, f_.contact.email, f_.account};
        out.outcome = "connected";
        out.result = std::string(leading(f_.results));
        out.called_on = to_iso(f_.called_on);
        if (f_.follow_up)
            out.follow_up = lint::mail_facts::when{to_iso(*f_.follow_up),
                                                   f_.follow_up_time ? to_clock(*f_.follow_up_time) : std::string{}};
        out.country = f_.contact.country;
        for (const auto& known : {f_.challenge, f_.vendor})
            if (!known.empty())
                out.known.push_back(known);
        out.rep = {f_.rep.name, f_.rep_company};
        if (!f_.rep.signature.empty())
            out.more.push_back(f_.rep.signature);
        out.our_product = f_.our_product;
        out.our_customers = f_.our_customers;
        if (!f_.referrals.empty())
            out.referral = referred(f_.referrals.front());
        return out;
    }

    static lint::mail_facts::referred referred(const referred_person& r) {
        return {r.name, r.title, r.email, r.may_name};
    }

    // The first text that is lawful.
    mail lawful(std::vector<mail_text> forms) const {
        std::vector<std::string> refused;
        for (auto& m : forms) {
            const auto verdict = law_.mail(as_lint_text(m.to, m.subject, m.body), m.facts);
            if (verdict.ok)
                return std::move(m);
            refused.clear();
            for (const auto& f : verdict.findings)
                refused.push_back(f.rule);
        }
        return refused;
    }

    std::string body(const std::vector<std::string>& paragraphs, std::string_view to) const {
        std::string out = say("mail.salutation", slots{}.set("first", book::first_name(to)).set("name", to));
        for (const auto& p : paragraphs)
            if (!p.empty())
                out += "\n\n" + p;
        return out + "\n\n" + say("mail.closing", base_);
    }

    const mail_facts& f_;

  private:
    const text::phrasebook& book_;
    const lint::linter& law_;
};

} // namespace

bool owes_thanks(outcomes::disposition how, const std::vector<result>& results) {
    return how == outcomes::disposition::connected && !has(results, result::do_not_contact);
}

mail thank_you(const mail_facts& f, const text::phrasebook& book, const lint::linter& law) {
    const mail_writer w(f, book, law);
    const auto form = [&](bool with_details) {
        auto s = w.base_;
        if (!with_details) // the rep's shorthand does not always make a sentence: then the mail does without it
            s.set("challenge", "").set("vendor", "");
        const auto lead = leading(f.results);
        std::string second;
        if (!f.referrals.empty() && !f.referrals.front().name.empty()) {
            s.set("referral", f.referrals.front().name);
            second = w.say("mail.referral_line", s);
        }
        const bool done = lead == "not_interested" || lead == "already_solved" || lead == "has_vendor";
        auto first_line = w.say(fmt::format("mail.thank_you.outcome.{}", lead), s);
        mail_text m;
        m.to = f.contact.email;
        m.subject = w.say(f.called_on == f.today ? "mail.thank_you.subject" : "mail.thank_you.subject_other", s);
        m.body = w.body({first_line, second, w.say(done ? "mail.thank_you.last_no" : "mail.thank_you.last", s)},
                        f.contact.name);
        m.facts = w.facts("thank_you");
        return m;
    };
    return w.lawful({form(true), form(false)});
}

mail referral_message(const mail_facts& f, std::size_t which, const text::phrasebook& book, const lint::linter& law) {
    const mail_writer w(f, book, law);
    const auto& person = f.referrals.at(which);
    const bool named = person.may_name.value_or(false);
    const auto form = [&](const std::string& topic) {
        auto s = w.base_;
        s.set("referrer", f.contact.name).set("topic", topic);
        mail_text m;
        m.to = person.email;
        m.subject = w.say(named ? "mail.referral.subject_named" : "mail.referral.subject_unnamed", s);
        m.body = w.body({w.say(named ? "mail.referral.body_named" : "mail.referral.body_unnamed", s),
                         w.say("mail.referral.last", s)},
                        person.name);
        m.facts = w.facts("referral");
        m.facts.referral = mail_writer::referred(person);
        return m;
    };
    const auto plain = w.say("mail.referral.topic_default");
    return w.lawful({form(f.challenge.empty() ? plain : f.challenge), form(plain)});
}

mail loop_closing(const mail_facts& f, std::string_view referred, bool good, const text::phrasebook& book,
                  const lint::linter& law) {
    const mail_writer w(f, book, law);
    auto s = w.base_;
    s.set("referred", referred).set("good", good);
    mail_text m;
    m.to = f.contact.email;
    m.subject = w.say("mail.loop_closing.subject", s);
    m.body = w.body({w.say("mail.loop_closing.body", s)}, f.contact.name);
    m.facts = w.facts("thank_you");
    m.facts.more.emplace_back(referred);
    return w.lawful({m});
}

std::string as_lint_text(std::string_view to, std::string_view subject, std::string_view body) {
    return fmt::format("To: {}\nSubject: {}\n\n{}", to, subject, body);
}

} // namespace whynow::domain::drafts
