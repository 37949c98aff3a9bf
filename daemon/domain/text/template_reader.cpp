#include "domain/text/template_reader.hpp"

namespace whynow::domain::text {
namespace {

using kind = token::kind;

constexpr std::size_t most_nested = 100;

std::string_view trimmed(std::string_view s) {
    constexpr std::string_view blank = " \t\r\n";
    const auto from = s.find_first_not_of(blank);
    if (from == std::string_view::npos)
        return {};
    return s.substr(from, s.find_last_not_of(blank) - from + 1);
}

bool good_name(std::string_view name) {
    if (name == ".")
        return true;
    bool part = false;
    for (const char c : name) {
        if (c == '.') {
            if (!part)
                return false;
            part = false;
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                   c == '/') {
            part = true;
        } else {
            return false;
        }
    }
    return part;
}

class parser {
  public:
    parser(std::string_view text, std::string_view name) : text_(text), name_(name) {}

    read_template run() {
        while (at_ < text_.size() && !out_.error)
            step();
        if (!out_.error && !open_.empty()) {
            const auto& t = out_.tokens[open_.back()];
            fail(t.line, t.column, "the section \"" + std::string(t.body) + "\" is never closed");
        }
        return std::move(out_);
    }

  private:
    void fail(std::uint32_t line, std::uint32_t column, std::string why) {
        out_.error = template_error{std::string(name_), line, column, std::move(why)};
    }

    void advance(std::size_t to) {
        for (; at_ < to; ++at_) {
            const auto c = static_cast<unsigned char>(text_[at_]);
            if (c == '\n') {
                ++line_;
                column_ = 1;
            } else if ((c & 0xC0) != 0x80) {
                ++column_;
            }
        }
    }

    void add_text(std::size_t from, std::size_t to, std::uint32_t line, std::uint32_t column) {
        if (from < to)
            out_.tokens.push_back({kind::text, text_.substr(from, to - from), line, column, 0});
    }

    void step() {
        const auto open = text_.find("{{", at_);
        if (open == std::string_view::npos) {
            add_text(at_, text_.size(), line_, column_);
            advance(text_.size());
            return;
        }
        const bool triple = text_.substr(open, 3) == "{{{";
        const std::string_view closing = triple ? "}}}" : "}}";
        const auto inside = open + (triple ? 3 : 2);
        const auto end = text_.find(closing, inside);
        tag(open, inside, end, triple, closing.size());
    }

    void tag(std::size_t open, std::size_t inside, std::size_t end, bool triple, std::size_t closing) {
        const auto text_from = at_;
        const auto text_line = line_, text_column = column_;
        advance(open);
        if (end == std::string_view::npos)
            return fail(line_, column_, "a tag is never closed");
        const auto t = read(text_.substr(inside, end - inside), triple, line_, column_);
        if (out_.error)
            return;
        auto text_to = open, after = end + closing;
        if (t.what != kind::value && t.what != kind::raw)
            stand_alone(text_to, after);
        add_text(text_from, text_to, text_line, text_column);
        advance(after);
        push(t);
    }

    token read(std::string_view body, bool triple, std::uint32_t line, std::uint32_t column) {
        auto what = triple ? kind::raw : kind::value;
        if (!triple && !body.empty()) {
            constexpr std::string_view marks = "#^/!>&";
            constexpr kind kinds[] = {kind::section, kind::inverted, kind::close,
                                      kind::comment, kind::partial,  kind::raw};
            if (const auto m = marks.find(body.front()); m != std::string_view::npos) {
                what = kinds[m];
                body.remove_prefix(1);
            }
        }
        body = trimmed(body);
        if (what != kind::comment && !good_name(body))
            fail(line, column, "\"" + std::string(body) + "\" is no name");
        return {what, body, line, column, 0};
    }

    // A tag alone on its line takes the whole line with it, its line end included.
    void stand_alone(std::size_t& from, std::size_t& to) const {
        auto left = from;
        while (left > 0 && (text_[left - 1] == ' ' || text_[left - 1] == '\t'))
            --left;
        auto right = to;
        while (right < text_.size() && (text_[right] == ' ' || text_[right] == '\t'))
            ++right;
        if (right < text_.size() && text_[right] == '\r')
            ++right;
        if ((left == 0 || text_[left - 1] == '\n') && (right == text_.size() || text_[right] == '\n')) {
            from = std::max(left, at_before_tag_);
            to = std::min(text_.size(), right + 1);
        }
    }

    void push(const token& t) {
        at_before_tag_ = at_;
        if (t.what == kind::comment)
            return;
        out_.tokens.push_back(t);
        if (t.what == kind::section || t.what == kind::inverted) {
            open_.push_back(out_.tokens.size() - 1);
            if (open_.size() > most_nested)
                fail(t.line, t.column, "sections inside sections go too deep");
        } else if (t.what == kind::close) {
            if (open_.empty())
                return fail(t.line, t.column, "\"" + std::string(t.body) + "\" is closed but was never opened");
            auto& opener = out_.tokens[open_.back()];
            if (opener.body != t.body)
                return fail(t.line, t.column,
                            "\"" + std::string(t.body) + "\" is closed where \"" + std::string(opener.body) +
                                "\" is open (line " + std::to_string(opener.line) + ")");
            opener.partner = out_.tokens.size() - 1;
            open_.pop_back();
        }
    }

    std::string_view text_, name_;
    std::size_t at_ = 0;
    std::size_t at_before_tag_ = 0; // where the last tag ended: text before it is not ours to trim
    std::uint32_t line_ = 1, column_ = 1;
    std::vector<std::size_t> open_;
    read_template out_;
};

} // namespace

read_template read_tokens(std::string_view text, std::string_view name) { return parser(text, name).run(); }

} // namespace whynow::domain::text
