#include "domain/lint/lexicon.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace whynow::domain::lint {
namespace {

constexpr std::array<std::string_view, 8> names_from_facts{"account", "company", "contact",      "customer",
                                                           "product", "rep",     "product_part", "role"};

bool from_facts(std::string_view class_name) {
    return std::ranges::find(names_from_facts, class_name) != names_from_facts.end();
}

} // namespace

void lexicon::start::add(const start& other) {
    atoms.insert(other.atoms.begin(), other.atoms.end());
    anything = anything || other.anything;
}

lexicon::atom lexicon::numbered(map_by_text<atom>& kind, const std::string& text) {
    const auto [it, fresh] = kind.try_emplace(text, atoms_);
    atoms_ += fresh ? 1 : 0;
    return it->second;
}

mark lexicon::marked(const start& s) {
    if (s.anything)
        return unmarked;
    const auto [it, fresh] = marks_.try_emplace(s.atoms, mark(marks_.size()));
    if (fresh) {
        marks_of_.resize(atoms_);
        for (const auto a : s.atoms)
            marks_of_[a].push_back(it->second);
    }
    return it->second;
}

lexicon::start lexicon::mark_element(element& e) {
    start s;
    switch (e.what) {
    case element::kind::word: s.atoms.insert(word(e.text)); break;
    case element::kind::prefix:
        longest_prefix_ = std::max(longest_prefix_, e.text.size());
        s.atoms.insert(numbered(prefixes_, e.text));
        break;
    case element::kind::suffix:
        longest_suffix_ = std::max(longest_suffix_, e.text.size());
        s.atoms.insert(numbered(suffixes_, e.text));
        break;
    case element::kind::number:
        s = start_of_class("number_word");
        s.atoms.insert(digits_);
        break;
    case element::kind::word_class: s = start_of_class(e.text); break;
    case element::kind::group:
        for (auto& choice : e.choices)
            s.add(mark_sequence(choice));
        break;
    case element::kind::gap:
    case element::kind::clause_start:
    case element::kind::sentence_end: s.anything = true; break;
    }
    e.begins = marked(s);
    return s;
}

lexicon::start lexicon::mark_sequence(sequence& q) {
    start s;
    bool begun = false; // by a word that must be there
    q.needs.clear();
    for (auto& e : q.elements) {
        const auto of_element = mark_element(e);
        if (!begun && e.what != element::kind::clause_start)
            s.add(of_element);
        const bool takes_no_word = e.optional || e.what == element::kind::gap ||
                                   e.what == element::kind::clause_start || e.what == element::kind::sentence_end;
        begun = begun || !takes_no_word;
        if (!takes_no_word && e.begins != unmarked)
            q.needs.push_back(e.begins);
    }
    s.anything = s.anything || !begun;
    q.begins = marked(s);
    return s;
}

lexicon::start lexicon::start_of_class(const std::string& name) {
    if (const auto known = starts_.find(name); known != starts_.end())
        return known->second;
    start s;
    if (from_facts(name))
        s.atoms.insert(numbered(from_facts_, name));
    const auto c = classes_->find(name);
    if (c != classes_->end()) {
        if (!in_work_.insert(name).second) {
            s.anything = true;
            return s;
        }
        start members;
        for (const auto& w : c->second.words)
            members.atoms.insert(word(w));
        for (const auto& p : c->second.prefixes) {
            longest_prefix_ = std::max(longest_prefix_, p.size());
            members.atoms.insert(numbered(prefixes_, p));
        }
        c->second.members = marked(members);
        s.add(members);
        for (auto& p : c->second.patterns)
            s.add(mark_sequence(p));
        in_work_.erase(name);
    }
    known_[name] = {marked(s), c == classes_->end() ? nullptr : &c->second, from_facts(name)};
    return starts_[name] = s;
}

void lexicon::read(vocabulary& classes, const std::vector<sequence*>& patterns) {
    classes_ = &classes;
    for (const auto& [name, c] : classes)
        start_of_class(name);
    for (const auto name : names_from_facts)
        start_of_class(std::string(name));
    for (auto* p : patterns)
        mark_sequence(*p);
    size_ = marks_.size();
    classes_ = nullptr;
    starts_.clear();
    marks_.clear();
}

const known_class* lexicon::find(std::string_view class_name) const {
    const auto it = known_.find(class_name);
    return it == known_.end() ? nullptr : &it->second;
}

sightings::sightings(const lexicon& known, const std::vector<text::word>& words, const vocabulary& own)
    : width_(words.size() / 64 + 1), rows_(known.size()), bits_(width_) {
    const auto look_up = [&](const map_by_text<lexicon::atom>& kind, std::string_view text, std::size_t word) {
        if (const auto it = kind.find(text); it != kind.end())
            see(known.marks_of_[it->second], word);
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view w = words[i].folded;
        look_up(known.words_, w, i);
        for (std::size_t n = 1; n <= std::min(w.size(), known.longest_prefix_); ++n)
            look_up(known.prefixes_, w.substr(0, n), i);
        for (std::size_t n = 1; n <= std::min(w.size(), known.longest_suffix_); ++n)
            look_up(known.suffixes_, w.substr(w.size() - n), i);
        if (words[i].number)
            see(known.marks_of_[known.digits_], i);
    }
    see_own(known, words, own);
}

void sightings::see_own(const lexicon& known, const std::vector<text::word>& words, const vocabulary& own) {
    std::unordered_map<std::string_view, std::vector<const std::vector<mark>*>> first_words;
    for (const auto& [name, c] : own) {
        const auto a = known.from_facts_.find(name);
        if (a == known.from_facts_.end())
            continue;
        const auto* marks = &known.marks_of_[a->second];
        for (const auto& w : c.words)
            first_words[w].push_back(marks);
        for (const auto& p : c.patterns)
            first_words[p.elements.front().text].push_back(marks);
    }
    for (std::size_t i = 0; i < words.size(); ++i)
        if (const auto it = first_words.find(words[i].folded); it != first_words.end())
            for (const auto* marks : it->second)
                see(*marks, i);
}

void sightings::see(const std::vector<mark>& all, std::size_t word) {
    for (const auto m : all) {
        if (rows_[m] == 0) {
            rows_[m] = std::uint32_t(bits_.size() / width_);
            bits_.resize(bits_.size() + width_);
        }
        bits_[rows_[m] * width_ + word / 64] |= std::uint64_t{1} << (word % 64);
    }
}

std::size_t sightings::next(mark m, std::size_t from, std::size_t to) const {
    const auto* r = row(m);
    for (auto block = from / 64; block * 64 < to; ++block) {
        auto bits = r[block];
        if (block == from / 64)
            bits = bits >> (from % 64) << (from % 64);
        if (bits != 0)
            return std::min(block * 64 + std::size_t(std::countr_zero(bits)), to);
    }
    return to;
}

} // namespace whynow::domain::lint
