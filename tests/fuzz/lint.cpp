#include "domain/lint/lint.hpp"

#include "fuzz.hpp"

using namespace whynow;
using namespace whynow::domain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto made = lint::linter::from(fuzz::rules_of("lint.toml"));
    const auto& law = std::get<lint::linter>(made);
    const auto text = fuzz::text_of(data, size);
    lint::opener_facts opener;
    opener.account = "Northwind";
    opener.contact.name = "Jerry Smith";
    opener.our_customers = {"Contoso"};
    opener.our_product = text.substr(0, 20);
    lint::mail_facts mail;
    mail.contact.name = text.substr(0, size % 30);
    mail.called_on = "2026-02-12";
    for (const auto& v : {law.opener(text, opener), law.mail(text, mail)}) {
        fuzz::must(v.ok == v.findings.empty());
        for (const auto& f : v.findings)
            fuzz::must(f.from <= f.to && f.to <= size && !f.rule.empty());
    }
    return 0;
}
