#include "domain/text/phrasebook.hpp"

#include <utility>

namespace whynow::domain::text {
namespace {

thread_local std::vector<template_error> problems;

} // namespace

void phrasebook::add_node(std::map<std::string, layers, std::less<>>& book, const std::string& path,
                          const rules::node& n) {
    if (!n.entries().empty()) {
        for (const auto& [key, child] : n.entries())
            add_node(book, path.empty() ? key : path + "." + key, child);
        return;
    }
    std::string joined;
    for (const auto& text : n.texts()) {
        if (!joined.empty())
            joined += '\n';
        joined += text;
    }
    book[path].texts.emplace_back(std::move(joined), path);
}

void phrasebook::add(std::string_view language, const rules::node& tree) {
    add_node(books_[std::string(language)], "", tree);
}

const phrasebook::layers* phrasebook::find_layers(std::string_view language, std::string_view key) const {
    for (const auto lang : {language, std::string_view("en")}) {
        const auto book = books_.find(lang);
        if (book == books_.end())
            continue;
        const auto it = book->second.find(key);
        if (it != book->second.end() && !it->second.texts.empty())
            return &it->second;
    }
    return nullptr;
}

const std::string* phrasebook::find(std::string_view language, std::string_view key) const {
    const auto* l = find_layers(language, key);
    return l ? &l->texts.back().text() : nullptr;
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
    const auto* l = find_layers(language, key);
    if (!l) {
        problems.push_back({std::string(key), 0, 0, "there is no such sentence"});
        return "[" + std::string(key) + "]";
    }
    for (auto it = l->texts.rbegin(); it != l->texts.rend(); ++it) {
        render_options options;
        options.name = key;
        auto result = it->render(with, options);
        if (auto* text = std::get_if<std::string>(&result))
            return std::move(*text);
        problems.push_back(std::get<template_error>(result));
    }
    return "[" + std::string(key) + "]";
}

std::vector<template_error> phrasebook::check() const {
    std::vector<template_error> out;
    for (const auto& [language, book] : books_)
        for (const auto& [key, l] : book)
            for (const auto& text : l.texts)
                if (text.error())
                    out.push_back(*text.error());
    return out;
}

std::vector<template_error> phrasebook::take_problems() { return std::exchange(problems, {}); }

} // namespace whynow::domain::text
