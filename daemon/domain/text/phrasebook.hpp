// Every sentence a person reads, by language and key ("reasons.leadership.opener"). The built-in book lies below; an
// admin's own sentences lie above it, one key at a time.
#pragma once

#include "domain/core/at_first_use.hpp"
#include "domain/core/rules.hpp"
#include "domain/text/mustache.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::text {

class phrasebook {
  public:
    // Adds every text of a tree as language + dotted path; lists of texts are joined by '\n'. A later call wins over an
    // earlier one, but where its sentence cannot be filled the earlier one is used.
    void add(std::string_view language, const rules::node& tree);

    // The book of a language that lies below everything added: the trees are asked for when a sentence of that language
    // first is, by any thread, once.
    void add_below(std::string_view language, std::function<std::vector<rules::node>()> trees);

    // The raw template: of the language, else English, else nothing.
    const std::string* find(std::string_view language, std::string_view key) const;
    // The first of the keys that exists; for "by persona, else default".
    std::string_view first_of(std::string_view language, std::initializer_list<std::string_view> keys) const;
    bool has(std::string_view language, std::string_view key) const { return find(language, key) != nullptr; }
    // A list ("dates.months"), in order.
    std::vector<std::string> list(std::string_view language, std::string_view key) const;

    // The sentence filled. A key that is nowhere, or that no layer can fill, gives its own name in brackets and one
    // entry in `problems`: seen in golden tests and in the log, never a crash.
    std::string say(std::string_view language, std::string_view key, const slots& with = {}) const;

    // Everything added that is not well formed, for start-up: name, line, why. What lies below is not read for it.
    std::vector<template_error> check() const;
    // What say() could not fill since the last call; for the log. Not thread-safe beyond one thread at a time per book.
    static std::vector<template_error> take_problems();

  private:
    using templates = std::vector<prepared_template>; // of one key; the last is the topmost
    using sentences = std::map<std::string, templates, std::less<>>;
    struct language_book {
        sentences added;
        std::optional<at_first_use<sentences>> below;
    };
    std::map<std::string, language_book, std::less<>> books_;

    // The templates of a key, those added and those below; of the language if it has any, else of English. Pointers
    // into the book, null where there are none.
    struct layers {
        const templates* added = nullptr;
        const templates* below = nullptr;
    };
    layers layers_of(std::string_view language, std::string_view key) const;
    static void add_node(sentences& to, const std::string& path, const rules::node& n);
};

} // namespace whynow::domain::text
