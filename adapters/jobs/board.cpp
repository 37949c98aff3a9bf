#include "adapters/jobs/jobs.hpp"
#include "domain/text/utf8.hpp"
#include "sources/documents/dates.hpp"
#include "sources/documents/plain_text.hpp"
#include "sources/documents/uri.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace whynow::jobs {

namespace {

using nlohmann::json;
namespace documents = sources::documents;

constexpr std::size_t most_bytes = 16u << 20;
constexpr std::size_t most_postings = 5'000;
constexpr int most_depth = 16;

const json& member(const json& object, const char* key) {
    static const json none;
    if (!object.is_object())
        return none;
    const auto at = object.find(key);
    return at == object.end() ? none : *at;
}

std::string text(const json& value, std::size_t most = 300) {
    if (value.is_number_integer())
        return std::to_string(value.get<std::int64_t>());
    return value.is_string() ? domain::text::shortened(documents::tidy(value.get_ref<const std::string&>()), most)
                             : std::string{};
}

std::string prose(const json& value) { // HTML, Greenhouse's once more escaped
    if (!value.is_string())
        return {};
    std::string html = value.get<std::string>().substr(0, 64 * 1024);
    if (html.find('<') == std::string::npos && html.find("&lt;") != std::string::npos)
        html = documents::decode_references(html);
    return domain::text::shortened(documents::tidy(documents::html_to_text(domain::text::repaired_utf8(html))), 1'000);
}

std::string link(const json& value) {
    const std::string url = text(value, 2'000);
    const std::string scheme = documents::scheme_of(url);
    return scheme == "http" || scheme == "https" ? url : std::string{};
}

// The words of a title that name its function, where the board does not.
std::string function_of(std::string_view title) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 30> words{{
        {"data", "Data"},
        {"analytics", "Data"},
        {"machine learning", "Data"},
        {"engineer", "Engineering"},
        {"developer", "Engineering"},
        {"devops", "Engineering"},
        {"software", "Engineering"},
        {"security", "IT"},
        {"it support", "IT"},
        {"account executive", "Sales"},
        {"sales", "Sales"},
        {"business development", "Sales"},
        {"customer success", "Customer Success"},
        {"support", "Customer Success"},
        {"account manager", "Customer Success"},
        {"marketing", "Marketing"},
        {"brand", "Marketing"},
        {"content", "Marketing"},
        {"recruit", "People"},
        {"talent", "People"},
        {"people", "People"},
        {"human resources", "People"},
        {"finance", "Finance"},
        {"accountant", "Finance"},
        {"controller", "Finance"},
        {"procurement", "Operations"},
        {"warehouse", "Operations"},
        {"supply chain", "Operations"},
        {"legal", "Legal"},
        {"product manager", "Product"},
    }};
    const std::string folded = domain::text::folded(title);
    for (const auto& [word, function] : words)
        if (folded.find(word) != std::string::npos)
            return std::string(function);
    return {};
}

bool leads(std::string_view title) {
    const std::string folded = " " + domain::text::folded(title) + " ";
    for (const std::string_view word :
         {" head of ", " vp ", " vp, ", " vice president", " chief ", " director ", " director, ", " cto ", " cfo ",
          " coo ", " cmo ", " cio ", " ciso ", " cro ", " svp ", " evp "})
        if (folded.find(word) != std::string::npos)
            return folded.find("associate director") == std::string::npos &&
                   folded.find("assistant to") == std::string::npos;
    return false;
}

void complete(posting& p) {
    if (p.function.empty())
        p.function = function_of(p.title);
    p.leader = leads(p.title);
}

posting greenhouse(const json& job) {
    posting p;
    p.id = text(member(job, "id"), 100);
    p.title = text(member(job, "title"));
    p.url = link(member(job, "absolute_url"));
    p.place = text(member(member(job, "location"), "name"));
    const json& departments = member(job, "departments");
    if (departments.is_array() && !departments.empty())
        p.function = text(member(departments.front(), "name"));
    for (const char* key : {"first_published", "published_at", "updated_at"})
        if (!p.published)
            p.published = documents::parse_feed_date(text(member(job, key)));
    p.summary = prose(member(job, "content"));
    complete(p);
    return p;
}

posting lever(const json& job) {
    posting p;
    p.id = text(member(job, "id"), 100);
    p.title = text(member(job, "text"));
    p.url = link(member(job, "hostedUrl"));
    const json& categories = member(job, "categories");
    p.place = text(member(categories, "location"));
    for (const char* key : {"department", "team"})
        if (p.function.empty())
            p.function = text(member(categories, key));
    if (const json& created = member(job, "createdAt"); created.is_number_integer()) {
        const std::int64_t ms = created.get<std::int64_t>();
        if (ms > 0 && ms < 32'503'680'000'000) // before the year 3000
            p.published = domain::instant{std::chrono::seconds{ms / 1000}};
    }
    p.summary = text(member(job, "descriptionPlain"), 1'000);
    if (p.summary.empty())
        p.summary = prose(member(job, "description"));
    complete(p);
    return p;
}

// "quillpoint" of "https://boards.greenhouse.io/quillpoint/jobs/400100" and "https://jobs.lever.co/quillpoint/…".
std::string company_in(std::string_view url) {
    const auto host = url.find("//");
    const auto path = host == std::string_view::npos ? host : url.find('/', host + 2);
    if (path == std::string_view::npos)
        return {};
    const std::string_view part = url.substr(path + 1, url.find_first_of("/?#", path + 1) - path - 1);
    return part == "jobs" || part == "careers" ? std::string{} : std::string(part);
}

} // namespace

board read_board(std::string_view body) {
    board out;
    if (body.size() > most_bytes) {
        out.complaint = "the document is too large";
        return out;
    }
    bool deep = false;
    const json::parser_callback_t shallow = [&](int depth, json::parse_event_t, json&) {
        deep = deep || depth > most_depth;
        return !deep;
    };
    const json whole = json::parse(body, shallow, false);
    const bool of_lever = !deep && whole.is_array();
    const json& jobs = of_lever ? whole : member(whole, "jobs");
    if (deep || whole.is_discarded() || !jobs.is_array()) {
        out.complaint = deep ? "the JSON is nested too deep" : "this is no job board of a known kind";
        return out;
    }
    out.readable = true;
    for (const json& job : jobs) {
        if (out.postings.size() >= most_postings) {
            out.complaint = "too many postings; the rest is not read";
            break;
        }
        posting p = of_lever ? lever(job) : greenhouse(job);
        if (p.id.empty() || p.title.empty())
            continue;
        if (out.company.empty())
            out.company = company_in(p.url);
        out.postings.push_back(std::move(p));
    }
    return out;
}

} // namespace whynow::jobs
