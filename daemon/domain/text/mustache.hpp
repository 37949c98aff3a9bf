// Our templates: a strict mustache. What a person reads is written below templates/ and filled here, from slots that
// are plain values. A slot without evidence removes its sentence: {{#slot}}The sentence with {{slot}}.{{/slot}}
//
//   {{name}} escaped · {{{name}}} and {{&name}} as is · {{#name}}…{{/name}} for a list (each), a table (inside it), a
//   non-empty text or true (once) · {{^name}}…{{/name}} otherwise · {{a.b}} · {{.}} the item itself · {{! comment}} ·
//   {{> partial}}. A line that holds only one of # ^ / ! > leaves no line behind.
//
// A name is looked for in the innermost table, then outwards. A name that stands nowhere is an error; one that is there
// but empty is fine. Values are never read as templates. Pure: any thread.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace whynow::domain::text {

// What a template is filled from: a tree of text, truth, lists and tables.
class slots {
  public:
    using list = std::vector<slots>;
    using table = std::vector<std::pair<std::string, slots>>;
    using value_type = std::variant<table, list, std::string, bool>;

    slots() = default; // an empty table
    slots(const char* text) : value_(std::string(text)) {}
    slots(std::string text) : value_(std::move(text)) {}
    slots(std::string_view text) : value_(std::string(text)) {}
    slots(list items) : value_(std::move(items)) {}
    slots(table entries) : value_(std::move(entries)) {}
    slots(std::same_as<bool> auto truth) : value_(truth) {}
    template <std::integral T>
        requires(!std::same_as<T, bool> && !std::same_as<T, char>)
    slots(T number) : value_(std::to_string(number)) {}
    // An optional that holds nothing is the empty text: there, but without evidence.
    template <class T>
    slots(const std::optional<T>& value) : value_(std::string{}) {
        if (value)
            *this = slots(*value);
    }

    // Puts or replaces an entry; this becomes a table if it was none. Returns *this, for chains.
    slots& set(std::string_view key, slots value);
    // Appends an item; this becomes a list if it was none. Returns *this.
    slots& add(slots item);

    const value_type& value() const { return value_; }
    // An entry of a table, or nullptr. Valid until this changes.
    const slots* find(std::string_view key) const;
    // False for false, "", an empty list; true for everything else, an empty table included.
    bool present() const;

  private:
    value_type value_;
};

// Why a template gave no text. `name` is the template (or partial) in which it happened; line and column count
// characters from 1.
struct template_error {
    std::string name;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::string why;
};

// Appends `value` to `out`, made harmless for where the text will be read.
using escape_function = void (*)(std::string& out, std::string_view value);
void escape_none(std::string& out, std::string_view value);
void escape_html(std::string& out, std::string_view value);  // & < > " '
void escape_slack(std::string& out, std::string_view value); // & < >, all that Slack's mrkdwn asks for

struct render_options {
    std::string_view name = "template"; // for errors
    escape_function escape = escape_none;
    // The text of a partial, or nothing where there is none of that name. Its view must live until render returns.
    std::function<std::optional<std::string_view>(std::string_view name)> partial{};
    std::size_t most_bytes = 64 * 1024; // of output; more is an error
    std::size_t most_steps = 200'000;   // tags and texts written; more is an error
    unsigned most_depth = 16;           // of partials inside partials
};

using rendered = std::variant<std::string, template_error>;

// The template filled. Never throws but std::bad_alloc.
rendered render(std::string_view text, const slots& context, const render_options& options = {});

// A template that is read once and filled often. Cheap to copy.
class prepared_template {
  public:
    // `name` is for errors in the form.
    prepared_template(std::string text, std::string_view name);

    const std::string& text() const;
    const std::optional<template_error>& error() const; // of the form
    // As text::render of the text.
    rendered render(const slots& context, const render_options& options = {}) const;

  private:
    struct content;
    std::shared_ptr<const content> content_;
};

// Only the form: tags closed, sections nested. Nothing where it is well formed. For reading templates at start.
std::optional<template_error> check_template(std::string_view text, std::string_view name);

// Every name that the template looks up, in order of first use, as written ("a.b", "."), partials as "> name".
// Empty where the template is not well formed.
std::vector<std::string> names_in_template(std::string_view text);

} // namespace whynow::domain::text
