#include "workday/intake.hpp"

#include "domain/text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::workday {
namespace {

std::string_view host_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return {};
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#:"));
    if (url.starts_with("www."))
        url.remove_prefix(4);
    return url;
}

// One story may tell two events (two companies, or a launch and a layoff): each stands by itself.
std::string event_key(const std::string& story, triggers::kind kind, const std::vector<account_id>& accounts) {
    return fmt::format("{}/{}/{}", story, triggers::to_string(kind), accounts.empty() ? 0 : accounts.front().value);
}

std::string ten_digits(std::string_view cik) {
    std::string out;
    for (const char c : cik)
        if (c >= '0' && c <= '9')
            out += c;
    return out.size() < 10 ? std::string(10 - out.size(), '0') + out : out;
}

} // namespace

std::string shown_source(const signals::signal& item) {
    if (!item.item_codes.empty())
        return "8-K";
    if (!item.publisher.empty())
        return text::shortened(item.publisher, 40);
    const auto host = host_of(item.url);
    return host.empty() ? item.source : std::string(host);
}

const triggers::companies& intake::companies(store::session& s, const rulebook& rules) {
    const auto now = store::accounts(s).revision();
    if (companies_ && revision_ == now && built_for_ == &rules)
        return *companies_;
    std::vector<triggers::account_names> names;
    by_cik_.clear();
    for (auto& a : store::accounts(s).all()) {
        if (!a.cik.empty())
            by_cik_[ten_digits(a.cik)] = a.id;
        names.push_back({a.id, a.name, a.aliases, a.former_names, a.ticker, a.domain});
    }
    companies_ = std::make_unique<triggers::companies>(std::move(names), *rules.names);
    revision_ = now;
    built_for_ = &rules;
    return *companies_;
}

void intake::warm(store::session& s, const rulebook& rules, instant now) {
    if (stories_)
        return;
    stories_ = std::make_unique<signals::stories>(rules.events->classifier.story_rules());
    auto recent = store::signal_log(s).recent(now - std::chrono::hours{96}, 20'000);
    std::ranges::sort(recent, [](const auto& a, const auto& b) { return a.published < b.published; });
    for (const auto& item : recent)
        stories_->add(item);
}

bool intake::own_news(const signals::signal& item, const rulebook& rules) const {
    if (rules.team.company.empty())
        return false;
    const auto title = text::folded(item.title), company = text::folded(rules.team.company);
    return title.starts_with(company) &&
           (title.size() == company.size() || !text::is_letter(char32_t(title[company.size()])));
}

intake_counts intake::take(store::session& s, const std::vector<incoming>& items, const rulebook& rules, instant now) {
    intake_counts counts;
    warm(s, rules, now);
    const auto& matcher = companies(s, rules);
    for (const auto& in : items) {
        auto item = in.item;
        if (item.published == instant{})
            item.published = now; // undated: seen now
        const auto id = store::signal_log(s).add(item, now);
        if (!id) {
            ++counts.duplicates;
            continue;
        }
        ++counts.accepted;
        item.id = *id;
        const auto story = stories_->add(item);
        if (own_news(item, rules))
            continue;
        auto found = rules.events->classifier.classify(item, matcher);
        if (found.kind == triggers::kind::none && found.state == triggers::state::withdrawn) {
            store::events(s).withdraw(event_key(story, found.suspected, found.mentioned));
            continue;
        }
        if (found.accounts.empty() && !item.account_hint.empty() && found.kind != triggers::kind::market_shift)
            if (const auto account = hinted(item, matcher))
                by_hint(found, item, account, matcher, rules);
        if (found.kind == triggers::kind::none ||
            (found.accounts.empty() && found.kind != triggers::kind::market_shift))
            continue;
        auto event = triggers::to_event(found, item);
        event.story = event_key(story, event.kind, event.accounts);
        event.source = shown_source(item);
        event.signal = item.id;
        event.activity = item.activity;
        if (in.event_date)
            event.happened_on = *in.event_date;
        if (!item.item_codes.empty())
            event.source = "8-K " + to_iso(local_date{std::chrono::floor<std::chrono::days>(item.published)});
        event.id = store::events(s).add(event, now);
        touch_others(s, event.id, event);
        ++counts.events;
    }
    return counts;
}

// The account that the sender of a signal means: by CIK ("cik:0000320193") or by name.
account_id intake::hinted(const signals::signal& item, const triggers::companies& matcher) const {
    if (item.account_hint.starts_with("cik:")) {
        const auto it = by_cik_.find(ten_digits(std::string_view(item.account_hint).substr(4)));
        return it == by_cik_.end() ? account_id{} : it->second;
    }
    return matcher.exactly(item.account_hint);
}

// The sender says whom it concerns; what it is still has to be an event, by our rules or by their word.
void intake::by_hint(triggers::classification& found, const signals::signal& item, account_id account,
                     const triggers::companies& matcher, const rulebook& rules) const {
    const std::string name(matcher.name_of(account));
    auto named = item;
    if (matcher.accounts_in(item.title).empty())
        named.title = name + ": " + item.title;
    const auto again = rules.events->classifier.classify(named, matcher);
    if (again.kind != triggers::kind::none)
        found = again;
    if (found.kind == triggers::kind::none)
        found.kind = triggers::kind_from(item.kind_hint).value_or(triggers::kind::none);
    if (found.kind == triggers::kind::none && item.activity)
        found.kind = triggers::kind::technology;
    found.accounts = {account};
    found.companies = {name};
    if (found.happened_on == local_date{})
        found.happened_on = local_date{std::chrono::floor<std::chrono::days>(item.published)};
    if (found.evidence.empty())
        found.evidence = item.title;
    found.confidence = std::max(found.confidence, 0.8);
}

void intake::touch_others(store::session& s, event_id id, const triggers::trigger_event& e) {
    const auto touch = [&](account_id account, triggers::scope scope) {
        if (std::ranges::find(e.accounts, account) != e.accounts.end())
            return;
        store::events(s).touch(id, account, scope);
    };
    for (const auto& name : e.companies) {
        for (const auto account : store::accounts(s).with_customer(name))
            touch(account, triggers::scope::customers_customer);
        for (const auto account : store::accounts(s).with_competitor(name))
            touch(account, triggers::scope::competitor);
    }
    if (e.kind == triggers::kind::market_shift) {
        // The industry is named in the text or nobody is touched: a shift everywhere is a reason nowhere.
        const auto said = text::folded(e.title + " " + e.evidence);
        std::vector<std::string> seen;
        for (const auto& a : store::accounts(s).all()) {
            const auto industry = text::folded(a.industry);
            if (industry.size() < 4 || std::ranges::find(seen, industry) != seen.end())
                continue;
            seen.push_back(industry);
            if (said.find(industry) == std::string::npos)
                continue;
            for (const auto account : store::accounts(s).in_industry(a.industry))
                touch(account, triggers::scope::industry);
        }
    }
}

} // namespace whynow::workday
