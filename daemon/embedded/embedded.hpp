// The files below config/, templates/, daemon/web/assets and adapters/teams/icons as they were when this binary was
// built, so that one binary is a whole installation. settings::rule_files lays an admin's own copies over them.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace whynow::embedded {

struct file {
    std::string_view path; // below the source root, '/'-separated: "config/replies.toml"
    std::string_view bytes;
};

// All of them, ordered as the build listed them; valid for the life of the process. Any thread.
std::span<const file> files();

// The bytes of one, or nothing where no such file was built in. Any thread.
std::optional<std::string_view> find(std::string_view path);

} // namespace whynow::embedded
