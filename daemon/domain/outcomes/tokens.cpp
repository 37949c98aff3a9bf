#include "domain/outcomes/tokens.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Length in bytes of a sign at i that is no letter ("€", an emoji); 0 where there is none.
std::size_t sign_at(const std::string& t, std::size_t i) {
    if (static_cast<unsigned char>(t[i]) < 0x80)
        return 0;
    constexpr char32_t signs_from = 0x2000, signs_to = 0x2C00, emoji_from = 0x1F000, latin_from = 0xC0;
    std::size_t end = i;
    const auto c = text::next_code_point(t, end);
    const bool sign =
        c < latin_from || (c >= signs_from && c < signs_to) || c >= emoji_from || c == 0xFE0F || c == 0xFFFD;
    return sign ? end - i : 0;
}

bool wordy(char c) { return letter(c) || digit(c); }

std::size_t email_end(const std::string& t, std::size_t i) {
    std::size_t end = i;
    const auto part = [](char c) { return wordy(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '@'; };
    while (end < t.size() && part(t[end]))
        ++end;
    while (end > i && !wordy(t[end - 1]))
        --end;
    const auto chunk = std::string_view(t).substr(i, end - i);
    const auto at = chunk.find('@');
    const bool good = at != std::string_view::npos && at > 0 && chunk.find('.', at) != std::string_view::npos &&
                      chunk.find('@', at + 1) == std::string_view::npos;
    return good ? end : i;
}

// The end of "12/3/2026" or "12.3.26" at i; i where there is none.
std::size_t date_end(const std::string& t, std::size_t i) {
    std::size_t k = i;
    const auto run = [&](std::size_t most) {
        const auto from = k;
        while (k < t.size() && digit(t[k]))
            ++k;
        return k - from >= 1 && k - from <= most;
    };
    const auto sign = [&] { return k < t.size() && (t[k] == '/' || t[k] == '.' || t[k] == '-') && ++k; };
    const bool date = run(4) && sign() && run(2) && sign() && run(4);
    const bool more =
        k < t.size() && (t[k] == '/' || t[k] == '.' || t[k] == '-') && k + 1 < t.size() && digit(t[k + 1]);
    return date && !more ? k : i;
}

// Seven digits or more with what may stand between them, and not the shape of a date or an amount.
std::size_t phone_end(const std::string& t, std::size_t i) {
    constexpr std::size_t longest = 32, fewest_digits = 7, most_digits = 15, most_in_a_date = 8;
    if (date_end(t, i) > i || (i > 0 && t[i - 1] == '$'))
        return i;
    std::size_t end = i, digits = 0, first_run = 0, runs = 0;
    bool open = false;
    for (std::size_t k = i; k < std::min(t.size(), i + longest); ++k) {
        if (digit(t[k])) {
            runs += open ? 0 : 1;
            open = true;
            ++digits;
            first_run += runs == 1 ? 1 : 0;
            end = k + 1;
        } else if (std::string_view("+-.()/ ").find(t[k]) != std::string_view::npos) {
            open = false;
            if (t[k] == ' ' && k + 1 < t.size() && t[k + 1] == ' ')
                break;
        } else {
            break;
        }
    }
    if (digits < fewest_digits || digits > most_digits)
        return i;
    const bool plus = t[i] == '+' || t[i] == '(' || t[i] == '0';
    const bool dated = !plus && ((first_run <= 2 && digits <= most_in_a_date) ||
                                 (first_run == 4 && t[i] == '2' && t[i + 1] == '0' && runs > 1));
    if (dated)
        return i;
    for (const std::string_view extension :
         {" ext. ", " ext ", " ext.", " extension ", " x ", " x", "x", " durchwahl ", " poste "})
        if (t.compare(end, extension.size(), extension) == 0 && end + extension.size() < t.size() &&
            digit(t[end + extension.size()])) {
            for (end += extension.size(); end < t.size() && digit(t[end]);)
                ++end;
            break;
        }
    return end;
}

// "l'entreprise" is two words, "don't" one.
bool elides(const std::string& t, std::size_t apostrophe) {
    std::size_t begin = apostrophe;
    while (begin > 0 && letter(t[begin - 1]))
        --begin;
    const auto head = std::string_view(t).substr(begin, apostrophe - begin);
    return head == "qu" || head == "jusqu" ||
           (head.size() == 1 && std::string_view("ldnjmsct").find(head[0]) != std::string_view::npos);
}

void shape(token& t, std::string_view written) {
    std::size_t at = 0, letters = 0, capitals = 0;
    bool first = true;
    while (at < written.size()) {
        const auto c = text::next_code_point(written, at);
        const bool upper = text::is_upper(c);
        if (first)
            t.capital = upper;
        first = false;
        letters += text::is_letter(c) ? 1U : 0U;
        capitals += upper ? 1U : 0U;
    }
    t.shout = capitals > 1 && capitals == letters;
}

class scanner {
  public:
    explicit scanner(std::string_view written) : written_(written), folded_(text::folded_with_origin(written)) {}

    std::vector<token> run() {
        const auto& t = folded_.text;
        for (std::size_t i = 0; i < t.size();) {
            if (quoted_line(i)) {
                while (i < t.size() && t[i] != '\n')
                    ++i;
                continue;
            }
            i = step(i);
        }
        return std::move(out_);
    }

  private:
    bool quoted_line(std::size_t i) const { return folded_.text[i] == '>' && (i == 0 || folded_.text[i - 1] == '\n'); }

    std::size_t step(std::size_t i) {
        const auto& t = folded_.text;
        const char c = t[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\'' || c == '"' || c == '*' || c == '_' || c == '`')
            return i + 1;
        if (const auto sign = sign_at(t, i))
            return add(i, i + sign, token::sort::mark);
        const bool begins = i == 0 || !wordy(t[i - 1]);
        if (begins && wordy(c))
            if (const auto end = email_end(t, i); end > i)
                return add(i, end, token::sort::email);
        if (begins && (digit(c) || c == '+' || c == '('))
            if (const auto end = phone_end(t, i); end > i)
                return add(i, end, token::sort::phone);
        if (wordy(c))
            return word(i);
        if (c == '$' && !(i + 1 < t.size() && digit(t[i + 1])) && !(i > 0 && digit(t[i - 1]))) {
            add(i, i + 1, token::sort::word); // "no $$"
            out_.back().text = "money";
            for (++i; i < t.size() && t[i] == '$';)
                ++i;
            return i;
        }
        const bool joins = (c == '-' || c == '/') && i > 0 && letter(t[i - 1]);
        if (c == '-' && joins && i + 1 < t.size() && letter(t[i + 1])) {
            hyphen_ = true;
            return i + 1;
        }
        if (joins && c == '/')
            return i + 1;
        return add(i, i + 1, c == '#' || c == '&' ? token::sort::word : token::sort::mark);
    }

    std::size_t word(std::size_t i) {
        const auto& t = folded_.text;
        std::size_t end = i;
        std::string text;
        bool possessive = false;
        while (end < t.size()) {
            if (end > i && sign_at(t, end))
                break;
            if (wordy(t[end])) {
                text += t[end++];
            } else if (t[end] == '\'' && end + 1 < t.size() && letter(t[end + 1]) && end > i && letter(t[end - 1])) {
                if (elides(t, end))
                    break;
                possessive = t[end + 1] == 's' && (end + 2 >= t.size() || !wordy(t[end + 2]));
                ++end;
            } else if (t[end] == '&' && end == i + 1 && letter(t[i]) && end + 1 < t.size() && letter(t[end + 1])) {
                text += t[end++]; // R&D
            } else if ((t[end] == '.' || t[end] == ',') && end > i && digit(t[end - 1]) && end + 1 < t.size() &&
                       digit(t[end + 1])) {
                text += t[end++]; // 1.5k
            } else {
                break;
            }
        }
        add(i, end, token::sort::word);
        out_.back().text = text;
        out_.back().possessive = possessive;
        return end;
    }

    std::size_t add(std::size_t from, std::size_t to, token::sort is) {
        token k;
        k.is = is;
        k.text = folded_.text.substr(from, to - from);
        k.at = {folded_.origin[from], folded_.origin[to]};
        k.hyphened = hyphen_ && is == token::sort::word;
        hyphen_ = false;
        k.digits = std::ranges::any_of(k.text, digit);
        shape(k, written_.substr(k.at.from, k.at.to - k.at.from));
        out_.push_back(std::move(k));
        return to;
    }

    std::string_view written_;
    text::folded_text folded_;
    std::vector<token> out_;
    bool hyphen_ = false;
};

} // namespace

std::vector<token> tokens_of(std::string_view text) { return scanner(text).run(); }

bool ends_clause(const token& t) {
    return t.is == token::sort::mark &&
           (t.text == "." || t.text == ";" || t.text == "!" || t.text == "?" || t.text == "\n");
}

} // namespace whynow::domain::outcomes
