#include "adapters/jobs/jobs.hpp"

#include <algorithm>
#include <set>

namespace whynow::jobs {

namespace {

struct group {
    std::string function;
    std::vector<const posting*> roles;
};

std::vector<group> by_function(const board& b) {
    std::vector<group> out;
    for (const posting& p : b.postings) {
        if (p.function.empty())
            continue;
        auto at = std::find_if(out.begin(), out.end(), [&](const group& g) { return g.function == p.function; });
        if (at == out.end())
            at = out.insert(out.end(), {p.function, {}});
        at->roles.push_back(&p);
    }
    return out;
}

sources::item base_item(const std::string& company) {
    sources::item i;
    i.source = "jobs";
    i.kind_hint = "hiring";
    i.publisher = company.empty() ? "job board" : company + " job board";
    i.account_hint = company;
    return i;
}

std::string hires(const std::string& company) { return company.empty() ? "Hiring: " : company + " is hiring: "; }

// The newest role dates and links the whole group; its id changes when another role joins, so that growth is news.
sources::item group_item(const group& g, const std::string& company) {
    sources::item i = base_item(company);
    const posting* newest = g.roles.front();
    std::set<std::string> places;
    for (const posting* p : g.roles) {
        if (p->published && (!newest->published || *p->published > *newest->published))
            newest = p;
        if (!p->place.empty() && places.size() < 5)
            places.insert(p->place);
        if (i.summary.size() < 1'000)
            i.summary += (i.summary.empty() ? "" : "; ") + p->title;
    }
    std::string where;
    for (const std::string& place : places)
        where += (where.empty() ? " (" : "; ") + place;
    i.title = hires(company) + std::to_string(g.roles.size()) + " open roles in " + g.function +
              (where.empty() ? "" : where + ")");
    i.external_id = "group:" + g.function + ":" + std::to_string(g.roles.size()) + ":" + newest->id;
    i.url = newest->url;
    i.published = newest->published;
    i.together = static_cast<int>(g.roles.size());
    return i;
}

sources::item role_item(const posting& p, const std::string& company) {
    sources::item i = base_item(company);
    i.external_id = p.id;
    i.title = hires(company) + p.title + (p.place.empty() ? "" : " (" + p.place + ")");
    i.summary = p.function.empty() ? p.summary : p.function + ". " + p.summary;
    i.url = p.url;
    i.published = p.published;
    return i;
}

} // namespace

std::vector<sources::item> to_items(const board& b, std::string_view company, int together) {
    const std::string name = company.empty() ? b.company : std::string(company);
    std::vector<sources::item> out;
    std::set<std::string> grouped;
    for (const group& g : by_function(b)) {
        if (static_cast<int>(g.roles.size()) < std::max(together, 2))
            continue;
        out.push_back(group_item(g, name));
        grouped.insert(g.function);
    }
    for (const posting& p : b.postings)
        if (p.leader || !grouped.contains(p.function))
            out.push_back(role_item(p, name));
    return out;
}

sources::reading read_source(const sources::document& d) {
    const board b = read_board(d.body);
    sources::reading out;
    out.readable = b.readable;
    out.complaint = b.complaint;
    out.items = to_items(b);
    return out;
}

} // namespace whynow::jobs
