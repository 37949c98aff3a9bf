// The pages: server-rendered, readable without JavaScript, no file from elsewhere. Each call reads inside one session
// and gives a whole HTML document. Every text from outside is escaped.
#pragma once

#include "domain/book/book.hpp"
#include "domain/cards/message.hpp"
#include "domain/digests/digest.hpp"
#include "store/aggregates.hpp"
#include "workday/rulebook.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace whynow::web {

using namespace whynow::domain;

struct viewer {
    std::optional<book::rep> rep; // whose day is shown; nothing: nobody chosen yet
    instant now{};
};

std::string today_page(store::session& s, const viewer& who, const workday::rulebook& rules);   // "/"
std::string team_page(store::session& s, const viewer& who, const workday::rulebook& rules);    // "/team"
// "/team/figures/hits?from=…&to=…": the rows behind a figure of those days.
std::string figure_page(store::session& s, const viewer& who, digests::figure which, local_date from, local_date to,
                        const workday::rulebook& rules);
// The digest of those days as one file: charts, tables, its own style. Lists are linked where the pages can be opened.
std::string digest_file(const digests::figures& f, const viewer& who, const workday::rulebook& rules);
std::string drafts_page(store::session& s, const viewer& who, const workday::rulebook& rules);  // "/drafts"
std::string signals_page(store::session& s, const viewer& who, const workday::rulebook& rules); // "/signals"
std::string admin_page(store::session& s, const viewer& who, const workday::rulebook& rules);   // "/admin"
// Asked for by GET /unsubscribe/{token}: a form with one button, no effect by itself.
std::string unsubscribe_page(std::string_view token, bool done, const workday::rulebook& rules);
// What came of installing the Slack app: "installed" (into `team`), "denied", "stale", "failed".
std::string slack_install_page(std::string_view what, std::string_view team, const workday::rulebook& rules);

// "/privacy" and "/terms", for everybody: the app package of Teams names them. `which` is "privacy" or "terms".
std::string notice_page(std::string_view which, const workday::rulebook& rules);

// A card as HTML, for the console and the pages. Buttons are <button data-action data-value>.
std::string card_html(const cards::message& m);
std::string escaped(std::string_view text);

// A built-in file below daemon/web/assets: "style.css", "console.js"; nothing where there is none.
struct asset {
    std::string_view bytes, content_type;
};
std::optional<asset> asset_named(std::string_view name);

} // namespace whynow::web
