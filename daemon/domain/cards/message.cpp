#include "domain/cards/message.hpp"

#include <fmt/format.h>

namespace whynow::domain::cards {
namespace {

void line(std::string& out, std::string_view text) {
    out += text;
    out += '\n';
}

std::string with_links(const rich& text) {
    std::string out;
    for (const auto& s : text) {
        out += s.text;
        if (s.href.starts_with("http"))
            out += " <" + s.href + ">";
    }
    return out;
}

void write(std::string& out, const std::vector<block>& blocks, std::string_view indent);

struct writer {
    std::string& out;
    std::string_view indent;

    void operator()(const heading& b) const { line(out, fmt::format("{}{}", indent, b.text)); }
    void operator()(const subtle& b) const { line(out, fmt::format("{}{}", indent, with_links(b.text))); }
    void operator()(const paragraph& b) const { line(out, fmt::format("{}{}", indent, with_links(b.text))); }
    void operator()(const rule&) const { line(out, ""); }
    void operator()(const box& b) const {
        if (!b.label.empty())
            line(out, fmt::format("{}{}", indent, b.label));
        if (!b.title.empty())
            line(out, fmt::format("{}  | {}", indent, b.title));
        std::string_view rest = b.text;
        while (true) {
            const auto end = rest.find('\n');
            line(out, fmt::format("{}  | {}", indent, rest.substr(0, end)));
            if (end == std::string_view::npos)
                break;
            rest.remove_prefix(end + 1);
        }
    }
    void operator()(const facts& b) const {
        for (const auto& row : b.rows)
            line(out, fmt::format("{}{}: {}", indent, row.title, with_links(row.value)));
    }
    void operator()(const actions& b) const {
        std::string labels;
        for (const auto& button : b.buttons)
            labels += fmt::format("{}[{}]", labels.empty() ? "" : " ", button.label);
        line(out, fmt::format("{}{}", indent, labels));
    }
    void operator()(const call_head& b) const {
        line(out, fmt::format("{}{}  {} · {}{}{}", indent, b.number, b.name, b.role_and_account,
                              b.badge.empty() ? "" : " · " + b.badge, b.age.empty() ? "" : " · " + b.age));
        if (!b.detail.empty())
            line(out, fmt::format("{}   {}", indent, plain(b.detail)));
    }
    void operator()(const fold& b) const {
        (*this)(b.head);
        if (!b.teaser.empty())
            line(out, fmt::format("{}   {}", indent, with_links(b.teaser)));
        if (b.open)
            write(out, b.inside, std::string(indent) + "   ");
    }
    void operator()(const bars& b) const {
        line(out, fmt::format("{}{}", indent, b.title));
        for (const auto& row : b.rows)
            line(out, fmt::format("{}  {}: {}", indent, row.label, row.shown));
    }
    void operator()(const table& b) const {
        if (!b.title.empty())
            line(out, fmt::format("{}{}", indent, b.title));
        line(out, fmt::format("{}  {}", indent, fmt::join(b.header, " | ")));
        for (const auto& row : b.rows)
            line(out, fmt::format("{}  {}", indent, fmt::join(row, " | ")));
    }
};

void write(std::string& out, const std::vector<block>& blocks, std::string_view indent) {
    for (const auto& b : blocks)
        std::visit(writer{out, indent}, b);
}

} // namespace

std::string plain(const rich& text) {
    std::string out;
    for (const auto& s : text)
        out += s.text;
    return out;
}

std::string as_text(const message& m) {
    std::string out;
    write(out, m.blocks, "");
    return out;
}

} // namespace whynow::domain::cards
