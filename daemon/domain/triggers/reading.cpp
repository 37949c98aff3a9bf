#include "domain/triggers/reading.hpp"

#include "domain/triggers/references.hpp"

#include <algorithm>

namespace whynow::domain::triggers {
namespace {

constexpr double doubt_of_questions = 2.5; // a headline that asks tells nothing yet

double at_most(std::size_t n, std::size_t most) { return static_cast<double>(std::min(n, most)); }

class clause_reader {
  public:
    clause_reader(const rulebook& rules, const sentence& s, const sightings& seen)
        : rules_(rules), sentence_(s), seen_(seen) {}

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
                find(p, sentence_, seen_, rules_.light, found_);
                for (const auto& f : found_)
                    weigh(k, group, p.source, f);
            }
            for (const auto& row : group.beside)
                if (const auto f = beside(row); !f.mentions.empty())
                    weigh(k, group, row.source, f);
        }
    }

    // One word of every class, each at a place of its own, and the first name that acts.
    found_pattern beside(const word_row& row) const {
        found_pattern out;
        std::vector<std::size_t> taken;
        for (const auto word_class : row.classes) {
            if (!seen_.anywhere(word_class))
                return {};
            std::size_t at = 0;
            const auto free = [&](std::size_t i) {
                return seen_.lengths(word_class, i) != 0 && !inside_mention(i) &&
                       std::find(taken.begin(), taken.end(), i) == taken.end();
            };
            while (at < sentence_.tokens.size() && !free(at))
                ++at;
            if (at == sentence_.tokens.size())
                return {};
            taken.push_back(at);
        }
        out.trigger = *std::min_element(taken.begin(), taken.end());
        out.last = *std::max_element(taken.begin(), taken.end()) + 1;
        out.first = out.trigger;
        out.words = taken.size();
        for (std::size_t m = 0; m < sentence_.mentions.size() && out.mentions.empty(); ++m)
            if (acts(sentence_.mentions[m]))
                out.mentions.push_back(m);
        return out;
    }

    void weigh(kind k, const weighed& group, const std::string& source, const found_pattern& f) {
        if (k == kind::market_shift && !industry_wide(f))
            return;
        for (const auto m : f.mentions)
            if (!acts(sentence_.mentions[m]))
                return;
        const double score = group.weight + 0.05 * at_most(f.words, 5) - 0.03 * at_most(f.trigger, 20) -
                             0.01 * at_most(f.last - f.first, 15) + rules_.kinds[static_cast<std::size_t>(k)].ahead;
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
        out_.weight = group.weight;
        out_.called_off = group.called_off;
        out_.what = k;
        out_.rule = source;
    }

    // "Alcoa slips as steel prices fall", "Ford's truck sales": the subject is one company, if none of ours.
    bool industry_wide(const found_pattern& f) const {
        for (std::size_t i = 1; i < f.first; ++i)
            if (sentence_.tokens[i].wall)
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
                if (seen_.lengths(h.words, i) != 0 && !inside_mention(i) && !month(i) && !tin(i) && !told(i))
                    return &h;
        return nullptr;
    }
    // "goes on sale in May", "May 12", "May sales rise": no doubt at all
    bool month(std::size_t at) const {
        if (sentence_.tokens[at].folded != "may")
            return false;
        const auto next = at + 1;
        return (next < sentence_.tokens.size() &&
                (sentence_.tokens[next].number || seen_.lengths(rules_.after_month, next) != 0)) ||
               (at > 0 && (sentence_.tokens[at - 1].number || seen_.lengths(rules_.before_month, at - 1) != 0));
    }
    // "adding can line", "a can maker": no doubt either
    bool tin(std::size_t at) const {
        if (sentence_.tokens[at].folded != "can" || at == 0)
            return false;
        const auto& before = sentence_.tokens[at - 1].folded;
        return before.ends_with("ing") || before == "a" || before == "the" || before == "new";
    }
    // "announced that she would become …": what is to come, as it was told
    bool told(std::size_t at) const {
        if (sentence_.tokens[at].folded != "would")
            return false;
        for (auto i = at > 0 ? at - 1 : at; i > 0 && at - i < 8 && !sentence_.tokens[i].breaks; --i)
            if (seen_.lengths(rules_.stated, i) != 0 && !out_.sourced)
                return true;
        return false;
    }
    bool inside_mention(std::size_t at) const {
        return std::any_of(sentence_.mentions.begin(), sentence_.mentions.end(),
                           [&](const mention& m) { return at >= m.first && at <= m.last; });
    }

    // Not "Apple supplier …", not "former Apple …".
    bool acts(const mention& m) const {
        if (m.aside || lends_its_name(m))
            return false;
        const auto next = m.last + 1;
        if (next < sentence_.tokens.size() && !sentence_.tokens[next].breaks &&
            (sentence_.tokens[next].before == ' ' || sentence_.tokens[next].before == '-') &&
            seen_.lengths(rules_.not_before, next) != 0)
            return false;
        if (m.first >= 1 && seen_.lengths(rules_.not_after, m.first - 1) & 1)
            return false;
        return m.first < 2 || (seen_.lengths(rules_.not_after, m.first - 2) & 2) == 0;
    }

    // "Sprint Cup", "Papa John's Cardinal Stadium"
    bool lends_its_name(const mention& m) const {
        for (auto i = m.last + 1; i < sentence_.tokens.size() && i < m.last + 3; ++i) {
            const auto& t = sentence_.tokens[i];
            if (!t.capital || t.before != ' ')
                return false;
            if (seen_.lengths(rules_.lent_names, i) != 0)
                return true;
        }
        return false;
    }

    void read_against(const non_event& reason) {
        for (const auto& group : reason.groups) {
            if (group.weight <= out_.against_weight)
                continue;
            for (const auto& p : group.patterns) {
                found_.clear();
                find(p, sentence_, seen_, rules_.light, found_);
                if (found_.empty())
                    continue;
                out_.against_weight = group.weight;
                out_.against = reason.reason;
                break;
            }
        }
        if (sentence_.question && out_.against_weight < doubt_of_questions) {
            out_.against_weight = doubt_of_questions;
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
    const sightings& seen_;
    reading out_;
    double doubted_ = 0;
    std::vector<found_pattern> found_;
    std::vector<bound> bound_;
};

} // namespace

reading read_clauses(const rulebook& rules, sentence& s, const company_match* topic) {
    if (s.tokens.empty())
        return {};
    const auto seen = rules.words.look(s);
    mark_walls(s, seen, rules.walls, rules.after_as);
    mark_asides(s, seen, rules.aside_openers);
    if (topic != nullptr)
        stand_in(s, seen, topic->account ? rules.itself : rules.some_company, *topic);
    return clause_reader(rules, s, seen).run();
}

} // namespace whynow::domain::triggers
