#include "domain/lint/pattern.hpp"

#include "domain/lint/lexicon.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <bit>

namespace whynow::domain::lint {
namespace {

constexpr std::size_t short_gap = 3, long_gap = 10;
constexpr int most_depth = 8;

bool letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

class pattern_reader {
  public:
    explicit pattern_reader(std::string_view text) : text_(text) {}

    // Up to ')' or '|' (which stay) or the end.
    std::optional<sequence> run() {
        sequence out;
        while (at_ < text_.size() && text_[at_] != ')' && text_[at_] != '|')
            if (!item(out))
                return {};
        return out;
    }
    bool done() const { return at_ == text_.size(); }

  private:
    bool item(sequence& out) {
        switch (text_[at_]) {
        case '(': return group(out);
        case '<': return named(out);
        case '^': return single(out, element::kind::clause_start);
        case '$': return single(out, element::kind::sentence_end);
        case '#': return single(out, element::kind::number);
        case '.': return gap(out);
        default: break;
        }
        if (letter_or_digit(text_[at_]) || text_[at_] == '*')
            return word(out);
        ++at_;
        return true;
    }

    bool single(sequence& out, element::kind what) {
        ++at_;
        element e;
        e.what = what;
        out.elements.push_back(std::move(e));
        return true;
    }

    bool gap(sequence& out) {
        std::size_t dots = 0;
        while (at_ < text_.size() && text_[at_] == '.')
            ++dots, ++at_;
        element e;
        e.what = element::kind::gap;
        e.most = dots >= 3 ? long_gap : short_gap;
        out.elements.push_back(std::move(e));
        return true;
    }

    void take_optional(element& e) {
        if (at_ < text_.size() && text_[at_] == '?') {
            e.optional = true;
            ++at_;
        }
    }

    bool named(sequence& out) {
        const auto end = text_.find('>', at_);
        if (end == std::string_view::npos)
            return false;
        element e;
        e.what = element::kind::word_class;
        e.text = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        take_optional(e);
        out.elements.push_back(std::move(e));
        return true;
    }

    bool group(sequence& out) {
        element e;
        e.what = element::kind::group;
        do {
            ++at_;
            auto choice = run();
            if (!choice || choice->elements.empty()) // nothing would match everywhere
                return false;
            e.choices.push_back(std::move(*choice));
        } while (at_ < text_.size() && text_[at_] == '|');
        if (at_ >= text_.size())
            return false;
        ++at_;
        take_optional(e);
        out.elements.push_back(std::move(e));
        return true;
    }

