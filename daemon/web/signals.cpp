// "/signals": what was heard, and why it did or did not become a reason to call.
#include "web/frame.hpp"
#include "web/score.hpp"
#include "workday/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace whynow::web {
namespace {

constexpr int most_rows = 60;

struct use {
    store::brief brief;
    store::card card;
};

class signals_view {
  public:
    signals_view(store::session& s, const viewer& who, const voice& v) : s_(s), v_(v) {
        for (auto& [brief, card] : store::briefs(s).between(add_days(v.today(), -30), v.today()))
            if (card.reason_key.starts_with("event:"))
                used_[card.reason_key].push_back({brief, card});
        if (who.rep)
            brief_ = store::briefs(s).latest(who.rep->id);
        if (brief_)
            for (auto& l : store::briefs(s).left_out_of(brief_->id))
                left_out_[l.account].push_back(l);
    }

    std::string events() {
        std::string out;
        int rows = 0;
        for (const auto& t : store::events(s_).recent(add_days(v_.today(), -45), most_rows)) {
            if (t.event.accounts.empty() && t.event.companies.empty() && t.event.kind != triggers::kind::market_shift)
                continue;
            seen_.insert(t.event.signal);
            titles_.insert(t.event.title);
            out += event_html(t);
            ++rows;
        }
        return rows ? R"(<ol class="events">)" + out + "</ol>"
                    : fmt::format(R"(<p class="subtle">{}</p>)", v_.html("pages.signals.none"));
    }

    std::string others() {
        std::vector<std::vector<std::string>> rows;
        for (const auto& item :
             store::signal_log(s_).recent(instant{std::chrono::sys_days{add_days(v_.today(), -14)}}, 120)) {
            if (seen_.contains(item.id) || titles_.contains(item.title) || rows.size() >= 30)
                continue;
            rows.push_back({escaped(v_.moment(item.published)), link_html(item.title, item.url),
                            escaped(item.publisher.empty() ? item.source : item.publisher),
                            v_.html(item.activity ? "pages.signals.activity" : "pages.signals.no_trigger")});
        }
        if (rows.empty())
            return {};
        return fmt::format("<section><h2>{}</h2>{}</section>", v_.html("pages.signals.others"),
                           table_html({v_.html("pages.signals.when"), v_.html("pages.signals.what"),
                                       v_.html("pages.signals.source"), v_.html("pages.signals.became")},
                                      rows));
    }

  private:
    store::session& s_;
    const voice& v_;
    std::map<std::string, std::vector<use>> used_;
    std::optional<store::brief> brief_;
    std::map<account_id, std::vector<store::left_out>> left_out_;
    std::set<signal_id> seen_;
    std::set<std::string> titles_;

    std::string score_html(const store::card& c) const {
        const auto paper = workday::score_paper_from(c.explanation);
        std::vector<std::vector<std::string>> rows;
        for (const auto& p : paper.parts)
            rows.push_back({escaped(score_words(v_, p.about)), v_.signed_decimal(p.contribution)});
        return fmt::format(
            R"(<details class="why"><summary>{}</summary>{}</details>)",
            v_.html("pages.signals.score", text::slots{}.set("percent", fmt::format("{:.0f}", 100 * c.probability))),
            table_html({v_.html("pages.signals.part"), v_.html("pages.signals.adds")}, rows));
    }

    // What became of the event, and a mark that is not colour alone.
    std::string became(const store::told_event& t) {
        const auto line = [](std::string_view mark, const std::string& words) {
            return fmt::format(R"(<p class="became {}">{}</p>)", mark, words);
        };
        if (const auto it = used_.find(fmt::format("event:{}", t.event.id.value)); it != used_.end()) {
            std::string out;
            for (const auto& u : it->second) {
                const auto rep = store::reps(s_).find(u.brief.rep);
                const auto c = store::contacts(s_).find(u.card.contact);
                auto s = text::slots{}
                             .set("number", u.card.number)
                             .set("contact", c ? c->name : "")
                             .set("rep", rep ? rep->name : "")
                             .set("day", v_.day(u.brief.date));
                out += line("yes", v_.html("pages.signals.in_brief", s)) + score_html(u.card);
            }
            return out;
        }
        if (t.event.state == triggers::state::withdrawn)
            return line("no", v_.html("pages.signals.withdrawn"));
        if (t.event.activity)
            return line("no", v_.html("pages.left_out.activity_only"));
        std::string out;
        for (const auto a : t.event.accounts)
            if (const auto it = left_out_.find(a); it != left_out_.end())
                for (const auto& l : it->second) {
                    const auto c = l.contact ? store::contacts(s_).find(l.contact) : std::nullopt;
                    out += line("no", escaped(v_.word("pages.left_out", l.why)) + (c ? " · " + escaped(c->name) : ""));
                }
        return out.empty() ? line("no", v_.html("pages.signals.not_yours")) : out;
    }

    std::string event_html(const store::told_event& t) {
        const auto& e = t.event;
        std::string names;
        for (const auto& c : e.companies)
            names += (names.empty() ? "" : ", ") + c;
        std::string links;
        for (const auto& [source, url] : t.links)
            links += (links.empty() ? "" : " · ") + link_html(source.empty() ? v_.say("reason.source") : source, url);
        return fmt::format(
            R"(<li><div class="call"><div class="who-is"><h3>{}</h3><p>{}</p></div><div class="kind"><span class="badge">{}</span><span class="subtle">{}</span></div></div><p class="subtle">{} · {} · {}</p>{}</li>)",
            escaped(names.empty() ? v_.say("pages.signals.industry") : names),
            escaped(e.title.empty() ? e.evidence : e.title), escaped(v_.kind(to_string(e.kind))),
            escaped(v_.day(e.happened_on)), links, v_.html("pages.signals.sources", v_.count("n", t.sources)),
            escaped(v_.word("pages.signals.state", to_string(e.state))), became(t));
    }
};

} // namespace

std::string signals_page(store::session& s, const viewer& who, const workday::rulebook& rules) {
    const voice v(who, rules);
    signals_view view(s, who, v);
    auto main = fmt::format("<section><h2>{}</h2>{}</section>", v.html("pages.signals.events"), view.events());
    main += view.others();
    return framed(v, who, "/signals", v.say("pages.signals.title"),
                  v.say("pages.signals.lead", v.count("n", store::signal_log(s).count())), main);
}

} // namespace whynow::web
