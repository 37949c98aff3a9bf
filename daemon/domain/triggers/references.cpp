#include "domain/triggers/references.hpp"

#include <algorithm>

namespace whynow::domain::triggers {
namespace {

constexpr std::size_t longest_aside = 16; // words

// The token behind a bracket that opens right in front of tokens[at]; 0 where none does or it never closes.
std::size_t behind_bracket(const sentence& s, std::size_t at) {
    if (s.tokens[at].before != '(')
        return 0;
    const auto closes = s.text.find(')', s.tokens[at].from);
    if (closes == std::string_view::npos)
        return 0;
    auto end = at;
    while (end < s.tokens.size() && s.tokens[end].from < closes)
        ++end;
    return end - at <= longest_aside ? end : 0;
}

std::size_t behind_commas(const sentence& s, std::size_t at) {
    for (auto end = at + 1; end < s.tokens.size() && end - at <= longest_aside; ++end) {
        if (s.tokens[end].breaks)
            return 0;
        if (s.tokens[end].before == ',')
            return end;
    }
    return 0;
}

} // namespace

void mark_asides(sentence& s, const sightings& seen, std::uint16_t openers) {
    const auto in_passing = [&](std::size_t from, std::size_t to) {
        s.tokens[from].aside_to = to;
        for (auto& m : s.mentions)
            m.aside = m.aside || (m.first >= from && m.first < to);
    };
    for (std::size_t i = 1; i < s.tokens.size(); ++i)
        if (const auto end = behind_bracket(s, i); end != 0)
            s.tokens[i].aside_to = end;
    for (const auto& m : s.mentions) {
        const auto next = m.last + 1;
        if (next >= s.tokens.size() || s.tokens[next].before != ',' || seen.lengths(openers, next) == 0)
            continue;
        if (const auto end = behind_commas(s, next); end != 0)
            in_passing(next, end);
    }
}

void mark_walls(sentence& s, const sightings& seen, std::uint16_t walls, std::uint16_t after_as) {
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
        const bool names_a_role = i + 1 < s.tokens.size() && seen.lengths(after_as, i + 1) != 0 &&
                                  (s.tokens[i].folded == "as" || s.tokens[i].folded == "als");
        s.tokens[i].wall = seen.lengths(walls, i) != 0 && !names_a_role;
    }
}

void stand_in(sentence& s, const sightings& seen, std::uint16_t words, const company_match& meant) {
    std::vector<mention> added;
    for (std::size_t i = 0; i < s.tokens.size(); ++i) {
        const auto lengths = seen.lengths(words, i);
        if (lengths == 0 || s.tokens[i].mention >= 0)
            continue;
        std::size_t length = 8;
        while (((lengths >> (length - 1)) & 1) == 0)
            --length;
        const bool named_before =
            std::any_of(s.mentions.begin(), s.mentions.end(), [&](const mention& m) { return m.first < i + length; });
        if (named_before)
            break;
        mention m;
        m.match = meant;
        m.first = i;
        m.last = i + length - 1;
        added.push_back(m);
        i = m.last;
    }
    if (added.empty())
        return;
    s.mentions.insert(s.mentions.begin(), added.begin(), added.end());
    for (auto& t : s.tokens)
        t.mention = -1;
    for (std::size_t i = 0; i < s.mentions.size(); ++i)
        s.tokens[s.mentions[i].first].mention = static_cast<int>(i);
}

} // namespace whynow::domain::triggers