    bool word(sequence& out) {
        element e;
        if (text_[at_] == '*') {
            e.what = element::kind::suffix;
            ++at_;
        }
        const auto from = at_;
        while (at_ < text_.size() && letter_or_digit(text_[at_]))
            ++at_;
        e.text = text_.substr(from, at_ - from);
        if (at_ < text_.size() && text_[at_] == '*') {
            e.what = element::kind::prefix;
            ++at_;
        }
        take_optional(e);
        if (!e.text.empty())
            out.elements.push_back(std::move(e));
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

std::optional<sequence> read_pattern(std::string_view text) {
    std::string folded;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = text::next_code_point(text, at);
        if (c == 0xF9) // "où" is not "ou"; see text::word
            text::append_utf8(folded, c);
        else
            text::append_folded(folded, c);
    }
    pattern_reader reader(folded);
    auto out = reader.run();
    if (!out || !reader.done() || out->elements.empty())
        return {};
    return out;
}

void word_class::add(sequence s) {
    const auto& first = s.elements.front();
    const bool one = s.elements.size() == 1 && !first.optional;
    if (one && first.what == element::kind::word)
        words.insert(first.text);
    else if (one && first.what == element::kind::prefix)
        prefixes.push_back(first.text);
    else
        patterns.push_back(std::move(s));
}

const word_class* matcher::named(std::string_view name) const {
    if (known_) {
        const auto* k = known_->find(name);
        return k ? of(*k, name) : nullptr;
    }
    if (const auto it = own_.find(name); it != own_.end())
        return &it->second;
    const auto it = language_.find(name);
    return it == language_.end() ? nullptr : &it->second;
}

const word_class* matcher::of(const known_class& k, std::string_view name) const {
    if (k.from_facts)
        if (const auto it = own_.find(name); it != own_.end())
            return &it->second;
    return k.of_language;
}

bool matcher::can_begin(mark m, std::size_t at) const { return !seen_ || m == unmarked || seen_->at(m, at); }

std::size_t matcher::next(mark m, std::size_t from, std::size_t to) const {
    return !seen_ || m == unmarked ? from : seen_->next(m, from, to);
}

matcher::places matcher::class_ends(const word_class& c, std::size_t at, std::size_t last, int depth) const {
    if (depth > most_depth || at >= last)
        return 0;
    places out = 0;
    const std::string_view w = words_[at].folded;
    const bool member = seen_ && c.members != unmarked
                            ? seen_->at(c.members, at)
                            : c.words.contains(words_[at].folded) ||
                                  std::ranges::any_of(c.prefixes, [&](const auto& p) { return w.starts_with(p); });
    if (member)
        out |= 2;
    for (const auto& p : c.patterns)
        if (can_begin(p.begins, at))
            out |= ends(p, at, last, depth + 1);
    return out;
}

matcher::places matcher::step(const element& e, std::size_t at, std::size_t last, int depth) const {
    const places skipped = e.optional ? 1 : 0;
    const bool inside = at < last;
    const auto one_word = [&](bool matches) { return skipped | (matches ? places{2} : places{0}); };
    const auto marked_word = [&](auto test) {
        return one_word(inside && (seen_ && e.begins != unmarked ? seen_->at(e.begins, at)
                                                                 : test(std::string_view(words_[at].folded))));
    };
    switch (e.what) {
    case element::kind::word: return marked_word([&](std::string_view w) { return w == e.text; });
    case element::kind::prefix: return marked_word([&](std::string_view w) { return w.starts_with(e.text); });
    case element::kind::suffix: return marked_word([&](std::string_view w) { return w.ends_with(e.text); });
    case element::kind::gap: {
        auto most = std::min(e.most, last - at);
        if (e.most == short_gap)
            for (std::size_t n = 0; n < most; ++n)
                if (words_[at + n].opens_clause)
                    most = n;
        return skipped | ((places{2} << most) - 1);
    }
    case element::kind::clause_start: return skipped | (inside && words_[at].opens_clause ? places{1} : places{0});
    case element::kind::sentence_end: return skipped | (at == last ? places{1} : places{0});
    default: break;
    }
    auto out = skipped;
    if (!inside || !can_begin(e.begins, at))
        return e.what == element::kind::group && !inside ? out | group_ends(e, at, last, depth) : out;
    if (e.what == element::kind::group)
        return out | group_ends(e, at, last, depth);
    if (e.what == element::kind::number)
        out |= words_[at].number ? places{2} : places{0};
    if (const auto* c = named(e.what == element::kind::number ? std::string_view("number_word") : e.text))
        out |= class_ends(*c, at, last, depth);
    return out;
}

matcher::places matcher::group_ends(const element& e, std::size_t at, std::size_t last, int depth) const {
    places out = 0;
    for (const auto& choice : e.choices)
        if (at >= last || can_begin(choice.begins, at))
            out |= ends(choice, at, last, depth + 1);
    return out;
}

matcher::places matcher::ends(const sequence& s, std::size_t at, std::size_t last, int depth) const {
    if (depth > most_depth)
        return 0;
    places here = 1;
    for (const auto& e : s.elements) {
        places further = 0;
        for (auto rest = here; rest != 0; rest &= rest - 1) {
            const auto n = std::size_t(std::countr_zero(rest));
            further |= step(e, at + n, last, depth) << n;
        }
        if (further == 0)
            return 0;
        here = further;
    }
    return here;
}

bool matcher::may_match(const sequence& s, span inside) const {
    return !seen_ ||
           std::ranges::all_of(s.needs, [&](mark m) { return seen_->next(m, inside.from, inside.to) < inside.to; });
}

std::optional<span> matcher::find(const sequence& s, span inside) const {
    if (!may_match(s, inside))
        return {};
    for (auto at = next(s.begins, inside.from, inside.to); at < inside.to; at = next(s.begins, at + 1, inside.to))
        if (const auto e = ends(s, at, inside.to, 0); e != 0)
            return span{at, at + std::max<std::size_t>(std::size_t(std::countr_zero(e)), 1)};
    return {};
}

std::optional<std::size_t> matcher::match_class(std::string_view name, std::size_t at, std::size_t last) const {
    if (at >= last)
        return {};
    const auto* k = known_ ? known_->find(name) : nullptr;
    if (known_ && (!k || !can_begin(k->begins, at)))
        return {};
    const auto* c = k ? of(*k, name) : named(name);
    const auto e = c ? class_ends(*c, at, last, 0) : places{0};
    if (e == 0)
        return {};
    return at + std::size_t(std::bit_width(e)) - 1;
}

std::optional<span> matcher::find_class(std::string_view name, span inside) const {
    const auto* k = known_ ? known_->find(name) : nullptr;
    if (known_ && !k)
        return {};
    const auto begins = k ? k->begins : unmarked;
    for (auto at = next(begins, inside.from, inside.to); at < inside.to; at = next(begins, at + 1, inside.to))
        if (const auto end = match_class(name, at, inside.to))
            return span{at, *end};
    return {};
}

} // namespace whynow::domain::lint
