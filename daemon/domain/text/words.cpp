#include "domain/text/words.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace whynow::domain::text {
namespace {

constexpr std::array<std::string_view, 33> abbreviations{
    "mr",     "mrs",  "ms",  "dr",  "prof", "st",   "inc",  "ltd", "corp", "co",  "vs",
    "approx", "dept", "nr",  "bzw", "ca",   "etc",  "evtl", "ggf", "mio",  "mrd", "tsd",
    "str",    "vgl",  "abt", "m",   "mme",  "mlle", "sr",   "sra", "srta", "dra", "ud"};
// Only beside a number: "Nov. 12", "12 sept."
constexpr std::array<std::string_view, 21> month_abbreviations{"jan", "feb",  "febr", "mar", "apr",  "jun", "jul",
                                                               "aug", "sep",  "sept", "okt", "oct",  "nov", "dez",
                                                               "dec", "janv", "fevr", "avr", "juil", "ene", "dic"};

constexpr std::string_view where_in_french = "o\u00F9";

bool inside_number(char32_t c) { return c == '.' || c == ',' || c == ':' || c == '/' || c == '-'; }

class scanner {
  public:
    explicit scanner(std::string_view text) : text_(text) {}

    words_and_sentences run() {
        for (std::size_t at = 0; at < text_.size();) {
            auto next = at;
            const auto c = next_code_point(text_, next);
            if (is_letter(c) || is_digit(c)) {
                at = take_word(at);
                continue;
            }
            sign(c, at, next);
            at = next;
        }
        close(text_.size(), 0);
        return std::move(out_);
    }

  private:
    char32_t peek(std::size_t at) const { return at < text_.size() ? next_code_point(text_, at) : 0; }

    std::size_t take_word(std::size_t from) {
        word w;
        w.from = from;
        auto at = from;
        auto c = next_code_point(text_, at);
        w.number = is_digit(c);
        w.capital = is_upper(c);
        std::size_t letters = 0, uppers = 0;
        const auto count = [&] {
            letters += is_letter(c) ? 1 : 0;
            uppers += is_upper(c) ? 1 : 0;
        };
        count();
        while (at < text_.size()) {
            auto next = at;
            c = next_code_point(text_, next);
            const bool goes_on =
                is_letter(c) || is_digit(c) || c == 0xAD || (c >= 0x300 && c <= 0x36F) ||
                (w.number && inside_number(c) && is_digit(peek(next)) && is_digit(last_code_point(at)));
            if (!goes_on)
                break;
            at = next;
            count();
        }
        w.to = at;
        w.shouted = letters >= 2 && uppers == letters;
        w.folded = folded(text_.substr(from, at - from));
        if (w.folded == "ou" && at - from == 3 && text_[at - 1] != 'u' && text_[at - 1] != 'U')
            w.folded = where_in_french;
        w.before = before_;
        w.opens_clause = clause_;
        clause_ = false;
        before_ = ' ';
        if (!open_) {
            open_ = true;
            w.opens_clause = true;
            current_.from = from;
            current_.first = out_.words.size();
        }
        out_.words.push_back(std::move(w));
        return at;
    }

    char32_t last_code_point(std::size_t before) const {
        return before > 0 && static_cast<unsigned char>(text_[before - 1]) < 0x80 ? char32_t(text_[before - 1]) : U'x';
    }

    // Opens or closes a quotation. An apostrophe inside a word is none, nor is one that nothing opened.
    void quotation(char32_t c, std::size_t at, std::size_t next) {
        const bool single = c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x201A;
        const bool mark = single || c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB;
        if (!mark)
            return;
        const auto after = peek(next);
        const bool word_before = !out_.words.empty() && out_.words.back().to == at;
        const bool word_after = is_letter(after) || is_digit(after);
        if (single && word_before && word_after)
            return;
        if (quote_ != 0 && single == quote_is_single_) {
            for (auto i = quoted_from_; i < out_.words.size(); ++i)
                out_.words[i].quoted = true;
            quote_ = 0;
        } else if (quote_ == 0 && !(single && !word_after)) {
            quote_ = c;
            quote_is_single_ = single;
            quoted_from_ = out_.words.size();
        }
    }

