// Which words the patterns of one language can begin with, so that a text is looked up once and each pattern is tried
// only where it can match.
#pragma once

#include "domain/lint/pattern.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace whynow::domain::lint {

// Lets unordered maps of strings be searched by views.
struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

template <class T>
using map_by_text = std::unordered_map<std::string, T, text_hash, std::equal_to<>>;

// A class as a matcher needs it.
struct known_class {
    mark begins = unmarked;
    const word_class* of_language = nullptr;
    bool from_facts = false;
};

class lexicon {
  public:
    lexicon() = default;
    lexicon(lexicon&&) = default; // it points into the classes that it has read: moves with them, is not copied
    lexicon& operator=(lexicon&&) = default;

    // Marks the classes of a language, which must be complete, and the patterns that use them.
    void read(vocabulary& classes, const std::vector<sequence*>& patterns);

    // Nothing where the language has no such class.
    const known_class* find(std::string_view class_name) const;
    std::size_t size() const { return size_; }

  private:
    friend class sightings;
    using marks = std::vector<mark>;
    // What a word must be: "=word", "prefix*", "*suffix", "#", "<class from the facts>"; numbered.
    using atom = std::uint32_t;
    struct start {
        std::set<atom> atoms;
        bool anything = false;
        void add(const start& other);
    };

    atom word(const std::string& text) { return numbered(words_, text); }
    atom numbered(map_by_text<atom>& kind, const std::string& text);
    mark marked(const start& s);
    start mark_sequence(sequence& s);
    start mark_element(element& e);
    start start_of_class(const std::string& name);

    // While reading.
    vocabulary* classes_ = nullptr;
    std::map<std::string, start, std::less<>> starts_; // of classes
    std::set<std::string> in_work_;                    // a class that contains itself begins with anything
    std::map<std::set<atom>, mark> marks_;

    std::size_t size_ = 0;
    map_by_text<known_class> known_;
    map_by_text<atom> words_, prefixes_, suffixes_, from_facts_;
    std::size_t longest_prefix_ = 0, longest_suffix_ = 0;
    atom digits_ = 0, atoms_ = 1;    // atom 0 is a number in digits
    std::vector<marks> marks_of_{1}; // by atom
};

// Where in one text the words of each mark stand.
class sightings {
  public:
    // `own` holds the classes that come from the facts.
    sightings(const lexicon& known, const std::vector<text::word>& words, const vocabulary& own);

    bool at(mark m, std::size_t word) const { return (row(m)[word / 64] >> (word % 64) & 1) != 0; }
    // The first word of the mark in [from, to), else `to`.
    std::size_t next(mark m, std::size_t from, std::size_t to) const;

  private:
    const std::uint64_t* row(mark m) const { return bits_.data() + std::size_t{rows_[m]} * width_; }
    void see(const std::vector<mark>& all, std::size_t word);
    void see_own(const lexicon& known, const std::vector<text::word>& words, const vocabulary& own);

    std::size_t width_;               // of a row, one bit for each word
    std::vector<std::uint32_t> rows_; // by mark; row 0 is that of the marks nowhere seen
    std::vector<std::uint64_t> bits_;
};

} // namespace whynow::domain::lint
