#include "domain/triggers/words.hpp"

#include "domain/text/utf8.hpp"

#include <array>

namespace whynow::domain::triggers {
namespace {

constexpr std::uint64_t basis = 14695981039346656037ULL;

constexpr std::uint64_t add(std::uint64_t h, unsigned char c) { return (h ^ c) * 1099511628211ULL; }
constexpr std::uint64_t finish(std::uint64_t h) { return h ^ (h >> 29); }

// For each ASCII byte: 0 no part of a word, else the folded letter or digit.
constexpr std::array<unsigned char, 256> make_letters() {
    std::array<unsigned char, 256> out{};
    for (unsigned c = '0'; c <= '9'; ++c)
        out[c] = static_cast<unsigned char>(c);
    for (unsigned c = 'a'; c <= 'z'; ++c)
        out[c] = static_cast<unsigned char>(c);
    for (unsigned c = 'A'; c <= 'Z'; ++c)
        out[c] = static_cast<unsigned char>(c - 'A' + 'a');
    return out;
}
constexpr auto letters = make_letters();

class reader {
  public:
    reader(std::string_view text, std::vector<word>& out) : text_(text), out_(out) {}

    void run() {
        while (at_ < text_.size()) {
            const auto c = byte(at_);
            if (letters[c] != 0)
                read_word();
            else if (c >= 0x80)
                non_ascii();
            else
                separator(static_cast<char>(c)), ++at_;
        }
    }

  private:
    unsigned char byte(std::size_t i) const { return static_cast<unsigned char>(text_[i]); }
    unsigned char letter(std::size_t i) const { return i < text_.size() ? letters[byte(i)] : 0; }

    void separator(char c) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            spaced_ = true;
            return;
        }
        if (c == '&' || (c == '+' && joins())) {
            word w;
            w.hash = word_hash("and");
            w.from = static_cast<std::uint32_t>(at_);
            w.to = w.from + 1;
            push(w);
            return;
        }
        before_ = c;
    }

    // "Kühne+Nagel", "Kühne + Nagel", but not "Disney+ adds".
    bool joins() const {
        const auto after = at_ + 1 < text_.size() ? byte(at_ + 1) : 0;
        const bool space_behind = after == ' ';
        const auto next = at_ + (space_behind ? 2 : 1);
        const auto first = next < text_.size() ? byte(next) : 0;
        return !out_.empty() && spaced_ == space_behind && (first >= 0x80 || letters[first] >= 'a');
    }

    void push(word& w) {
        w.before = before_;
        w.glued = !spaced_ && !out_.empty();
        out_.push_back(w);
        before_ = ' ';
        spaced_ = false;
    }

    void non_ascii() {
        auto next = at_;
        const auto c = text::next_code_point(text_, next);
        if (text::is_letter(c)) {
            read_word();
            return;
        }
        std::string folded;
        text::append_folded(folded, c);
        if (!folded.empty())
            separator(folded == " " ? ' ' : folded.front() == '\'' ? '\'' : folded.front());
        at_ = next;
    }

    // The letters of one word from at_; leaves at_ behind them.
    void read_word() {
        word w;
        w.from = static_cast<std::uint32_t>(at_);
        auto h = basis;
        std::size_t count = 0;
        std::size_t uppers = 0;
        std::string folded;
        while (at_ < text_.size()) {
            const auto c = byte(at_);
            if (const auto l = letters[c]; l != 0) {
                h = add(h, l);
                if (l != c)
                    ++uppers, w.capital = w.capital || count == 0;
                ++count;
                ++at_;
                if (initials(w.from))
                    ++at_;
                continue;
            }
            if (c < 0x80)
                break;
            auto next = at_;
            const auto point = text::next_code_point(text_, next);
            folded.clear();
            text::append_folded(folded, point);
            if (!folded.empty() && !text::is_letter(point))
                break;
            for (const char f : folded)
                h = add(h, static_cast<unsigned char>(f));
            if (text::is_upper(point))
                ++uppers, w.capital = w.capital || count == 0;
            if (!folded.empty())
                ++count;
            at_ = next;
        }
        w.to = static_cast<std::uint32_t>(at_);
        w.hash = finish(h);
        w.capitals = uppers > 0 && uppers == count;
        possessive(w);
        push(w);
    }

    // at_ stands behind a letter: is this "J.C" or "U.S", single letters with dots between?
    bool initials(std::size_t from) const {
        if (at_ >= text_.size() || text_[at_] != '.')
            return false;
        const bool single = at_ - from == 1 || (at_ >= 2 && text_[at_ - 2] == '.');
        const auto next = letter(at_ + 1);
        return single && next >= 'a' && letter(at_ + 2) == 0 && (at_ + 2 >= text_.size() || byte(at_ + 2) < 0x80);
    }

    void possessive(word& w) {
        auto next = at_;
        if (next >= text_.size())
            return;
        if (text_[next] != '\'' && byte(next) < 0x80)
            return;
        if (const auto c = text::next_code_point(text_, next); c != '\'' && c != 0x2019)
            return;
        if (letter(next) != 's' || letter(next + 1) != 0)
            return;
        w.possessive = true;
        at_ = next + 1;
    }

    std::string_view text_;
    std::vector<word>& out_;
    std::size_t at_ = 0;
    char before_ = ' ';
    bool spaced_ = false;
};

} // namespace

std::uint64_t word_hash(std::string_view folded) {
    auto h = basis;
    for (const char c : folded)
        h = add(h, static_cast<unsigned char>(c));
    return finish(h);
}

void read_words(std::string_view text, std::vector<word>& out) {
    out.clear();
    out.reserve(text.size() / 5 + 4);
    reader(text, out).run();
}

std::string folded_word(std::string_view text, const word& w) {
    if (const auto sign = text.substr(w.from, w.to - w.from); sign == "&" || sign == "+")
        return "and";
    auto out = text::folded(text.substr(w.from, w.to - w.from));
    std::erase(out, '.');
    return out;
}

} // namespace whynow::domain::triggers
