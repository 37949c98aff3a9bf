#include "adapters/csv/people.hpp"

#include "adapters/csv/doubles.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace whynow::csv {
namespace {

using domain::book::rep;

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    return out;
}

// Hosts where anybody has a mailbox: they name no company.
constexpr std::string_view mailbox_hosts[] = {
    "gmail.com",   "googlemail.com", "outlook.com", "hotmail.com", "live.com",       "msn.com",   "yahoo.com",
    "yahoo.de",    "yahoo.fr",       "yahoo.es",    "yahoo.co.uk", "icloud.com",     "me.com",    "mac.com",
    "aol.com",     "gmx.de",         "gmx.net",     "gmx.at",      "gmx.ch",         "web.de",    "t-online.de",
    "freenet.de",  "posteo.de",      "mailbox.org", "proton.me",   "protonmail.com", "orange.fr", "free.fr",
    "laposte.net", "wanadoo.fr",     "hotmail.fr",  "hotmail.es",  "hotmail.co.uk",  "bluewin.ch"};

class cells {
  public:
    cells(const table& t, const mapping& m, const vocabulary& words, const domain::zones& clocks,
          std::vector<problem>& problems)
        : words_(words), clocks_(clocks), m_(m), list_mark_(t.separator == ';' ? '|' : ';'), problems_(problems) {
        for (const auto& c : m.columns)
            if (!c.field.empty() && !find(c.field))
                fields_.push_back({c.field, m.columns_of(c.field)});
    }

    void at(const row& r) { row_ = &r; }

    const std::string& text(std::string_view field) {
        static const std::string none;
        column_ = 0;
        const auto* columns = find(field);
        if (!columns)
            return none;
        for (const auto c : *columns)
            if (!row_->cells[c].empty()) {
                column_ = c;
                return row_->cells[c];
            }
        column_ = columns->front();
        return none;
    }

    std::string name() {
        auto whole = text("name");
        if (!whole.empty())
            return whole;
        auto first = text("first_name");
        const auto& last = text("last_name");
        return first.empty() ? last : last.empty() ? first : first + " " + last;
    }

    std::string email(std::string_view field) {
        auto mail = lower(text(field));
        if (mail.starts_with("mailto:"))
            mail.erase(0, 7);
        if (mail.empty() || is_email(mail))
            return mail;
        wrong("\"" + mail + "\" is no e-mail address", "one address such as ann@example.com; the cell counts as empty");
        return {};
    }

    std::string zone() {
        const auto& z = text("zone");
        if (z.empty() || clocks_.known(z))
            return z;
        wrong("\"" + z + "\" is no time zone",
              "an IANA name such as Europe/Berlin or America/New_York; the cell counts as empty");
        return {};
    }

    std::string country() {
        const auto& name = text("country");
        if (name.empty())
            return {};
        if (auto code = words_.country(name))
            return *code;
        wrong("no country is known by the name \"" + name + "\"",
              "the two-letter code, such as US or DE; the cell counts as empty");
        return {};
    }

    double number(std::string_view field, bool whole) {
        const auto& written = text(field);
        if (written.empty())
            return 0;
        if (const auto n = read_number(written, whole))
            return *n;
        wrong("\"" + written + "\" is no number", whole ? "digits only, such as 1200; the cell counts as empty"
                                                        : "a number such as 30 or 12.5; the cell counts as empty");
        return 0;
    }

    std::optional<bool> truth(std::string_view field) {
        const auto& written = text(field);
        if (written.empty())
            return std::nullopt;
        if (const auto t = words_.truth(written))
            return t;
        wrong("\"" + written + "\" is neither yes nor no", field == "do_not_contact"
                                                               ? "yes or no; until then it counts as yes"
                                                               : "yes or no; the cell counts as empty");
        return std::nullopt;
    }

    std::vector<std::string> list(std::string_view field) {
        std::vector<std::string> out;
        const auto& written = text(field);
        for (std::size_t from = 0; from <= written.size();) {
            const auto to = std::min(written.find(list_mark_, from), written.size());
            auto item = written.substr(from, to - from);
            const auto a = item.find_first_not_of(" \t\r\n");
            if (a != item.npos)
                out.push_back(item.substr(a, item.find_last_not_of(" \t\r\n") - a + 1));
            from = to + 1;
        }
        return out;
    }

    void wrong(std::string what, std::string cure) {
        problems_.push_back({row_->number, m_.columns[column_].header, std::move(what), std::move(cure), false});
    }
    void lost(std::string what, std::string cure) {
        problems_.push_back({row_->number, {}, std::move(what), std::move(cure), true});
    }

  private:
    struct field {
        std::string name;
        std::vector<std::size_t> columns;
    };
    const vocabulary& words_;
    const domain::zones& clocks_;
    const mapping& m_;
    char list_mark_;
    std::vector<problem>& problems_;
    std::vector<field> fields_;
    const row* row_ = nullptr;
    std::size_t column_ = 0;

    const std::vector<std::size_t>* find(std::string_view name) const {
        for (const auto& f : fields_)
            if (f.name == name)
                return &f.columns;
        return nullptr;
    }

    // "1200", "1,200", "1.200" and "1 200" are whole numbers; "12.5" and "12,5" are numbers.
    static std::optional<double> read_number(std::string written, bool whole) {
        std::erase(written, ' ');
        std::erase(written, '\'');
        if (whole) {
            for (std::size_t mark; (mark = written.find_first_of(",.")) != written.npos;) {
                if (written.size() - mark < 4 || mark == 0)
                    return std::nullopt;
                written.erase(mark, 1);
            }
        } else {
            std::ranges::replace(written, ',', '.');
        }
        double value = 0;
        const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
        const bool good = error == std::errc{} && end == written.data() + written.size() && std::isfinite(value);
        return good && value >= 0 && value <= 1e8 && (!whole || value == std::floor(value)) ? std::optional(value)
                                                                                            : std::nullopt;
    }
};