    void sign(char32_t c, std::size_t at, std::size_t next) {
        quotation(c, at, next);
        switch (c) {
        case '.':
            if (!(peek(next) == '.' || is_digit(peek(next))) && ends_here(at, next))
                close(next, '.');
            return;
        case 0x2026: return close(next, '.');
        case '!': return close(next, '!');
        case '?': return close(next, '?');
        case '\n': return close(at, 0);
        case ',':
        case ';':
        case ':':
        case '(':
        case ')':
        case '"':
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0xAB:
        case 0xBB:
        case 0x2013:
        case 0x2014:
        case 0xBF:
        case 0xA1:
            clause_ = true;
            before_ = c < 0x80 ? char(c) : ',';
            return;
        case '-':
            before_ = '-';
            clause_ = clause_ || (at > 0 && text_[at - 1] == ' ' && peek(next) == ' ');
            return;
        case '\'':
        case 0x2018:
        case 0x2019: before_ = '\''; return;
        case '%':
            if (open_ && out_.words.back().number && at - out_.words.back().to <= 3) // a blank between them at most
                out_.words.back().percent = true;
            return;
        case '$': before_ = '$'; return;
        case 0x20AC: before_ = 'E'; return;
        case 0xA3: before_ = 'L'; return;
        default: return;
        }
    }

    // Whether a full stop at `at` ends a sentence: not after an abbreviation or an ordinal.
    bool ends_here(std::size_t at, std::size_t next) const {
        auto after = next;
        while (after < text_.size() && text_[after] == ' ')
            ++after;
        if (after >= text_.size() || text_[after] == '\n')
            return true;
        const auto following = peek(after);
        const bool small = is_letter(following) && !is_upper(following);
        if (out_.words.empty() || out_.words.back().to != at)
            return !small;
        const auto& last = out_.words.back();
        if (last.number && last.folded.size() <= 2 && last.folded.find_first_not_of("0123456789") == std::string::npos)
            return after == next || !(is_letter(following) && ordinal_follows(after));
        if (last.folded.size() == 1 && last.capital)
            return false; // an initial
        if (std::ranges::find(abbreviations, last.folded) != abbreviations.end())
            return false;
        if (std::ranges::find(month_abbreviations, last.folded) != month_abbreviations.end() &&
            (is_digit(following) || (out_.words.size() > 1 && out_.words[out_.words.size() - 2].number)))
            return false;
        return !small; // a small letter goes on
    }

    // After "12." a word in small letters, or one of three letters and more that begins like a month, goes on.
    bool ordinal_follows(std::size_t after) const {
        auto end = after;
        while (end < text_.size() && (is_letter(peek(end)))) {
            auto n = end;
            next_code_point(text_, n);
            end = n;
        }
        const auto next = folded(text_.substr(after, end - after));
        if (!is_upper(peek(after)))
            return true;
        constexpr std::array<std::string_view, 14> months{"jan", "feb", "mar", "apr", "mai", "jun",     "jul",
                                                          "aug", "sep", "okt", "nov", "dez", "quartal", "jahr"};
        return std::ranges::any_of(months, [&](std::string_view m) { return next.starts_with(m); });
    }

    void close(std::size_t to, char end) {
        clause_ = true;
        before_ = ' ';
        if (!open_) {
            // "?!" and "..." : the stronger sign wins
            if (!out_.sentences.empty() && end == '?' && out_.sentences.back().to + 1 == to) {
                out_.sentences.back().end = end;
                out_.sentences.back().to = to;
            }
            return;
        }
        current_.to = to;
        current_.end = end;
        current_.last = out_.words.size();
        out_.sentences.push_back(current_);
        open_ = false;
    }

    std::string_view text_;
    words_and_sentences out_;
    sentence current_;
    char32_t quote_ = 0; // the mark that opened a quotation
    bool quote_is_single_ = false;
    std::size_t quoted_from_ = 0;
    bool open_ = false;
    bool clause_ = true;
    char before_ = ' ';
};

} // namespace

words_and_sentences read_words(std::string_view text) { return scanner(text).run(); }

namespace {

// Counts up to `most` words and gives the place behind the last of them.
std::pair<std::size_t, std::size_t> counted(std::string_view text, std::size_t most) {
    std::size_t count = 0;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto before = at;
        const auto c = next_code_point(text, at);
        if (c <= ' ' || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
            c == 0x3000) {
            if (inside && count == most)
                return {count, before};
            inside = false;
        } else if (!inside && (is_letter(c) || is_digit(c))) {
            inside = true;
            ++count;
        }
    }
    return {count, text.size()};
}

} // namespace

std::size_t count_words(std::string_view text) { return counted(text, text.size() + 1).first; }

std::string_view first_words(std::string_view text, std::size_t n) { return text.substr(0, counted(text, n).second); }

} // namespace whynow::domain::text
