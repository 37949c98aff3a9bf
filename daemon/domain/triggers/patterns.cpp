#include "domain/triggers/patterns.hpp"

#include <algorithm>
#include <bit>

namespace whynow::domain::triggers {
namespace {

// Tries one pattern from one token on, elements in order, short gaps first.
class attempt {
  public:
    attempt(const pattern& p, const sentence& s, const sightings& seen, std::uint16_t light)
        : pattern_(p), sentence_(s), seen_(seen), light_(light) {}

    bool from(std::size_t at, found_pattern& out) {
        out = {};
        out.trigger = std::numeric_limits<std::size_t>::max();
        if (!step(0, at, out))
            return false;
        out.first = at;
        if (out.trigger == std::numeric_limits<std::size_t>::max())
            out.trigger = at;
        return true;
    }

  private:
    bool step(std::size_t element_at, std::size_t at, found_pattern& out) {
        if (++steps_ > 4000)
            return false; // a sentence made to be slow is no news
        if (element_at == pattern_.elements.size()) {
            out.last = at;
            return true;
        }
        const auto& e = pattern_.elements[element_at];
        if (e.never) {
            const bool stands = at < sentence_.tokens.size() && seen_.lengths(e.words, at) != 0;
            return !stands && step(element_at + 1, at, out);
        }
        if (e.is == element::what::colon)
            return colon(at) && step(element_at + 1, at, out);
        if (e.is == element::what::comma)
            return at < sentence_.tokens.size() && sentence_.tokens[at].before == ',' && step(element_at + 1, at, out);
        if (e.is == element::what::start)
            return at == 0 && step(element_at + 1, at, out);
        if (e.is == element::what::end)
            return at == sentence_.tokens.size() && step(element_at + 1, at, out);
        if (e.is == element::what::gap)
            return gap(e, element_at, at, out);
        if (at < sentence_.tokens.size() && take(e, element_at, at, out))
            return true;
        return e.optional && step(element_at + 1, at, out);
    }

    bool take(const element& e, std::size_t element_at, std::size_t at, found_pattern& out) {
        const auto& t = sentence_.tokens[at];
        const bool inside_break = element_at > 0 && t.breaks;
        if (inside_break)
            return false;
        switch (e.is) {
        case element::what::company: return company(element_at, at, out);
        case element::what::number: return t.number && !t.priced && counted(element_at, number_end(at), at, out);
        case element::what::money: return t.money && amount(element_at, at, out);
        case element::what::percent: return t.percent && counted(element_at, number_end(at), at, out);
        case element::what::slice:
            return t.percent && t.folded.size() == 1 && counted(element_at, number_end(at), at, out);
        case element::what::capital: return t.capital && t.mention < 0 && step(element_at + 1, at + 1, out);
        default: break;
        }
        const auto lengths = seen_.lengths(e.words, at);
        for (std::size_t n = 8; n > 0; --n)
            if ((lengths >> (n - 1)) & 1 && counted(element_at, at + n, at, out))
                return true;
        if (e.or_money && t.money)
            return amount(element_at, at, out);
        if ((e.or_number && t.number && !t.priced) || (e.or_percent && t.percent))
            return counted(element_at, number_end(at), at, out);
        return e.or_capital && t.capital && t.mention < 0 && step(element_at + 1, at + 1, out);
    }

    bool company(std::size_t element_at, std::size_t at, found_pattern& out) {
        const auto& t = sentence_.tokens[at];
        if (t.mention < 0)
            return false;
        const auto index = static_cast<std::size_t>(t.mention);
        out.mentions.push_back(index);
        if (step(element_at + 1, sentence_.mentions[index].last + 1, out))
            return true;
        out.mentions.pop_back();
        return false;
    }

    bool counted(std::size_t element_at, std::size_t next, std::size_t at, found_pattern& out) {
        const auto saved = out.trigger;
        out.trigger = std::min(out.trigger, at);
        ++out.words;
        if (step(element_at + 1, next, out))
            return true;
        --out.words;
        out.trigger = saved;
        return false;
    }

    // "$14.5 billion", with its unit or without
    bool amount(std::size_t element_at, std::size_t at, found_pattern& out) {
        const auto number = number_end(at);
        const auto whole = amount_end(at);
        return (whole > number && counted(element_at, whole, at, out)) || counted(element_at, number, at, out);
    }

    bool gap(const element& e, std::size_t element_at, std::size_t at, found_pattern& out) {
        // "Chrysler recalls cars, Fyffes to …": what comes behind a comma is somebody else's
        const bool to_company =
            element_at + 1 < pattern_.elements.size() && pattern_.elements[element_at + 1].is == element::what::company;
        const auto& tokens = sentence_.tokens;
        for (std::size_t heavy = 0, from = at; heavy <= e.most;) {
            while (at < tokens.size() && tokens[at].aside_to > at)
                at = tokens[at].aside_to;
            if (to_company && at < tokens.size() && at > from && tokens[at].before == ',')
                return false;
            if (step(element_at + 1, at, out))
                return true;
            if (at >= tokens.size() || tokens[at].breaks || tokens[at].wall)
                return false;
            if (const auto m = tokens[at].mention; m >= 0) {
                at = sentence_.mentions[static_cast<std::size_t>(m)].last + 1;
                ++heavy;
                continue;
            }
            if (const auto lengths = seen_.lengths(light_, at); lengths != 0) {
                at += static_cast<std::size_t>(std::bit_width(lengths)); // "up to" is two words
                continue;
            }
            ++heavy;
            at = tokens[at].money ? amount_end(at) : at + 1;
        }
        return false;
    }

    // A colon, or a dash with a space, stands in front of the token.
    bool colon(std::size_t at) const {
        const auto& tokens = sentence_.tokens;
        if (at == 0)
            return false;
        if (at < tokens.size())
            return tokens[at].before == ':' || (tokens[at].before == '-' && !tokens[at].glued);
        return false;
    }

    // "$14.5 billion": the number's last word
    std::size_t number_end(std::size_t at) const {
        auto next = at + 1;
        while (next < sentence_.tokens.size() && sentence_.tokens[next].glued && sentence_.tokens[next].number &&
               (sentence_.tokens[next].before == '.' || sentence_.tokens[next].before == ','))
            ++next;
        return next;
    }

    // The same with its unit.
    std::size_t amount_end(std::size_t at) const {
        auto next = number_end(at);
        while (next < sentence_.tokens.size() && sentence_.tokens[next].unit)
            ++next;
        return next;
    }

    const pattern& pattern_;
    const sentence& sentence_;
    const sightings& seen_;
    std::uint16_t light_;
    int steps_ = 0;
};

} // namespace

void find(const pattern& p, const sentence& s, const sightings& seen, std::uint16_t light,
          std::vector<found_pattern>& out) {
    if (p.needs_company && s.mentions.empty())
        return;
    for (const auto word_class : p.needed)
        if (!seen.anywhere(word_class))
            return;
    found_pattern found;
    for (std::size_t at = 0; at < s.tokens.size(); ++at) {
        const auto& first = p.elements.front();
        if (first.is == element::what::company && s.tokens[at].mention < 0)
            continue;
        if (first.is == element::what::start && at > 0)
            break;
        if (first.is == element::what::words && !first.optional && !first.never && !first.beside_words() &&
            seen.lengths(first.words, at) == 0)
            continue;
        if (attempt(p, s, seen, light).from(at, found))
            out.push_back(found);
    }
}

} // namespace whynow::domain::triggers
