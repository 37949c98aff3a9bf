#include "adapters/edgar/filings.hpp"
#include "sources/documents/plain_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace whynow::edgar {

namespace {

using nlohmann::json;
constexpr std::size_t most_bytes = 16u << 20;
constexpr int most_depth = 32;

std::optional<json> parsed(std::string_view body, std::string& complaint) {
    if (body.size() > most_bytes) {
        complaint = "the document is too large";
        return std::nullopt;
    }
    bool deep = false;
    const json::parser_callback_t shallow = [&](int depth, json::parse_event_t, json&) {
        deep = deep || depth > most_depth;
        return !deep;
    };
    json out = json::parse(body, shallow, false);
    if (out.is_discarded() || deep) {
        complaint = deep ? "the JSON is nested too deep" : "this is no JSON";
        return std::nullopt;
    }
    return out;
}

std::string text(const json& object, const char* key) {
    const auto at = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && at != object.end() && at->is_string() ? at->get<std::string>() : std::string{};
}

// One cell of the columns in which submissions stand.
std::string cell(const json& columns, const char* column, std::size_t row) {
    const auto at = columns.find(column);
    if (at == columns.end() || !at->is_array() || row >= at->size() || !(*at)[row].is_string())
        return {};
    return (*at)[row].get<std::string>();
}

// Acceptance times of submissions end in Z; in answers seen they were Eastern wall time all the same. Taken by the
// letter: hours early at worst, and the day of the event stands beside it.
std::optional<domain::instant> accepted_at(const std::string& acceptance, const std::string& day) {
    if (const auto at = domain::parse_iso_instant(acceptance))
        return at;
    const auto date = domain::parse_iso_date(day);
    return date ? std::optional<domain::instant>(std::chrono::sys_days{*date}) : std::nullopt;
}

// "Maquia Capital Acquisition Corp  (MAQC, MAQCU)  (CIK 0001844419)"
std::string name_in(const std::string& display) {
    return sources::documents::tidy(display.substr(0, display.find("  (")));
}

sources::reading unreadable(std::string complaint) {
    sources::reading out;
    out.readable = false;
    out.complaint = std::move(complaint);
    return out;
}

std::string first_of(const json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_array() && !at->empty() && (*at)[0].is_string() ? (*at)[0].get<std::string>()
                                                                                        : std::string{};
}

filing hit_filing(const json& hit, const json& source) {
    filing f;
    f.form = text(source, "form");
    f.accession = text(source, "adsh");
    f.cik = ten_digits(first_of(source, "ciks"));
    f.company = name_in(first_of(source, "display_names"));
    const std::string id = text(hit, "_id");
    f.document = id.find(':') == std::string::npos ? std::string{} : id.substr(id.find(':') + 1);
    f.event_date = domain::parse_iso_date(text(source, "period_ending"));
    f.accepted = accepted_at({}, text(source, "file_date"));
    if (const auto items = source.find("items"); items != source.end() && items->is_array())
        for (const json& code : *items)
            if (code.is_string() && !item_title(code.get_ref<const std::string&>()).empty())
                f.codes.push_back(code.get<std::string>());
    return f;
}

} // namespace

sources::reading read_submissions(std::string_view body, const filter& which) {
    std::string complaint;
    const auto whole = parsed(body, complaint);
    if (!whole)
        return unreadable(complaint);
    const auto filings = whole->is_object() ? whole->find("filings") : whole->end();
    if (!whole->is_object() || filings == whole->end() || !filings->is_object() || !filings->contains("recent") ||
        !(*filings)["recent"].is_object())
        return unreadable("these are no submissions of EDGAR");
    const json& recent = (*filings)["recent"];
    const auto accessions = recent.find("accessionNumber");
    const std::size_t rows = accessions != recent.end() && accessions->is_array() ? accessions->size() : 0;
    const std::string cik = ten_digits(text(*whole, "cik"));
    const std::string company = sources::documents::tidy(text(*whole, "name"));
    sources::reading out;
    for (std::size_t i = 0; i < rows && out.items.size() < which.most; ++i) {
        filing f;
        f.form = cell(recent, "form", i);
        if (!wanted(which, f.form))
            continue;
        f.company = company;
        f.cik = cik;
        f.accession = cell(recent, "accessionNumber", i);
        f.document = cell(recent, "primaryDocument", i);
        f.codes = item_codes_in(cell(recent, "items", i));
        f.accepted = accepted_at(cell(recent, "acceptanceDateTime", i), cell(recent, "filingDate", i));
        f.event_date = domain::parse_iso_date(cell(recent, "reportDate", i));
        if (!f.accession.empty())
            out.items.push_back(to_item(f));
    }
    return out;
}

sources::reading read_search(std::string_view body, const filter& which) {
    std::string complaint;
    const auto whole = parsed(body, complaint);
    if (!whole)
        return unreadable(complaint);
    const auto outer = whole->is_object() ? whole->find("hits") : whole->end();
    if (!whole->is_object() || outer == whole->end() || !outer->is_object() || !outer->contains("hits") ||
        !(*outer)["hits"].is_array())
        return unreadable("this is no search answer of EDGAR");
    sources::reading out;
    for (const json& hit : (*outer)["hits"]) {
        const auto source = hit.is_object() ? hit.find("_source") : hit.end();
        if (!hit.is_object() || source == hit.end() || !source->is_object() || out.items.size() >= which.most)
            continue;
        const filing f = hit_filing(hit, *source);
        const bool known = std::any_of(out.items.begin(), out.items.end(),
                                       [&](const sources::item& i) { return i.external_id == f.accession; });
        if (!f.accession.empty() && !known && wanted(which, f.form))
            out.items.push_back(to_item(f));
    }
    return out;
}

} // namespace whynow::edgar
