#include "workday/commands.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace whynow::workday {
namespace {

using domain::text::folded;

std::string_view trimmed(std::string_view t) {
    t.remove_prefix(std::min(t.find_first_not_of(" \t\r\n"), t.size()));
    for (const std::string_view opened : {"¿", "¡"})
        if (t.starts_with(opened))
            t.remove_prefix(opened.size());
    t.remove_suffix(t.size() - (t.find_last_not_of(" \t\r\n.!?") + 1));
    return t;
}

// The words behind the first `n`, as written.
std::string_view after_words(std::string_view t, std::ptrdiff_t n) {
    for (; n > 0 && !t.empty(); --n) {
        t.remove_prefix(std::min(t.find_first_of(" \t\r\n"), t.size()));
        t = trimmed(t);
    }
    return t;
}

} // namespace

commands::commands(const domain::rules::node& toml) {
    constexpr std::pair<std::string_view, command> alone[]{{"help", command::help},
                                                           {"next", command::next},
                                                           {"digest", command::digest},
                                                           {"resume", command::resume},
                                                           {"settings", command::settings}};
    constexpr std::pair<std::string_view, command> with[]{
        {"pause", command::pause}, {"snooze", command::snooze}, {"why_now", command::why_now}, {"log", command::log}};
    for (const auto& [key, what] : alone)
        for (const auto& words : toml[key].texts())
            phrases_.push_back({folded(words), what, false});
    for (const auto& [key, what] : with)
        for (const auto& words : toml["with"][key].texts())
            phrases_.push_back({folded(words), what, true});
}

std::optional<commands::meant> commands::read(std::string_view words) const {
    words = trimmed(words);
    const auto said = folded(words);
    for (const auto& p : phrases_) {
        if (said == p.folded)
            return meant{p.what, {}};
        if (p.with_more && said.starts_with(p.folded + " "))
            return meant{p.what, std::string(after_words(words, 1 + std::ranges::count(p.folded, ' ')))};
    }
    return std::nullopt;
}

} // namespace whynow::workday
