#include "adapters/slack/monospace.hpp"

#include "adapters/slack/mrkdwn.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::slack {

namespace {

constexpr std::size_t cells = 12;
constexpr std::size_t widest = 72;      // characters in a row of a code block
constexpr std::size_t widest_cell = 28; // longer words are cut, unless the table is read as paragraphs

using row = std::vector<std::string>;

row cleaned(const row& in, std::size_t columns) {
    row out;
    for (std::size_t c = 0; c < columns; ++c) {
        auto text = c < in.size() ? plain_text(in[c]) : std::string{};
        std::replace(text.begin(), text.end(), '\n', ' ');
        out.push_back(text.empty() ? "–" : std::move(text));
    }
    return out;
}

std::string padded(const row& r, const std::vector<std::size_t>& widths) {
    std::string out;
    for (std::size_t c = 0; c < r.size(); ++c) {
        const auto text = domain::text::shortened(r[c], widths[c]);
        out += escaped(text);
        if (c + 1 < r.size())
            out.append(widths[c] - domain::text::count_code_points(text) + 2, ' ');
    }
    return out;
}

std::vector<std::string> as_columns(const row& header, const std::vector<row>& rows,
                                    const std::vector<std::size_t>& widths, std::size_t most) {
    const auto head = padded(header, widths);
    std::vector<std::string> out;
    std::string body;
    const auto flush = [&] {
        if (!body.empty())
            out.push_back("```" + head + body + "```");
        body.clear();
    };
    for (const auto& r : rows) {
        const auto line = "\n" + padded(r, widths);
        if (units(head) + units(body) + units(line) + 6 > most)
            flush();
        body += line;
    }
    flush();
    return out;
}

std::vector<std::string> as_paragraphs(const row& header, const std::vector<row>& rows, std::size_t most) {
    std::vector<std::string> out;
    for (const auto& r : rows) {
        markup text(most);
        for (std::size_t c = 0; c < r.size(); ++c) {
            if (c == 0) {
                text.strong(r[c]);
                continue;
            }
            text.raw(c == 1 ? "\n" : " · ");
            text.text(header[c] + ": " + r[c]);
        }
        for (auto& piece : text.take())
            out.push_back(std::move(piece));
    }
    return out;
}

} // namespace

std::string text_bar(double value, double highest) {
    std::size_t full = 0;
    if (highest > 0 && value > 0 && std::isfinite(value) && std::isfinite(highest))
        full = std::clamp<std::size_t>(static_cast<std::size_t>(std::lround(value / highest * cells)), 1, cells);
    std::string out;
    for (std::size_t i = 0; i < cells; ++i)
        out += i < full ? "█" : "░";
    return out;
}

std::vector<std::string> table_text(const domain::cards::table& t, std::size_t most) {
    const auto columns = t.header.size();
    if (columns == 0)
        return {};
    const auto header = cleaned(t.header, columns);
    std::vector<row> rows;
    for (const auto& r : t.rows)
        rows.push_back(cleaned(r, columns));
    std::vector<std::size_t> widths(columns, 0);
    std::size_t total = 2 * (columns - 1);
    for (std::size_t c = 0; c < columns; ++c) {
        widths[c] = domain::text::count_code_points(header[c]);
        for (const auto& r : rows)
            widths[c] = std::max(widths[c], domain::text::count_code_points(r[c]));
        widths[c] = std::min(widths[c], widest_cell);
        total += widths[c];
    }
    return total <= widest ? as_columns(header, rows, widths, most) : as_paragraphs(header, rows, most);
}

} // namespace whynow::slack
