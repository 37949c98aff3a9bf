// Date phrases in English, German, French and Spanish, alone or inside a longer sentence.
#pragma once

#include "domain/core/rules.hpp"
#include "domain/core/time.hpp"
#include "domain/dates/window.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::dates {

struct lexicon;

// Where the reader stands: `now` is the wall clock in `zone`. `lang` ("en", "de", "fr", "es" or empty: not known)
// only settles words that mean different things in two languages ("mar" is March or mardi).
struct standpoint {
    local_time now{};
    std::string_view zone = "UTC";
    bool day_first = false; // 5/1 is 5 January
    std::string_view lang{};
    std::span<const std::string> names{}; // folded words known to name people here: "april", "may"
};

// The rules are the tree of config/dates.toml. Of a text of more than 8000 words and marks only the beginning is read.
// Immutable once made; all calls may be made from any thread.
class reader {
  public:
    explicit reader(const rules::node& rules);
    ~reader();
    reader(reader&&) noexcept;
    reader& operator=(reader&&) noexcept;

    // The day the text names; nothing where it names none, only past ones, or where two readings are equally good.
    // Of several the first, but the one after a correction ("Tuesday, sorry, Wednesday") where there is one.
    // `clocks` converts times said in another zone and outlives the call.
    std::optional<window> read(std::string_view text, const standpoint& here, const zones& clocks) const;

    // All the days the text names, in its order, none overlapping.
    std::vector<window> read_all(std::string_view text, const standpoint& here, const zones& clocks) const;

  private:
    std::unique_ptr<const lexicon> words_;
};

} // namespace whynow::domain::dates
