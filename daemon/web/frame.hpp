// What every page shares: the frame around it, its words, its reader. For the pages of this room only.
#pragma once

#include "web/pages.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace whynow::web {

// The words of templates/*/pages.toml in the reader's language, and the reader's day.
class voice {
  public:
    voice(const viewer& who, const workday::rulebook& rules);
    std::string say(std::string_view key, const text::slots& with = {}) const {
        return rules_.say(language_, key, with);
    }
    // say(), escaped for HTML.
    std::string html(std::string_view key, const text::slots& with = {}) const { return escaped(say(key, with)); }
    // The sentence of `prefix.word`, else the word itself.
    std::string word(std::string_view prefix, std::string_view word) const;
    // "people changed" for "leadership".
    std::string kind(std::string_view kind) const;
    std::string day(local_date d) const;  // "12 November"
    std::string moment(instant at) const; // "12 November, 08:05" where the reader lives; "–" for none
    std::string clock(minute_of_day at) const;
    std::string number(std::int64_t n) const;
    std::string signed_decimal(double x) const;
    // A slot of that name with the number, and "one" where it takes the singular.
    text::slots count(std::string_view name, std::int64_t n) const;
    const std::string& language() const { return language_; }
    local_date today() const { return today_; }
    const workday::rulebook& rules() const { return rules_; }

  private:
    const workday::rulebook& rules_;
    std::string language_, zone_;
    local_date today_{};
};

// A whole document. `active` is the page's path, `title` its heading; `main` is HTML.
std::string framed(const voice& v, const viewer& who, std::string_view active, std::string_view title,
                   std::string_view lead, std::string_view main);

// A whole document for a stranger who followed a link: no places to go, one heading, one narrow column. `title` and
// `main` are HTML. `listed`: whether search engines may show it (the notices a company must publish, yes).
std::string narrow_page(const voice& v, std::string_view title, std::string_view main, bool listed = false);

// A whole document that needs nothing else: its style stands in it. To be kept or sent as a file. `main` is HTML.
std::string lone_page(const voice& v, std::string_view title, std::string_view lead, std::string_view main);

std::string in_query(std::string_view text); // percent-encoded for a value in an address

// An HTML table; every cell is HTML already.
std::string table_html(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                       std::string_view caption = {});
std::string link_html(std::string_view text,
                      std::string_view url); // escaped; only http(s), tel and mailto become links

} // namespace whynow::web
