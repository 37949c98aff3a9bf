#include "domain/lint/lint.hpp"

#include "domain/lint/mail.hpp"
#include "domain/lint/opener.hpp"

namespace whynow::domain::lint {
namespace {

constexpr std::size_t read_at_most = 4; // times the longest opener: what comes after that is too long anyway

} // namespace

std::variant<linter, rules_problem> linter::from(const rules::node& config) {
    auto rules = rulebook::from(config);
    if (const auto* problem = std::get_if<rules_problem>(&rules))
        return *problem;
    return linter(std::make_shared<const rulebook>(std::move(std::get<rulebook>(rules))));
}

verdict linter::opener(std::string_view text, const opener_facts& f, strictness grounding) const {
    std::vector<std::string_view> facts{f.contact.name, f.contact.role, f.contact.email, f.contact.account,
                                        f.account,      f.rep.name,     f.rep.company};
    for (const auto& e : f.events)
        facts.insert(facts.end(), {e.what, e.date, e.source});
    facts.insert(facts.end(), f.known.begin(), f.known.end());
    facts.insert(facts.end(), f.more.begin(), f.more.end());
    const auto heard = text::first_words(text, read_at_most * rules_->most_words);
    checker c(heard, *rules_, {f.account, f.contact.name, f.contact.role, f.our_product, &f.our_customers, &f.rep},
              facts);
    verdict v;
    check_length(c, text, v);
    c.customers();
    c.product();
    c.searches(false);
    check_opener(c);
    c.grounding(c.read().words().size(), grounding);
    v.findings = c.take();
    v.ok = v.findings.empty();
    return v;
}

verdict linter::mail(std::string_view text, const mail_facts& f) const { return check_mail(text, f, *rules_); }

} // namespace whynow::domain::lint
