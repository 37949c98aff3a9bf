// The sentences and the lint of this checkout, read from templates/ and config/ as the daemon reads them.
#pragma once

#include "domain/briefs/spoken_headline.hpp"
#include "domain/core/languages.hpp"
#include "domain/lint/lint.hpp"
#include "domain/text/phrasebook.hpp"
#include "support/tree.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace whynow::test {

inline const std::vector<std::string> languages(domain::languages.begin(), domain::languages.end());

// The sentences of every language.
inline domain::text::phrasebook phrasebook_of(const std::string& root) {
    domain::text::phrasebook book;
    for (const auto& language : languages)
        for (const auto& entry : std::filesystem::directory_iterator(root + "/templates/" + language))
            if (entry.path().extension() == ".toml")
                book.add(language, tree_of(root, "templates/" + language + "/" + entry.path().filename().string()));
    return book;
}

inline domain::lint::linter linter_of(const std::string& root) {
    auto made = domain::lint::linter::from(tree_of(root, "config/lint.toml"));
    if (const auto* p = std::get_if<domain::lint::rules_problem>(&made))
        throw std::runtime_error("config/lint.toml: " + p->why);
    return std::get<domain::lint::linter>(std::move(made));
}

inline domain::briefs::spoken_headlines spoken_of(const std::string& root) {
    return domain::briefs::spoken_headlines(tree_of(root, "config/headlines.toml"));
}

} // namespace whynow::test
