#include "domain/triggers/reading.hpp"

#include <algorithm>

namespace whynow::domain::triggers {
namespace {

class clause_reader {
  public:
    clause_reader(const rulebook& rules, const sentence& s) : rules_(rules), sentence_(s), seen_(rules.words.look(s)) {}

    reading run() {
        for (std::size_t i = 0; i < sentence_.tokens.size(); ++i) {
            out_.sourced = out_.sourced || seen_.lengths(rules_.sourced, i) != 0;
            out_.stated = out_.stated || seen_.lengths(rules_.stated, i) != 0;
        }
        for (std::size_t k = 1; k < kind_count; ++k)
            read_kind(static_cast<kind>(k));
        for (const auto& reason : rules_.non_events)
            read_against(reason);
        if (out_.what != kind::none)
            bind();
        return std::move(out_);
    }

  private:
    void read_kind(kind k) {
        for (const auto& group : rules_.clauses[static_cast<std::size_t>(k)]) {
            for (const auto& p : group.patterns) {
                if (k == kind::market_shift && !p.needs_company && !sentence_.mentions.empty())
                    continue;
                found_.clear();
                rules_.words.find(p, sentence_, seen_, rules_.walls, found_);
                for (const auto& f : found_)
                    weigh(k, group, p, f);
            }
        }
    }

    void weigh(kind k, const weighed& group, const pattern& p, const found_pattern& f) {
        if (k == kind::market_shift && !industry_wide(f))
            return;
        for (const auto m : f.mentions)
            if (!acts(sentence_.mentions[m]))
                return;
        const double score = group.weight + 0.1 * static_cast<double>(std::min<std::size_t>(f.words, 5)) -
                             0.02 * static_cast<double>(std::min<std::size_t>(f.trigger, 20));
        if (const auto* h = group.despite_hedge ? nullptr : hedged(f); h != nullptr) {
            if (score > doubted_) {
                doubted_ = score;
                out_.suspected = k;
                out_.doubt = h->reason;
            }
            return;
        }
        bound_.push_back({k, f});
        if (score <= out_.score)
            return;
        out_.score = score;
        out_.what = k;
        out_.rule = p.source;
    }

    // "Alcoa slips as steel prices fall", "Ford's truck sales": the subject is one company, if none of ours.
    bool industry_wide(const found_pattern& f) const {
        for (std::size_t i = 1; i < f.first; ++i)
            if (seen_.lengths(rules_.walls, i) != 0)
                return false;
        return f.first == 0 || !sentence_.tokens[f.first - 1].possessive ||
               seen_.lengths(rules_.places, f.first - 1) != 0;
    }

    const hedge* hedged(const found_pattern& f) const {
        auto from = f.first;
        for (int back = 0; back < 2 && from > 0 && !sentence_.tokens[from].breaks; ++back)
            --from;
        for (const auto& h : rules_.hedges)
            for (auto i = from; i < f.last; ++i)
                if (seen_.lengths(h.words, i) != 0 && !inside_mention(i))
                    return &h;
        return nullptr;
    }
    bool inside_mention(std::size_t at) const {
        return std::any_of(sentence_.mentions.begin(), sentence_.mentions.end(),
                           [&](const mention& m) { return at >= m.first && at <= m.last; });
    }

    // Not "Apple supplier …", not "former Apple …".
    bool acts(const mention& m) const {
        const auto next = m.last + 1;
        if (next < sentence_.tokens.size() && !sentence_.tokens[m.last].possessive && !sentence_.tokens[next].breaks &&
            (sentence_.tokens[next].before == ' ' || sentence_.tokens[next].before == '-') &&
            seen_.lengths(rules_.not_before, next) != 0)
            return false;
        if (m.first >= 1 && seen_.lengths(rules_.not_after, m.first - 1) & 1)
            return false;
        return m.first < 2 || (seen_.lengths(rules_.not_after, m.first - 2) & 2) == 0;
    }

    void read_against(const non_event& reason) {
        for (const auto& group : reason.groups) {
            if (group.weight <= out_.against_weight)
                continue;
            for (const auto& p : group.patterns) {
                found_.clear();
                rules_.words.find(p, sentence_, seen_, rules_.walls, found_);
                if (found_.empty())
                    continue;
                out_.against_weight = group.weight;
                out_.against = reason.reason;
                break;
            }
        }
        if (sentence_.question && out_.against_weight < 1.5) {
            out_.against_weight = 1.5;
            out_.against = "opinion";
        }
    }

    void bind() {
        std::vector<bool> taken(sentence_.mentions.size(), false);
        for (const auto& [k, f] : bound_)
            if (k == out_.what)
                for (const auto m : f.mentions)
                    taken[m] = true;
        if (out_.what == kind::ma || out_.what == kind::partnership)
            for (std::size_t i = 0; i < taken.size(); ++i)
                taken[i] = taken[i] || acts(sentence_.mentions[i]);
        for (bool more = true; more;) {
            more = false;
            for (std::size_t i = 0; i + 1 < taken.size(); ++i) {
                if (taken[i] == taken[i + 1] || !coordinated(sentence_.mentions[i], sentence_.mentions[i + 1]))
                    continue;
                taken[i] = taken[i + 1] = more = true;
            }
        }
        for (std::size_t i = 0; i < taken.size(); ++i) {
            if (!taken[i])
                continue;
            if (sentence_.mentions[i].match.ambiguous)
                out_.ambiguous = true;
            else
                out_.mentions.push_back(i);
        }
    }

    // "Orchid Telecom, Kelso Media", "Pico Foods and Cargonaut"
    bool coordinated(const mention& a, const mention& b) const {
        if (b.first == a.last + 1)
            return sentence_.tokens[b.first].before == ',' || sentence_.tokens[b.first].before == '/';
        if (b.first != a.last + 2)
            return false;
        const auto& between = sentence_.tokens[a.last + 1].folded;
        return between == "and" || between == "und" || between == "et" || between == "y";
    }

    struct bound {
        kind what;
        found_pattern found;
    };
    const rulebook& rules_;
    const sentence& sentence_;
    sightings seen_;
    reading out_;
    double doubted_ = 0;
    std::vector<found_pattern> found_;
    std::vector<bound> bound_;
};

} // namespace

reading read_clauses(const rulebook& rules, const sentence& s) {
    if (s.tokens.empty())
        return {};
    return clause_reader(rules, s).run();
}

} // namespace whynow::domain::triggers
