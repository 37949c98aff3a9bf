#include "domain/text/mustache.hpp"

#include "domain/text/template_reader.hpp"

#include <algorithm>

namespace whynow::domain::text {
namespace {

using kind = token::kind;

class renderer {
  public:
    renderer(const slots& context, const render_options& options) : options_(options) { stack_.push_back(&context); }

    rendered run(const read_template& read) {
        file(read, options_.name, 0);
        if (error_)
            return *error_;
        return std::move(out_);
    }

  private:
    void fail(std::string_view name, const token& t, std::string why) {
        if (!error_)
            error_ = template_error{std::string(name), t.line, t.column, std::move(why)};
    }

    void file(const read_template& read, std::string_view name, unsigned depth) {
        if (read.error)
            error_ = template_error{std::string(name), read.error->line, read.error->column, read.error->why};
        else
            range(read.tokens, 0, read.tokens.size(), name, depth);
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
        file(read_tokens(*text, t.body), t.body, depth + 1);
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

struct prepared_template::content {
    std::string text;
    read_template read;
    content(std::string t, std::string_view name) : text(std::move(t)), read(read_tokens(text, name)) {}
};

prepared_template::prepared_template(std::string text, std::string_view name)
    : content_(std::make_shared<const content>(std::move(text), name)) {}

const std::string& prepared_template::text() const { return content_->text; }

const std::optional<template_error>& prepared_template::error() const { return content_->read.error; }

rendered prepared_template::render(const slots& context, const render_options& options) const {
    return renderer(context, options).run(content_->read);
}

rendered render(std::string_view text, const slots& context, const render_options& options) {
    return renderer(context, options).run(read_tokens(text, options.name));
}

std::optional<template_error> check_template(std::string_view text, std::string_view name) {
    return read_tokens(text, name).error;
}

std::vector<std::string> names_in_template(std::string_view text) {
    const auto p = read_tokens(text, {});
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
