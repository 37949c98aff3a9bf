#include "domain/book/book.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::book {
namespace {

struct entry {
    std::string_view words; // folded; a '*' at the end takes every word that begins so
    book::persona persona;
};

using enum persona;

// Phrases first: they say more than their words.
constexpr entry phrases[] = {
    {"customer success", unknown},
    {"product owner", unknown},
    {"process owner", unknown},
    {"product manage*", unknown},
    {"project manage*", unknown},
    {"data protection", legal},
    {"general counsel", legal},
    {"human resources", people},
    {"people operations", people},
    {"people and culture", people},
    {"employee experience", people},
    {"recursos humanos", people},
    {"ressources humaines", people},
    {"human capital", people},
    {"supply chain", operations},
    {"business development", sales},
    {"information technology", technology},
    {"information security", technology},
    {"information officer", technology},
    {"revenue operations", sales},
    {"account executive", sales},
    {"account manage*", sales},
    {"key account*", sales},
    {"chief of staff", executive},
    {"demand generation", marketing},
    {"public relations", marketing},
    {"talent acquisition", people},
    {"cadena de suministro", operations},
    {"tecnologias de la informacion", technology},
    {"directeur commercial", sales},
    {"kaufmannische* leit*", finance},
    {"kaufmannische* geschaftsfuhr*", finance},
    {"technische* leit*", technology},
    {"technische* geschaftsfuhr*", technology},
};

constexpr entry functions[] = {
    // finance
    {"cfo", finance},
    {"finance", finance},
    {"finances", finance},
    {"financial", finance},
    {"controller", finance},
    {"controlling", finance},
    {"comptroller", finance},
    {"treasur*", finance},
    {"account*", finance},
    {"audit*", finance},
    {"tax", finance},
    {"finanz*", finance},
    {"buchhalt*", finance},
    {"rechnungswesen", finance},
    {"steuer*", finance},
    {"daf", finance},
    {"raf", finance},
    {"financier*", finance},
    {"comptab*", finance},
    {"tresor*", finance},
    {"finanzas", finance},
    {"financiero", finance},
    {"financiera", finance},
    {"contab*", finance},
    {"tesor*", finance},
    // operations
    {"coo", operations},
    {"operations", operations},
    {"operating", operations},
    {"operational", operations},
    {"logisti*", operations},
    {"manufacturing", operations},
    {"production", operations},
    {"plant", operations},
    {"fulfillment", operations},
    {"warehous*", operations},
    {"facilit*", operations},
    {"quality", operations},
    {"betriebs*", operations},
    {"produktion*", operations},
    {"fertigung*", operations},
    {"werk*", operations},
    {"lager*", operations},
    {"qualitat*", operations},
    {"exploitation", operations},
    {"usine", operations},
    {"operaciones", operations},
    {"produccion", operations},
    {"planta", operations},
    {"fabrica", operations},
    {"calidad", operations},
    {"qualite", operations},
    // sales
    {"cro", sales},
    {"cso", sales},
    {"sales", sales},
    {"revenue", sales},
    {"selling", sales},
    {"vertrieb*", sales},
    {"verkauf*", sales},
    {"aussendienst*", sales},
    {"ventes", sales},
    {"commercial*", sales},
    {"ventas", sales},
    {"comercial", sales},
    {"salesforce", sales},
    // marketing
    {"cmo", marketing},
    {"marketing*", marketing},
    {"brand*", marketing},
    {"communication*", marketing},
    {"kommunikation*", marketing},
    {"werbung", marketing},
    {"marke", marketing},
    {"marque*", marketing},
    {"comunicacion*", marketing},
    {"marca*", marketing},
    {"mercadotecnia", marketing},
    {"mercadeo", marketing},
    {"advertising", marketing},
    // technology
    {"cio", technology},
    {"cto", technology},
    {"ciso", technology},
    {"cdo", technology},
    {"it", technology},
    {"edv", technology},
    {"dsi", technology},
    {"rssi", technology},
    {"technolog*", technology},
    {"technical", technology},
    {"technique*", technology},
    {"technik", technology},
    {"technischer", technology},
    {"technische", technology},
    {"engineer*", technology},
    {"software", technology},
    {"informati*", technology},
    {"data", technology},
    {"cyber*", technology},
    {"security", technology},
    {"digital", technology},
    {"infrastructure", technology},
    {"developer", technology},
    {"entwicklung*", technology},
    {"tecnolog*", technology},
    {"tecnico", technology},
    {"sistemas", technology},
    {"ingenier*", technology},
    {"ti", technology},
    {"systeme*", technology},
    {"systems", technology},
    // people
    {"chro", people},
    {"hr", people},
    {"people", people},
    {"talent*", people},
    {"recruit*", people},
    {"drh", people},
    {"rh", people},
    {"rrhh", people},
    {"personal", people},
    {"personalleit*", people},
    {"personalreferent*", people},
    {"personalabteilung", people},
    {"personalchef*", people},
    {"humaines", people},
    {"talento", people},
    {"reclutamiento", people},
    {"recrutement", people},
    {"personalwesen", people},
    {"payroll", people},
    // procurement
    {"procurement", procurement},
    {"purchas*", procurement},
    {"buyer", procurement},
    {"sourcing", procurement},
    {"einkauf*", procurement},
    {"einkaufer*", procurement},
    {"beschaffung*", procurement},
    {"achat*", procurement},
    {"acheteu*", procurement},
    {"compras", procurement},
    {"comprador*", procurement},
    {"approvisionnement*", procurement},
    {"aprovisionamiento*", procurement},
    {"category", procurement},
    // legal
    {"legal", legal},
    {"counsel", legal},
    {"lawyer", legal},
    {"attorney", legal},
    {"compliance", legal},
    {"clo", legal},
    {"regulatory", legal},
    {"privacy", legal},
    {"recht*", legal},
    {"justiziar*", legal},
    {"justitiar*", legal},
    {"syndikus*", legal},
    {"jurist*", legal},
    {"datenschutz*", legal},
    {"juridique*", legal},
    {"conformite", legal},
    {"avocat*", legal},
    {"juridic*", legal},
    {"abogad*", legal},
    {"cumplimiento", legal},
};

// The whole company is theirs, whatever else the title says.
constexpr std::string_view heads[] = {"ceo",        "founder",     "cofounder",         "grunder*", "mitgrunder*",
                                      "fondat*",    "cofondat*",   "fundador*",         "pdg",      "chairman",
                                      "chairwoman", "chairperson", "vorstandsvorsitz*", "inhaber*"};
constexpr std::string_view head_phrases[] = {"chief executive",     "managing director",  "directeur general",
                                             "directrice generale", "director general",   "directora general",
                                             "consejero delegado",  "consejera delegada", "co founder"};
// So are theirs, unless a function stands beside it ("President, Sales").
constexpr std::string_view seniors[] = {"president",  "presidente", "presidenta", "geschaftsfuhr*", "vorstand*",
                                        "gerant*",    "gerente",    "partner",    "principal",      "executive",
                                        "proprietor", "owner",      "directorio"};
// Not the person who decides: their title names somebody else's work.
constexpr std::string_view assistants[] = {"assist*",     "secretar*", "sekretar*", "asistente",
                                           "praktikant*", "intern",    "stagiaire", "werkstudent*"};

bool fits(std::string_view pattern, std::string_view word) {
    if (!pattern.ends_with('*'))
        return pattern == word;
    return word.starts_with(pattern.substr(0, pattern.size() - 1));
}

std::vector<std::string> words_of(std::string_view title) {
    std::vector<std::string> out(1);
    for (const char c : text::folded(title)) {
        const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (part)
            out.back() += c;
        else if (!out.back().empty())
            out.emplace_back();
    }
    if (out.back().empty())
        out.pop_back();
    return out;
}

std::vector<std::string> pattern_words(std::string_view phrase) {
    std::vector<std::string> out(1);
    for (const char c : phrase) {
        if (c == ' ')
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

bool stands_at(const std::vector<std::string>& pattern, const std::vector<std::string>& words, std::size_t at) {
    if (at + pattern.size() > words.size())
        return false;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (!fits(pattern[i], words[at + i]))
            return false;
    return true;
}

template <class List>
bool any_word(const List& patterns, const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [&](const auto& word) {
        return std::any_of(std::begin(patterns), std::end(patterns), [&](auto p) { return fits(p, word); });
    });
}

bool any_phrase(const std::vector<std::string>& words) {
    return std::any_of(std::begin(head_phrases), std::end(head_phrases), [&](auto phrase) {
        const auto pattern = pattern_words(phrase);
        for (std::size_t at = 0; at < words.size(); ++at)
            if (stands_at(pattern, words, at))
                return true;
        return false;
    });
}

// What is named first is what the person does: "Sales Operations Manager" sells.
std::optional<persona> first_function(const std::vector<std::string>& words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        for (const auto& p : phrases)
            if (stands_at(pattern_words(p.words), words, at))
                return p.persona;
        for (const auto& f : functions)
            if (fits(f.words, words[at]))
                return f.persona;
    }
    return std::nullopt;
}

} // namespace

std::string_view to_string(persona p) {
    constexpr std::array<std::string_view, 10> names{"unknown",   "executive",  "finance", "operations",  "sales",
                                                     "marketing", "technology", "people",  "procurement", "legal"};
    return names.at(static_cast<std::size_t>(p));
}

persona persona_of(std::string_view title) {
    const auto words = words_of(title);
    if (words.empty() || any_word(assistants, words))
        return unknown;
    if (any_word(heads, words))
        return executive;
    // "Managing Director, Sales" is one of many; "Managing Director" alone is the head.
    const auto function = first_function(words);
    if (function)
        return *function;
    if (any_phrase(words))
        return executive;
    // "Vice President" of nothing said: nobody knows.
    const bool vice = words.size() == 2 && (words[0] == "vice" || words[0] == "assistant") && words[1] == "president";
    if (!vice && any_word(seniors, words))
        return executive;
    return unknown;
}

} // namespace whynow::domain::book
