// A template read into its tags and the texts between them; see mustache.hpp for its form.
#pragma once

#include "domain/text/mustache.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::text {

struct token {
    enum class kind : std::uint8_t { text, value, raw, section, inverted, close, comment, partial };
    kind what = kind::text;
    std::string_view body; // the text, or the name
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::size_t partner = 0; // of a section: the index of its close
};

// Views of `text`, which must outlive it.
struct read_template {
    std::vector<token> tokens;
    std::optional<template_error> error;
};

// `name` is for errors.
read_template read_tokens(std::string_view text, std::string_view name);

} // namespace whynow::domain::text
