// Cards as HTML.
#include "web/frame.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::web {
namespace {

std::string rich_html(const cards::rich& text) {
    std::string out;
    for (const auto& s : text) {
        auto words = s.href.empty() ? escaped(s.text) : link_html(s.text, s.href);
        if (s.strong)
            words = "<strong>" + words + "</strong>";
        if (s.emphasis)
            words = "<em>" + words + "</em>";
        out += words;
    }
    return out;
}

std::string lines_html(std::string_view text) {
    std::string out;
    for (const char c : escaped(text))
        c == '\n' ? out += "<br>" : out += c;
    return out;
}

std::string button_html(const cards::button& b) {
    const auto* look = b.look == cards::button::style::primary  ? "primary"
                       : b.look == cards::button::style::danger ? "danger"
                                                                : "plain";
    return fmt::format(R"(<button type="button" class="{}" data-action="{}" data-value="{}"{}{}>{}</button>)", look,
                       escaped(b.action), escaped(b.value), b.opens_form ? R"( data-form="1")" : "",
                       b.spoken.empty() ? "" : fmt::format(R"( aria-label="{}")", escaped(b.spoken)), escaped(b.label));
}

std::string head_html(const cards::call_head& h, std::string_view teaser = {}) {
    std::string out = R"(<div class="call"><div class="who-is">)";
    out += fmt::format(R"(<p class="name"><span class="no">{}</span> <strong>{}</strong>{}{}</p>)", h.number,
                       escaped(h.name), h.role_and_account.empty() ? "" : " · ", escaped(h.role_and_account));
    if (!teaser.empty())
        out += fmt::format(R"(<p class="teaser">{}</p>)", teaser);
    else if (!h.detail.empty())
        out += fmt::format(R"(<p class="subtle">{}</p>)", rich_html(h.detail));
    out += "</div>";
    if (!h.badge.empty())
        out += fmt::format(R"(<div class="kind"><span class="badge">{}</span><span class="subtle">{}</span></div>)",
                           escaped(h.badge), escaped(h.age));
    return out + "</div>";
}

std::string bars_html(const cards::bars& b) {
    double most = 0;
    for (const auto& row : b.rows)
        most = std::max(most, row.value);
    constexpr int label = 170, width = 640, step = 30;
    const int height = int(b.rows.size()) * step + 4;
    std::string spoken = b.title;
    for (const auto& row : b.rows)
        spoken += fmt::format("{} {}: {}", &row == &b.rows.front() ? ":" : ";", row.label, row.shown);
    auto out = fmt::format(
        R"(<figure><figcaption>{}</figcaption><div class="scroll" tabindex="0"><svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">)",
        escaped(b.title), width, height, escaped(spoken));
    int y = 2;
    for (const auto& row : b.rows) {
        const double w = most > 0 ? std::max(2.0, (width - label - 60) * row.value / most) : 2.0;
        out += fmt::format(
            R"(<text x="{}" y="{}" class="label" text-anchor="end">{}</text><rect x="{}" y="{}" width="{:.1f}" height="18" rx="3" class="bar"/><text x="{:.1f}" y="{}" class="value">{}</text>)",
            label - 12, y + 17, escaped(row.label), label, y + 3, w, label + w + 8, y + 17, escaped(row.shown));
        y += step;
    }
    return out + "</svg></div></figure>";
}

std::string blocks_html(const std::vector<cards::block>& blocks);

struct writer {
    std::string operator()(const cards::heading& b) const { return fmt::format("<h2>{}</h2>", escaped(b.text)); }
    std::string operator()(const cards::subtle& b) const {
        return fmt::format(R"(<p class="subtle">{}</p>)", rich_html(b.text));
    }
    std::string operator()(const cards::paragraph& b) const { return fmt::format("<p>{}</p>", rich_html(b.text)); }
    std::string operator()(const cards::rule&) const { return "<hr>"; }
    std::string operator()(const cards::box& b) const {
        return fmt::format(
            R"(<div class="box"><p class="label">{}</p>{}<p class="said">{}</p></div>)", escaped(b.label),
            b.title.empty() ? "" : fmt::format(R"(<p class="subject">{}</p>)", escaped(b.title)), lines_html(b.text));
    }
    std::string operator()(const cards::facts& b) const {
        std::string out = "<dl>";
        for (const auto& row : b.rows)
            out += fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(row.title), rich_html(row.value));
        return out + "</dl>";
    }
    std::string operator()(const cards::actions& b) const {
        std::string out = R"(<div class="actions">)";
        for (const auto& x : b.buttons)
            out += button_html(x);
        return out + "</div>";
    }
    std::string operator()(const cards::call_head& b) const { return head_html(b); }
    std::string operator()(const cards::fold& b) const {
        auto detail = b.head.detail.empty() ? std::string{}
                                            : fmt::format(R"(<p class="subtle">{}</p>)", rich_html(b.head.detail));
        return fmt::format(
            R"(<details class="fold" data-fold="{}" data-number="{}" data-opener="{}"{}><summary>{}</summary><div class="inside">{}{}</div></details>)",
            escaped(b.id), b.head.number, escaped(b.opener.value), b.open ? " open" : "",
            head_html(b.head, rich_html(b.teaser)), detail, blocks_html(b.inside));
    }
    std::string operator()(const cards::bars& b) const { return bars_html(b); }
    std::string operator()(const cards::table& b) const {
        std::vector<std::string> header;
        std::vector<std::vector<std::string>> rows;
        for (const auto& h : b.header)
            header.push_back(escaped(h));
        for (const auto& r : b.rows) {
            auto& row = rows.emplace_back();
            for (const auto& cell : r)
                row.push_back(escaped(cell));
        }
        return table_html(header, rows, escaped(b.title));
    }
};

std::string blocks_html(const std::vector<cards::block>& blocks) {
    std::string out;
    bool in_call = false; // a call that stands open is one section, so that the keyboard finds it
    for (const auto& b : blocks) {
        const bool begins = std::holds_alternative<cards::call_head>(b);
        if (in_call && (begins || std::holds_alternative<cards::rule>(b))) {
            out += "</section>";
            in_call = false;
        }
        if (begins) {
            out += fmt::format(R"(<section class="open-call" data-number="{}" tabindex="-1">)",
                               std::get<cards::call_head>(b).number);
            in_call = true;
        }
        out += std::visit(writer{}, b);
    }
    return in_call ? out + "</section>" : out;
}

} // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    text::escape_html(out, text);
    return out;
}

std::string card_html(const cards::message& m) {
    return R"(<article class="card">)" + blocks_html(m.blocks) + "</article>";
}

} // namespace whynow::web
