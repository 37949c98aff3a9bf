#include "adapters/csv/vocabulary.hpp"

#include "domain/text/utf8.hpp"

#include <array>

namespace whynow::csv {
namespace {

constexpr std::array kinds{kind::reps, kind::accounts, kind::contacts};

} // namespace

std::string_view to_string(kind k) { return k == kind::reps ? "reps" : k == kind::accounts ? "accounts" : "contacts"; }

std::optional<kind> kind_from(std::string_view text) {
    for (const auto k : kinds)
        if (to_string(k) == text)
            return k;
    return std::nullopt;
}

std::string header_key(std::string_view text) {
    const auto folded = domain::text::folded(text);
    std::string out;
    for (std::size_t at = 0; at < folded.size();) {
        const auto begin = at;
        const auto c = domain::text::next_code_point(folded, at);
        if (domain::text::is_letter(c) || domain::text::is_digit(c)) {
            out.append(folded, begin, at - begin);
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

vocabulary::vocabulary(const domain::rules::node& import_toml) {
    for (const auto k : kinds)
        for (const auto& [field, names] : import_toml[to_string(k)].entries()) {
            std::size_t rank = 0;
            for (const auto& name : names.texts())
                columns_[k].try_emplace(header_key(name), meaning{field, rank++});
        }
    for (const auto& [code, names] : import_toml["countries"].entries()) {
        countries_.emplace(header_key(code), code);
        for (const auto& name : names.texts())
            countries_.emplace(header_key(name), code);
    }
    for (const auto& word : import_toml["words"]["yes"].texts())
        yes_.insert(header_key(word));
    for (const auto& word : import_toml["words"]["no"].texts())
        no_.insert(header_key(word));
}

std::optional<vocabulary::meaning> vocabulary::meaning_of(kind k, std::string_view header) const {
    const auto table = columns_.find(k);
    if (table == columns_.end())
        return std::nullopt;
    const auto found = table->second.find(header_key(header));
    return found == table->second.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> vocabulary::country(std::string_view text) const {
    const auto key = header_key(text);
    if (const auto found = countries_.find(key); found != countries_.end())
        return found->second;
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() == 2 && letter(text[0]) && letter(text[1]))
        return std::string(text);
    return std::nullopt;
}

std::optional<bool> vocabulary::truth(std::string_view text) const {
    const auto key = header_key(text);
    if (yes_.contains(key))
        return true;
    if (no_.contains(key))
        return false;
    return std::nullopt;
}

} // namespace whynow::csv
