#include "adapters/teams/card_elements.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::adapters::teams {

namespace cards = domain::cards;

namespace {

constexpr std::size_t most_actions = 6;

std::string cut(std::string_view text, const density& d) { return domain::text::shortened(text, d.most_text); }

cards::rich cut(const cards::rich& text, const density& d) {
    cards::rich out;
    std::size_t left = d.most_text;
    for (const auto& s : text) {
        if (left == 0)
            break;
        out.push_back(s);
        out.back().text = domain::text::shortened(s.text, left);
        left -= std::min(left, domain::text::count_code_points(out.back().text));
    }
    return out;
}

element set_small(element block) {
    block["size"] = "Small";
    return block;
}

element at_the_right(std::string text, bool accent) {
    auto block = element{{"type", "TextBlock"}, {"text", std::move(text)}};
    if (accent)
        block["color"] = "Accent";
    else
        block["isSubtle"] = true;
    block["size"] = "Small";
    if (!accent)
        block["spacing"] = "None";
    block["horizontalAlignment"] = "Right";
    return block;
}

std::string title_line(const cards::call_head& b) {
    auto who = literal(b.name);
    auto out = b.number > 0 ? "**" + std::to_string(b.number) + "  " + who + "**" : "**" + who + "**";
    if (who.empty())
        out = b.number > 0 ? "**" + std::to_string(b.number) + "**" : std::string{};
    if (!b.role_and_account.empty())
        out += " · " + literal(b.role_and_account);
    return out;
}

element columns(element left, element right) {
    auto out = element{{"type", "ColumnSet"}, {"columns", element::array()}};
    out["columns"].push_back({{"type", "Column"}, {"width", "stretch"}, {"items", std::move(left)}});
    if (!right.empty())
        out["columns"].push_back(
            {{"type", "Column"}, {"width", "auto"}, {"verticalContentAlignment", "Top"}, {"items", std::move(right)}});
    return out;
}

element fact_row(std::string title, std::string value) {
    return {{"title", std::move(title)}, {"value", std::move(value)}};
}

element titled(std::string_view title, element inside) {
    if (title.empty())
        return inside;
    auto head = text_block(literal(title));
    head["weight"] = "Bolder";
    return {{"type", "Container"}, {"items", element::array({std::move(head), std::move(inside)})}};
}

element facts_of(const cards::table& b, const density& d) {
    auto rows = element::array();
    for (std::size_t r = 0; r < std::min(b.rows.size(), d.most_rows); ++r) {
        const auto& row = b.rows[r];
        std::string value;
        for (std::size_t i = 1; i < row.size(); ++i) {
            value += value.empty() ? "" : " · ";
            if (i < b.header.size())
                value += literal(cut(b.header[i], d)) + " ";
            value += literal(cut(row[i], d));
        }
        rows.push_back(fact_row(row.empty() ? "–" : literal(cut(row[0], d)), std::move(value)));
    }
    return {{"type", "FactSet"}, {"facts", std::move(rows)}};
}

element table_row(const std::vector<std::string>& cells, bool strong, const density& d) {
    auto row = element{{"type", "TableRow"}, {"cells", element::array()}};
    for (const auto& cell : cells) {
        auto block = text_block(literal(cut(cell, d)));
        if (strong)
            block["weight"] = "Bolder";
        row["cells"].push_back({{"type", "TableCell"}, {"items", element::array({std::move(block)})}});
    }
    return row;
}

// The button as the action of a tap on something that is no button.
element tap(const cards::button& b) {
    auto out = laid_out(b);
    out.erase("style");
    if (!b.spoken.empty())
        out["title"] = one_line(b.spoken);
    return out;
}

} // namespace

element text_block(std::string text) { return {{"type", "TextBlock"}, {"text", std::move(text)}, {"wrap", true}}; }

element small_text(std::string text) {
    auto block = text_block(std::move(text));
    block["isSubtle"] = true;
    return set_small(std::move(block));
}

std::string rich_text(const cards::rich& text, const density& d) { return markdown(cut(text, d)); }

element laid_out(const cards::heading& b, bool large, bool first) {
    auto block = text_block(literal(b.text));
    block["weight"] = "Bolder";
    if (first)
        block["size"] = large ? "Large" : "Medium";
    block["style"] = "heading";
    return block;
}

element laid_out(const cards::subtle& b, const density& d) { return small_text(rich_text(b.text, d)); }

element laid_out(const cards::paragraph& b, const density& d) {
    auto block = text_block(rich_text(b.text, d));
    block["spacing"] = "Small";
    return block;
}

element laid_out(const cards::box& b, const density& d) {
    auto items = element::array();
    if (!b.label.empty()) {
        auto label = set_small(text_block(literal(upper_case(b.label))));
        label["isSubtle"] = true;
        label["weight"] = "Bolder";
        items.push_back(std::move(label));
    }
    if (!b.title.empty()) {
        auto title = text_block(literal(cut(b.title, d)));
        title["weight"] = "Bolder";
        items.push_back(std::move(title));
    }
    if (!b.text.empty()) {
        auto words = text_block(literal_paragraphs(cut(b.text, d)));
        words["spacing"] = "Small";
        items.push_back(std::move(words));
    }
    return {{"type", "Container"}, {"style", "emphasis"}, {"spacing", "Small"}, {"items", std::move(items)}};
}

