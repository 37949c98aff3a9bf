#include "domain/text/phrasebook.hpp"

#include <ranges>
#include <utility>

namespace whynow::domain::text {
namespace {

thread_local std::vector<template_error> problems;

} // namespace

void phrasebook::add_node(sentences& to, const std::string& path, const rules::node& n) {
    if (!n.entries().empty()) {
        for (const auto& [key, child] : n.entries())
            add_node(to, path.empty() ? key : path + "." + key, child);
        return;
    }
    std::string joined;
    for (const auto& text : n.texts()) {
        if (!joined.empty())
            joined += '\n';
        joined += text;
    }
    to[path].emplace_back(std::move(joined), path);
}

void phrasebook::add(std::string_view language, const rules::node& tree) {
    add_node(books_[std::string(language)].added, "", tree);
}

void phrasebook::add_below(std::string_view language, std::function<std::vector<rules::node>()> trees) {
    books_[std::string(language)].below.emplace([read = std::move(trees)] {
        sentences out;
        for (const auto& tree : read())
            add_node(out, "", tree);
        return out;
    });
}

phrasebook::layers phrasebook::layers_of(std::string_view language, std::string_view key) const {
    const auto in = [&](const sentences& all) {
        const auto it = all.find(key);
        return it == all.end() ? nullptr : &it->second;
    };
    for (const auto lang : {language, std::string_view("en")}) {
        const auto book = books_.find(lang);
        if (book == books_.end())
            continue;
        const layers found{in(book->second.added), book->second.below ? in(**book->second.below) : nullptr};
        if (found.added || found.below)
            return found;
    }
    return {};
}

const std::string* phrasebook::find(std::string_view language, std::string_view key) const {
    const auto [added, below] = layers_of(language, key);
    const auto* topmost = added ? added : below;
    return topmost ? &topmost->back().text() : nullptr;
}

std::string_view phrasebook::first_of(std::string_view language, std::initializer_list<std::string_view> keys) const {
    for (const auto key : keys)
        if (has(language, key))
            return key;
    return keys.size() ? *(keys.end() - 1) : std::string_view{};
}

std::vector<std::string> phrasebook::list(std::string_view language, std::string_view key) const {
    std::vector<std::string> out;
    const auto* joined = find(language, key);
    if (!joined)
        return out;
    std::string_view rest = *joined;
    while (true) {
        const auto end = rest.find('\n');
        out.emplace_back(rest.substr(0, end));
        if (end == std::string_view::npos)
            return out;
        rest.remove_prefix(end + 1);
    }
}

std::string phrasebook::say(std::string_view language, std::string_view key, const slots& with) const {
    const auto [added, below] = layers_of(language, key);
    if (!added && !below) {
        problems.push_back({std::string(key), 0, 0, "there is no such sentence"});
        return "[" + std::string(key) + "]";
    }
    for (const auto* layer : {added, below}) {
        if (!layer)
            continue;
        for (const auto& text : *layer | std::views::reverse) {
            render_options options;
            options.name = key;
            auto result = text.render(with, options);
            if (auto* filled = std::get_if<std::string>(&result))
                return std::move(*filled);
            problems.push_back(std::get<template_error>(result));
        }
    }
    return "[" + std::string(key) + "]";
}

std::vector<template_error> phrasebook::check() const {
    std::vector<template_error> out;
    for (const auto& [language, book] : books_)
        for (const auto& [key, texts] : book.added)
            for (const auto& text : texts)
                if (text.error())
                    out.push_back(*text.error());
    return out;
}

std::vector<template_error> phrasebook::take_problems() { return std::exchange(problems, {}); }

} // namespace whynow::domain::text
