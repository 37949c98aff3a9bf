#include "domain/ranking/learner.hpp"

#include "domain/core/lines.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace whynow::domain::ranking {

std::string_view to_string(field f) {
    static constexpr std::string_view names[] = {"bias",
                                                 "kind",
                                                 "scope",
                                                 "age",
                                                 "sources",
                                                 "persona",
                                                 "kind_persona",
                                                 "industry",
                                                 "size",
                                                 "attempt",
                                                 "since_contact",
                                                 "last_outcome",
                                                 "referral_generation",
                                                 "weekday",
                                                 "state",
                                                 "weak",
                                                 "rep",
                                                 "kind_age",
                                                 "crowd"};
    return names[std::size_t(f)];
}

namespace {

constexpr std::string_view head = "whynow-learner 1\n";
constexpr int longest_absence = 3650; // days; after ten years nothing is left of what was learned

std::uint64_t key_of(field about, std::uint32_t value) { return std::uint64_t(about) << 32 | value; }

std::optional<field> field_named(std::string_view name) {
    for (int i = 0; i <= int(last_field); ++i)
        if (to_string(field(i)) == name)
            return field(i);
    return std::nullopt;
}

} // namespace

learner::learner(mixture_settings how) : how_(std::move(how)), experts_(how_) {
    names_.emplace_back(field::bias, 0); // the base of the experts is the feature of every call
    numbers_.emplace(key_of(field::bias, 0), 0);
}

std::uint32_t learner::number(field about, std::uint32_t value) {
    const auto key = key_of(about, value);
    const auto [it, fresh] = numbers_.try_emplace(key, std::uint32_t(names_.size()));
    if (fresh) {
        names_.emplace_back(about, value);
        experts_.grow(names_.size());
        if (const auto e = expected_.find(key); e != expected_.end())
            experts_.expect(it->second, e->second);
    }
    return it->second;
}

inputs learner::known(std::span<const feature> of) const {
    inputs out;
    out.reserve(of.size());
    for (const auto& f : of)
        if (const auto it = numbers_.find(key_of(f.about, f.value)); it != numbers_.end())
            out.push_back({it->second, f.x});
    return out;
}

void learner::expect(field about, std::uint32_t value, double weight) {
    expected_[key_of(about, value)] = weight;
    experts_.expect(number(about, value), weight);
}

double learner::log_odds(std::span<const feature> of) const { return experts_.log_odds(known(of)); }
double learner::probability(std::span<const feature> of) const { return experts_.probability(known(of)); }
double learner::spread(std::span<const feature> of) const { return experts_.spread(known(of)); }

void learner::learn(std::span<const feature> of, bool hit) {
    for (const auto& f : of)
        number(f.about, f.value);
    experts_.learn(known(of), hit);
    ++seen_;
}

void learner::forget(int days) {
    for (int i = 0; i < std::min(days, longest_absence); ++i)
        experts_.night();
}

std::vector<part> learner::explain(std::span<const feature> of) const {
    std::vector<part> out;
    for (const auto& c : experts_.explain(known(of))) {
        const auto& [about, value] = names_[c.at];
        const auto& f = *std::ranges::find_if(of, [&](const auto& x) { return x.about == about && x.value == value; });
        out.push_back({f, f.x != 0 ? c.log_odds / double(f.x) : 0, c.log_odds});
    }
    for (const auto& f : of)
        if (!numbers_.contains(key_of(f.about, f.value)))
            out.push_back({f, 0, 0});
    return out;
}

double learner::weight(field about, std::uint32_t value) const {
    const feature one[] = {{about, value, 1}};
    return log_odds(one);
}

std::vector<feature> learner::features() const {
    std::vector<feature> out;
    for (const auto& [about, value] : names_)
        out.push_back({about, value, 1});
    return out;
}

std::string learner::save() const {
    lines::writer w(head);
    w.line_of("calls", std::initializer_list<std::int64_t>{seen_});
    for (std::size_t i = 1; i < names_.size(); ++i) {
        w.word("feature");
        w.word(to_string(names_[i].first));
        w.number(names_[i].second);
        w.end();
    }
    write(w, experts_.all());
    w.line_of("end", std::initializer_list<std::size_t>{names_.size()});
    return std::move(w.out);
}

bool learner::load(std::string_view text) {
    if (!text.starts_with(head))
        return false;
    learner fresh(how_);
    std::vector<mixture::learned> all;
    bool whole = false;
    lines::reader r(text.substr(head.size()));
    while (r.good && !whole && r.next_line()) {
        const auto what = r.field();
        if (what == "calls") {
            fresh.seen_ = r.number<std::int64_t>();
        } else if (what == "feature") {
            const auto about = field_named(r.field());
            const auto value = r.number<std::uint32_t>();
            const auto before = fresh.names_.size();
            r.good = r.good && about && fresh.number(*about, value) == before;
        } else if (what == "end") {
            whole = r.number<std::size_t>() == fresh.names_.size();
            r.good = r.good && whole;
        } else {
            r.good = read_learned(what, r, all) && r.good;
        }
    }
    const auto fits = [&](const auto& e) { return e.means.size() == fresh.names_.size(); };
    if (!r.good || !whole || !r.at_end() || fresh.seen_ < 0 || !std::ranges::all_of(all, fits) ||
        !fresh.experts_.restore(all))
        return false;
    for (const auto& [key, weight] : expected_)
        fresh.expect(field(key >> 32), std::uint32_t(key), weight);
    *this = std::move(fresh);
    return true;
}

} // namespace whynow::domain::ranking
