#include "domain/text/mustache.hpp"

#include <algorithm>

namespace whynow::domain::text {
namespace {

enum class kind : std::uint8_t { text, value, raw, section, inverted, close, comment, partial };

struct token {
    kind what = kind::text;
    std::string_view body; // the text, or the name
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::size_t partner = 0; // of a section: the index of its close
};

constexpr std::size_t most_nested = 100;

struct parsed {
    std::vector<token> tokens;
    std::optional<template_error> error;
};

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

    parsed run() {
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
    parsed out_;
};

class renderer {
  public:
    renderer(const slots& context, const render_options& options) : options_(options) { stack_.push_back(&context); }

    rendered run(std::string_view text) {
        file(text, options_.name, 0);
        if (error_)
            return *error_;
        return std::move(out_);
    }

  private:
    void fail(std::string_view name, const token& t, std::string why) {
        if (!error_)
            error_ = template_error{std::string(name), t.line, t.column, std::move(why)};
    }

    void file(std::string_view text, std::string_view name, unsigned depth) {
        auto p = parser(text, name).run();
        if (p.error) {
            error_ = std::move(p.error);
            return;
        }
        range(p.tokens, 0, p.tokens.size(), name, depth);
    }

    void range(const std::vector<token>& tokens, std::size_t from, std::size_t to, std::string_view name,
               unsigned depth) {
        for (auto i = from; i < to && !error_; ++i) {
            const auto& t = tokens[i];
            if (++steps_ > options_.most_steps)
                return fail(name, t, "the template does not come to an end");
            switch (t.what) {
            case kind::text: out_ += t.body; break;
            case kind::value:
            case kind::raw: write(t, name); break;
            case kind::section:
            case kind::inverted:
                section(tokens, i, name, depth);
                i = t.partner;
                break;
            case kind::partial: partial(t, name, depth); break;
            case kind::close:
            case kind::comment: break;
            }
            if (out_.size() > options_.most_bytes)
                fail(name, t, "the text grows beyond " + std::to_string(options_.most_bytes) + " bytes");
        }
    }

    // The slot of that name, or nullptr and an error.
    const slots* look_up(const token& t, std::string_view name) {
        if (t.body == ".")
            return stack_.back();
        auto rest = t.body;
        const auto first = rest.substr(0, rest.find('.'));
        const slots* found = nullptr;
        for (auto s = stack_.rbegin(); s != stack_.rend() && !found; ++s)
            found = (*s)->find(first);
        while (found && rest.find('.') != std::string_view::npos) {
            rest.remove_prefix(rest.find('.') + 1);
            found = found->find(rest.substr(0, rest.find('.')));
        }
        if (!found)
            fail(name, t, "nothing is called \"" + std::string(t.body) + "\" here");
        return found;
    }

    void write(const token& t, std::string_view name) {
        const auto* s = look_up(t, name);
        if (!s)
            return;
        const auto* text = std::get_if<std::string>(&s->value());
        if (!text)
            return fail(name, t, "\"" + std::string(t.body) + "\" is no text");
        if (text->size() > options_.most_bytes)
            return fail(name, t, "\"" + std::string(t.body) + "\" is longer than the whole text may be");
        t.what == kind::raw ? escape_none(out_, *text) : options_.escape(out_, *text);
    }

    void section(const std::vector<token>& tokens, std::size_t i, std::string_view name, unsigned depth) {
        const auto& t = tokens[i];
        const auto* s = look_up(t, name);
        if (!s || s->present() == (t.what == kind::inverted))
            return;
        if (t.what == kind::inverted)
            return range(tokens, i + 1, t.partner, name, depth);
        const auto* items = std::get_if<slots::list>(&s->value());
        if (!items) {
            stack_.push_back(s);
            range(tokens, i + 1, t.partner, name, depth);
            stack_.pop_back();
            return;
        }
        for (const auto& item : *items) {
            stack_.push_back(&item);
            range(tokens, i + 1, t.partner, name, depth);
            stack_.pop_back();
            if (error_ || ++steps_ > options_.most_steps)
                return fail(name, t, "the template does not come to an end");
        }
    }

    void partial(const token& t, std::string_view name, unsigned depth) {
        const auto text = options_.partial ? options_.partial(t.body) : std::nullopt;
        if (!text)
            return fail(name, t, "there is no template \"" + std::string(t.body) + "\"");
        if (depth + 1 > options_.most_depth)
            return fail(name, t, "templates inside templates go too deep");
        file(*text, t.body, depth + 1);
    }

    const render_options& options_;
    std::vector<const slots*> stack_;
    std::string out_;
    std::size_t steps_ = 0;
    std::optional<template_error> error_;
};

} // namespace

slots& slots::set(std::string_view key, slots value) {
    if (!std::holds_alternative<table>(value_))
        value_ = table{};
    auto& entries = std::get<table>(value_);
    const auto old = std::ranges::find(entries, key, [](const auto& e) -> std::string_view { return e.first; });
    if (old != entries.end())
        old->second = std::move(value);
    else
        entries.emplace_back(std::string(key), std::move(value));
    return *this;
}

slots& slots::add(slots item) {
    if (!std::holds_alternative<list>(value_))
        value_ = list{};
    std::get<list>(value_).push_back(std::move(item));
    return *this;
}

const slots* slots::find(std::string_view key) const {
    const auto* entries = std::get_if<table>(&value_);
    if (!entries)
        return nullptr;
    for (const auto& [name, value] : *entries)
        if (name == key)
            return &value;
    return nullptr;
}

bool slots::present() const {
    if (const auto* text = std::get_if<std::string>(&value_))
        return !text->empty();
    if (const auto* items = std::get_if<list>(&value_))
        return !items->empty();
    if (const auto* truth = std::get_if<bool>(&value_))
        return *truth;
    return true;
}

void escape_none(std::string& out, std::string_view value) { out += value; }

void escape_html(std::string& out, std::string_view value) {
    for (const char c : value) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
}

void escape_slack(std::string& out, std::string_view value) {
    for (const char c : value) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        default: out += c;
        }
    }
}

rendered render(std::string_view text, const slots& context, const render_options& options) {
    return renderer(context, options).run(text);
}

std::optional<template_error> check_template(std::string_view text, std::string_view name) {
    return parser(text, name).run().error;
}

std::vector<std::string> names_in_template(std::string_view text) {
    const auto p = parser(text, {}).run();
    std::vector<std::string> names;
    if (p.error)
        return names;
    for (const auto& t : p.tokens) {
        if (t.what == kind::text || t.what == kind::close)
            continue;
        auto name = (t.what == kind::partial ? "> " : "") + std::string(t.body);
        if (std::ranges::find(names, name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

} // namespace whynow::domain::text
