#include "domain/lint/pattern.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>

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
        out.push_back(std::move(e));
        return true;
    }

    bool gap(sequence& out) {
        std::size_t dots = 0;
        while (at_ < text_.size() && text_[at_] == '.')
            ++dots, ++at_;
        element e;
        e.what = element::kind::gap;
        e.most = dots >= 3 ? long_gap : short_gap;
        out.push_back(std::move(e));
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
        out.push_back(std::move(e));
        return true;
    }

    bool group(sequence& out) {
        element e;
        e.what = element::kind::group;
        do {
            ++at_;
            auto choice = run();
            if (!choice)
                return false;
            e.choices.push_back(std::move(*choice));
        } while (at_ < text_.size() && text_[at_] == '|');
        if (at_ >= text_.size())
            return false;
        ++at_;
        take_optional(e);
        out.push_back(std::move(e));
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
            out.push_back(std::move(e));
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

std::optional<sequence> read_pattern(std::string_view text) {
    const auto folded = text::folded(text);
    pattern_reader reader(folded);
    auto out = reader.run();
    if (!out || !reader.done() || out->empty())
        return {};
    return out;
}

void word_class::add(sequence s) {
    if (s.size() == 1 && !s[0].optional && s[0].what == element::kind::word)
        words.insert(std::move(s[0].text));
    else if (s.size() == 1 && !s[0].optional && s[0].what == element::kind::prefix)
        prefixes.push_back(std::move(s[0].text));
    else
        patterns.push_back(std::move(s));
}

const word_class* matcher::named(std::string_view name) const {
    if (const auto it = own_.find(name); it != own_.end())
        return &it->second;
    if (const auto it = language_.find(name); it != language_.end())
        return &it->second;
    return nullptr;
}

void matcher::class_ends(std::string_view name, std::size_t at, std::size_t last, int depth, places& out) const {
    const auto* c = named(name);
    if (!c || depth > most_depth || at >= last)
        return;
    const auto& w = words_[at].folded;
    if (c->words.contains(w) || std::ranges::any_of(c->prefixes, [&](const auto& p) { return w.starts_with(p); }))
        out.push_back(at + 1);
    for (const auto& p : c->patterns)
        std::ranges::copy(ends(p, at, last, depth + 1), std::back_inserter(out));
}

void matcher::step(const element& e, std::size_t at, std::size_t last, int depth, places& out) const {
    const auto word_is = [&](auto test) {
        if (at < last && test(std::string_view(words_[at].folded)))
            out.push_back(at + 1);
    };
    if (e.optional)
        out.push_back(at);
    switch (e.what) {
    case element::kind::word: return word_is([&](std::string_view w) { return w == e.text; });
    case element::kind::prefix: return word_is([&](std::string_view w) { return w.starts_with(e.text); });
    case element::kind::suffix: return word_is([&](std::string_view w) { return w.ends_with(e.text); });
    case element::kind::number:
        if (at < last && words_[at].number)
            out.push_back(at + 1);
        return class_ends("number_word", at, last, depth, out);
    case element::kind::word_class: return class_ends(e.text, at, last, depth, out);
    case element::kind::group:
        for (const auto& choice : e.choices)
            std::ranges::copy(ends(choice, at, last, depth + 1), std::back_inserter(out));
        return;
    case element::kind::gap:
        for (std::size_t n = 0; n <= e.most && at + n <= last; ++n)
            out.push_back(at + n);
        return;
    case element::kind::clause_start:
        if (at < last && words_[at].opens_clause)
            out.push_back(at);
        return;
    case element::kind::sentence_end:
        if (at == last)
            out.push_back(at);
        return;
    }
}

matcher::places matcher::ends(const sequence& s, std::size_t at, std::size_t last, int depth) const {
    places here{at};
    if (depth > most_depth)
        return {};
    for (const auto& e : s) {
        places next;
        for (const auto p : here)
            step(e, p, last, depth, next);
        std::ranges::sort(next);
        next.erase(std::unique(next.begin(), next.end()), next.end());
        if (next.empty())
            return next;
        here = std::move(next);
    }
    return here;
}

std::optional<span> matcher::find(const sequence& s, span inside) const {
    for (auto at = inside.from; at < inside.to; ++at)
        if (const auto e = ends(s, at, inside.to, 0); !e.empty())
            return span{at, std::max(e.front(), at + 1)};
    return {};
}

std::optional<std::size_t> matcher::match_class(std::string_view name, std::size_t at, std::size_t last) const {
    places out;
    class_ends(name, at, last, 0, out);
    if (out.empty())
        return {};
    return *std::ranges::max_element(out);
}

std::optional<span> matcher::find_class(std::string_view name, span inside) const {
    for (auto at = inside.from; at < inside.to; ++at)
        if (const auto end = match_class(name, at, inside.to))
            return span{at, *end};
    return {};
}

} // namespace whynow::domain::lint