void take_rep(cells& c, const row& r, people& out) {
    read_rep one{r.number, {}, false};
    one.value.name = c.name();
    one.value.email = c.email("email");
    one.value.zone = c.zone();
    one.value.slack_user = c.text("slack_user");
    one.value.teams_user = lower(c.text("teams_user"));
    one.value.manager_email = c.email("manager_email");
    one.value.team = c.text("team");
    one.value.daily_calls = c.number("daily_calls", false);
    one.value.language = lower(c.text("language")).substr(0, 2);
    if (const auto role = lower(c.text("role")); !role.empty()) {
        if (const auto known = domain::book::role_from(role)) {
            one.value.role = *known;
            one.role_told = true;
        } else {
            c.wrong("\"" + role + "\" is no role", "rep, manager or admin; the cell counts as empty");
        }
    }
    if (one.value.email.empty())
        return c.lost("a rep without an e-mail address",
                      "give every rep an e-mail address: it is what tells them apart");
    if (one.value.name.empty())
        one.value.name = one.value.email.substr(0, one.value.email.find('@'));
    out.reps.push_back(std::move(one));
}

void take_account(cells& c, const row& r, people& out) {
    read_account one{r.number, {}, {}};
    auto& a = one.value;
    a.name = c.name();
    if (const auto& site = c.text("domain"); !site.empty()) {
        a.domain = domain_of(site);
        if (a.domain.empty())
            c.wrong("\"" + site + "\" is no domain", "a host name such as example.com; the cell counts as empty");
    }
    a.ticker = c.text("ticker");
    if (auto cik = c.text("cik"); !cik.empty()) {
        if (cik.size() <= 10 && std::ranges::all_of(cik, [](char d) { return d >= '0' && d <= '9'; }))
            a.cik = std::move(cik);
        else
            c.wrong("\"" + cik + "\" is no CIK", "up to ten digits, such as 0000320193; the cell counts as empty");
    }
    a.aliases = c.list("aliases");
    a.former_names = c.list("former_names");
    a.industry = c.text("industry");
    a.employees = int(c.number("employees", true));
    a.country = c.country();
    a.competitors = c.list("competitors");
    a.customers = c.list("customers");
    one.owner = c.text("owner_email");
    if (a.name.empty())
        return c.lost("an account without a name", "give every account a name");
    out.accounts.push_back(std::move(one));
}

void take_contact(cells& c, const row& r, people& out) {
    read_contact one{r.number, {}, {}, {}, {}};
    auto& p = one.value;
    p.name = c.name();
    p.title = c.text("title");
    p.email = c.email("email");
    p.phone = c.text("phone");
    p.zone = c.zone();
    p.country = c.country();
    const bool told = !c.text("do_not_contact").empty();
    p.do_not_contact = told && c.truth("do_not_contact").value_or(true);
    p.may_email = c.truth("may_email");
    if (const auto not_so = c.truth("may_not_email"); not_so && (*not_so || !p.may_email))
        p.may_email = !*not_so;
    p.origin = c.text("origin");
    one.account = c.text("account");
    one.owner = c.text("owner_email");
    one.account_domain = domain_of(c.text("account_domain"));
    if (one.account_domain.empty() && !p.email.empty()) {
        const auto host = p.email.substr(p.email.find('@') + 1);
        if (std::ranges::find(mailbox_hosts, host) == std::end(mailbox_hosts))
            one.account_domain = host;
    }
    if (p.name.empty())
        return c.lost("a contact without a name", "give every contact a name");
    if (one.account.empty() && one.account_domain.empty())
        return c.lost("a contact of no company",
                      "name the company in the column account, or give the person's e-mail address there");
    out.contacts.push_back(std::move(one));
}

} // namespace

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == text.npos || at == 0 || at > 64 || text.size() > 254 || text.find('@', at + 1) != text.npos)
        return false;
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= ' ' || c == 127 ||
            std::string_view("<>()[]\\,;:\"").find(c) != std::string_view::npos)
            return false;
    const auto host = text.substr(at + 1);
    const auto dot = host.rfind('.');
    return dot != host.npos && dot > 0 && host.size() - dot > 2 && host.front() != '.' && host.front() != '-' &&
           host.find("..") == host.npos && text[at - 1] != '.' && text.front() != '.' && text.find("..") == text.npos;
}

std::string domain_of(std::string_view text) {
    if (const auto scheme = text.find("://"); scheme != text.npos)
        text.remove_prefix(scheme + 3);
    text = text.substr(0, text.find_first_of("/?#"));
    if (const auto user = text.rfind('@'); user != text.npos)
        text.remove_prefix(user + 1);
    text = text.substr(0, text.find(':'));
    auto host = lower(text);
    if (host.starts_with("www."))
        host.erase(0, 4);
    while (!host.empty() && host.back() == '.')
        host.pop_back();
    const auto dot = host.find('.');
    return dot == host.npos || dot == 0 || host.find_first_of(" \t\"'<>,;") != host.npos ? std::string{} : host;
}

people read_people(const table& t, const mapping& m, const vocabulary& words, const domain::zones& clocks) {
    people out;
    if (!m.missing.empty())
        return out;
    cells c(t, m, words, clocks, out.problems);
    for (const auto& r : t.rows) {
        c.at(r);
        switch (m.kind) {
        case kind::reps: take_rep(c, r, out); break;
        case kind::accounts: take_account(c, r, out); break;
        case kind::contacts: take_contact(c, r, out); break;
        }
    }
    drop_doubles(out);
    return out;
}

} // namespace whynow::csv
