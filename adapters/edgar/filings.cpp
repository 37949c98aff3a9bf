#include "adapters/edgar/filings.hpp"

#include <algorithm>

namespace whynow::edgar {

namespace {

std::string digits_of(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

std::string without_zeros(std::string digits) {
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

} // namespace

bool wanted(const filter& which, std::string_view form) {
    if (form.ends_with("/A"))
        form.remove_suffix(2);
    return which.forms.empty() || std::find(which.forms.begin(), which.forms.end(), form) != which.forms.end();
}

std::string ten_digits(std::string_view cik) {
    const std::string digits = digits_of(cik);
    if (digits.empty() || digits.size() > 10 || digits.size() != cik.size())
        return {};
    return std::string(10 - digits.size(), '0') + digits;
}

std::string submissions_url(std::string_view cik, std::string_view host) {
    return std::string(host) + "/submissions/CIK" + ten_digits(cik) + ".json";
}

std::string document_url(std::string_view cik, std::string_view accession, std::string_view document) {
    const std::string number = without_zeros(digits_of(cik));
    const std::string folder = digits_of(accession);
    if (number.empty() || folder.size() != 18 || document.find("..") != std::string_view::npos)
        return {};
    return "https://www.sec.gov/Archives/edgar/data/" + number + "/" + folder + "/" + std::string(document);
}

sources::item to_item(const filing& f) {
    sources::item out;
    out.external_id = f.accession;
    out.source = "edgar";
    out.publisher = "SEC EDGAR";
    out.title = f.form + " - " + f.company + " (" + f.cik + ") (Filer)";
    for (const std::string& code : f.codes) {
        out.summary += out.summary.empty() ? "" : "; ";
        out.summary.append("Item ").append(code).append(": ").append(item_title(code));
    }
    out.url = f.url.empty() ? document_url(f.cik, f.accession, f.document) : f.url;
    out.published = f.accepted;
    out.event_date = f.event_date;
    out.item_codes = f.codes;
    out.account_hint = f.cik.empty() ? f.company : "cik:" + f.cik;
    return out;
}

std::string user_agent(std::string_view company, std::string_view contact_mail) {
    std::string out = std::string(company) + " whynow " + std::string(contact_mail);
    std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    return out;
}

} // namespace whynow::edgar
