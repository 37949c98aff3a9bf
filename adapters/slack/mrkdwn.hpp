// Slack's own markup. All text that comes in here is foreign: it may ping nobody, link nowhere and set nothing in
// bold. Slack knows escapes only for & < >. So, besides escaping those,
//   * ` ~ become their look-alikes U+2217 U+02CB U+223C, and _ at the edge of a word U+02CD;
//   a > at the start of a line becomes U+203A (Slack reads the escaped one as a quote);
//   a zero-width space is put behind the @ of @channel, @here, @everyone;
//   control characters and bidirectional overrides are dropped, U+2028 and U+2029 become line feeds.
// The blocks say "verbatim": Slack then makes no links of its own out of plain words.
#pragma once

#include "domain/cards/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace whynow::slack {

// Length as we assume that Slack counts it: UTF-16 units.
std::size_t units(std::string_view text);

// Foreign text, harmless in mrkdwn.
std::string escaped(std::string_view text);
// Foreign text for plain_text objects: nothing is markup there, only control characters go.
std::string plain_text(std::string_view text);
// At most `most` units of a text that holds no markup, cut between characters, never before a combining one; "…" at
// the end where something was cut.
std::string cut(std::string_view text, std::size_t most);

// The link's address, ready to stand before the bar, or nothing when it is not http(s) or tel or too long.
std::string link_target(std::string_view href);

// Markup in pieces of at most `most` units; markup and entities are never cut apart. What does not fit into a piece
// begins the next.
class markup {
  public:
    explicit markup(std::size_t most) : most_(most), pieces_(1) {}

    void text(std::string_view foreign);   // escaped here
    void strong(std::string_view foreign); // *…*
    void code(std::string_view foreign);   // `…`
    void span(const domain::cards::span& s);
    void rich(const domain::cards::rich& r);
    void raw(std::string_view ours); // our own markup, whole
    // Foreign lines as a quote ("> …").
    void quote(std::string_view foreign);
    void line() { raw("\n"); }
    bool empty() const { return pieces_.size() == 1 && pieces_.front().empty(); }
    std::vector<std::string> take();

  private:
    void wrapped(std::string_view foreign, std::string_view before, std::string_view after);
    void append(std::string_view piece, std::size_t size);
    std::size_t most_;
    std::size_t used_ = 0;
    std::vector<std::string> pieces_;
};

} // namespace whynow::slack
