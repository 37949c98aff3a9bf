// What every target shares: the bytes as text, and the rules of this checkout.
#pragma once

#include "support/tree.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace whynow::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

inline domain::rules::node rules_of(const std::string& name) {
    return test::tree_of(WHYNOW_SOURCE_DIR, "config/" + name);
}

// What must hold whatever the bytes are; the fuzzer keeps the input that breaks it.
inline void must(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace whynow::fuzz