element laid_out(const cards::facts& b, const density& d) {
    auto rows = element::array();
    for (std::size_t i = 0; i < std::min(b.rows.size(), d.most_rows); ++i)
        rows.push_back(fact_row(literal(cut(b.rows[i].title, d)), rich_text(b.rows[i].value, d)));
    return {{"type", "FactSet"}, {"spacing", "Small"}, {"facts", std::move(rows)}};
}

element laid_out(const cards::bars& b, const density& d) {
    auto rows = element::array();
    auto data = element::array();
    for (std::size_t i = 0; i < std::min(b.rows.size(), d.most_rows); ++i) {
        const auto& row = b.rows[i];
        rows.push_back(fact_row(literal(row.label), literal(row.shown)));
        data.push_back({{"x", one_line(row.shown.empty() ? row.label : row.label + " · " + row.shown)},
                        {"y", std::isfinite(row.value) ? row.value : 0.0}});
    }
    auto plain = titled(b.title, {{"type", "FactSet"}, {"facts", std::move(rows)}});
    if (!d.native)
        return plain;
    return {{"type", "Chart.HorizontalBar"},
            {"title", one_line(b.title)},
            {"data", std::move(data)},
            {"fallback", std::move(plain)}};
}

element laid_out(const cards::table& b, const density& d) {
    auto plain = facts_of(b, d);
    if (!d.native || b.header.empty())
        return titled(b.title, std::move(plain));
    auto widths = element::array();
    for (std::size_t i = 0; i < b.header.size(); ++i)
        widths.push_back({{"width", i == 0 ? 2 : 1}});
    auto rows = element::array({table_row(b.header, true, d)});
    for (std::size_t i = 0; i < std::min(b.rows.size(), d.most_rows); ++i)
        rows.push_back(table_row(b.rows[i], false, d));
    return titled(b.title, {{"type", "Table"},
                            {"firstRowAsHeader", true},
                            {"showGridLines", false},
                            {"columns", std::move(widths)},
                            {"rows", std::move(rows)},
                            {"fallback", std::move(plain)}});
}

element laid_out(const cards::button& b) {
    const auto title = one_line(b.label);
    element out;
    if (b.opens_form) {
        out = {{"type", "Action.Submit"},
               {"title", title},
               {"data", {{"verb", b.action}, {"value", b.value}, {"msteams", {{"type", "task/fetch"}}}}}};
    } else {
        out = {{"type", "Action.Execute"},
               {"title", title},
               {"verb", b.action},
               {"data", {{"value", b.value}}},
               {"fallback",
                {{"type", "Action.Submit"}, {"title", title}, {"data", {{"verb", b.action}, {"value", b.value}}}}}};
    }
    if (b.look != cards::button::style::normal)
        out["style"] = b.look == cards::button::style::primary ? "positive" : "destructive";
    if (!b.spoken.empty())
        out["tooltip"] = one_line(b.spoken);
    return out;
}

element laid_out(const cards::actions& b) {
    auto sets = element::array();
    for (std::size_t i = 0; i < b.buttons.size(); ++i) {
        if (b.buttons[i].action.empty())
            continue;
        if (sets.empty() || sets.back()["actions"].size() == most_actions)
            sets.push_back({{"type", "ActionSet"}, {"spacing", "Small"}, {"actions", element::array()}});
        sets.back()["actions"].push_back(laid_out(b.buttons[i]));
    }
    return sets;
}

element laid_out(const cards::call_head& b, const density& d) {
    auto left = element::array({text_block(title_line(b))});
    if (!b.detail.empty()) {
        auto detail = small_text(rich_text(b.detail, d));
        detail["spacing"] = "None";
        left.push_back(std::move(detail));
    }
    auto right = element::array();
    if (!b.badge.empty())
        right.push_back(at_the_right(literal(b.badge), true));
    if (!b.age.empty())
        right.push_back(at_the_right(literal(b.age), false));
    return columns(std::move(left), std::move(right));
}

element folded_head(const cards::fold& b, const std::string& id, const density& d) {
    const bool inside_here = b.open || d.folds_inside;
    auto left = element::array({text_block(title_line(b.head))});
    auto targets = element::array({id});
    if (!b.teaser.empty() && (inside_here || !b.open)) {
        auto teaser = text_block(rich_text(b.teaser, d));
        teaser["spacing"] = "None";
        if (inside_here) {
            teaser["id"] = id + ".teaser";
            teaser["isVisible"] = !b.open;
            targets.push_back(id + ".teaser");
        }
        left.push_back(std::move(teaser));
    }
    auto right = element::array();
    if (!b.head.badge.empty())
        right.push_back(at_the_right(literal(b.head.badge), true));
    auto more = at_the_right("▸ " + literal(b.opener.label), false);
    if (inside_here) {
        more["id"] = id + ".more";
        more["isVisible"] = !b.open;
        targets.push_back(id + ".more");
    }
    right.push_back(std::move(more));
    if (inside_here && !b.head.age.empty()) {
        auto age = at_the_right(literal(b.head.age), false);
        age["id"] = id + ".age";
        age["isVisible"] = b.open;
        targets.push_back(id + ".age");
        right.push_back(std::move(age));
    }
    auto out = columns(std::move(left), std::move(right));
    const auto& spoken = b.opener.spoken.empty() ? b.opener.label : b.opener.spoken;
    if (inside_here)
        out["selectAction"] = {
            {"type", "Action.ToggleVisibility"}, {"title", one_line(spoken)}, {"targetElements", std::move(targets)}};
    else if (!b.opener.action.empty())
        out["selectAction"] = tap(b.opener);
    return out;
}

} // namespace whynow::adapters::teams
