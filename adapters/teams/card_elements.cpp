#include "adapters/teams/card_elements.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace whynow::adapters::teams {

namespace cards = domain::cards;

namespace {

constexpr std::size_t most_actions = 6;

std::string cut(std::string_view text, const density& d) { return domain::text::shortened(text, d.most_text); }

// Names, labels and the like are short by their nature; a long one is somebody's mischief.
std::string brief(std::string_view text, std::size_t most = 160) { return domain::text::shortened(text, most); }

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
    auto who = literal(brief(b.name));
    auto out = b.number > 0 ? "**" + std::to_string(b.number) + "  " + who + "**" : "**" + who + "**";
    if (who.empty())
        out = b.number > 0 ? "**" + std::to_string(b.number) + "**" : std::string{};
    if (const auto role = literal(brief(b.role_and_account)); !role.empty())
        out += (out.empty() ? "" : " · ") + role;
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
    auto head = text_block(literal(brief(title)));
    if (head["text"].get_ref<const std::string&>().empty())
        return inside;
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
        const auto words = literal(cut(cell, d));
        auto block = text_block(words.empty() ? "–" : words);
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
        out["title"] = one_line(brief(b.spoken));
    return out;
}

} // namespace

void put_text(element& items, element block) {
    if (!block.at("text").get_ref<const std::string&>().empty())
        items.push_back(std::move(block));
}

element text_block(std::string text) { return {{"type", "TextBlock"}, {"text", std::move(text)}, {"wrap", true}}; }

element small_text(std::string text) {
    auto block = text_block(std::move(text));
    block["isSubtle"] = true;
    return set_small(std::move(block));
}

std::string rich_text(const cards::rich& text, const density& d) { return markdown(cut(text, d)); }

element laid_out(const cards::heading& b, bool large, bool first) {
    auto block = text_block(literal(brief(b.text, 300)));
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
        auto label = set_small(text_block(literal(upper_case(brief(b.label)))));
        label["isSubtle"] = true;
        label["weight"] = "Bolder";
        put_text(items, std::move(label));
    }
    if (!b.title.empty()) {
        auto title = text_block(literal(cut(b.title, d)));
        title["weight"] = "Bolder";
        put_text(items, std::move(title));
    }
    if (!b.text.empty()) {
        auto words = text_block(literal_paragraphs(cut(b.text, d)));
        words["spacing"] = "Small";
        put_text(items, std::move(words));
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
        rows.push_back(fact_row(literal(brief(row.label)), literal(brief(row.shown))));
        data.push_back({{"x", one_line(brief(row.label, 60) + (row.shown.empty() ? "" : " · " + brief(row.shown, 60)))},
                        {"y", std::isfinite(row.value) ? row.value : 0.0}});
    }
    auto plain = titled(b.title, {{"type", "FactSet"}, {"facts", std::move(rows)}});
    if (!d.native)
        return plain;
    return {{"type", "Chart.HorizontalBar"},
            {"title", one_line(brief(b.title))},
            {"data", std::move(data)},
            {"fallback", std::move(plain)}};
}

// What a column needs, in characters: its longest word unbroken, and a short cell on one line.
std::size_t room_for(const cards::table& b, std::size_t column) {
    constexpr std::size_t least = 4, short_cell = 14;
    std::size_t need = least;
    const auto look = [&](const std::vector<std::string>& row) {
        if (column >= row.size())
            return;
        std::string_view rest = row[column];
        need = std::max(need, std::min(domain::text::count_code_points(rest), short_cell));
        while (!rest.empty()) {
            const auto end = std::min(rest.find(' '), rest.size());
            need = std::max(need, domain::text::count_code_points(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    };
    look(b.header);
    for (const auto& row : b.rows)
        look(row);
    return std::min(need, std::size_t{40});
}

element laid_out(const cards::table& b, const density& d) {
    auto plain = facts_of(b, d);
    if (!d.native || b.header.empty())
        return titled(b.title, std::move(plain));
    auto widths = element::array();
    for (std::size_t i = 0; i < b.header.size(); ++i)
        widths.push_back({{"width", room_for(b, i)}});
    auto rows = element::array({table_row(b.header, true, d)});
    for (std::size_t i = 0; i < std::min(b.rows.size(), d.most_rows); ++i)
        rows.push_back(table_row(b.rows[i], false, d));
    return titled(b.title, {{"type", "Table"},
                            {"firstRowAsHeaders", true},
                            {"showGridLines", false},
                            {"columns", std::move(widths)},
                            {"rows", std::move(rows)},
                            {"fallback", std::move(plain)}});
}

element laid_out(const cards::button& b) {
    const auto title = one_line(brief(b.label, 60));
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
        out["tooltip"] = one_line(brief(b.spoken));
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
    auto left = element::array();
    put_text(left, text_block(title_line(b)));
    if (!b.detail.empty()) {
        auto detail = small_text(rich_text(b.detail, d));
        detail["spacing"] = "None";
        put_text(left, std::move(detail));
    }
    auto right = element::array();
    if (!b.badge.empty())
        put_text(right, at_the_right(literal(brief(b.badge, 60)), true));
    if (!b.age.empty())
        put_text(right, at_the_right(literal(brief(b.age, 60)), false));
    return columns(std::move(left), std::move(right));
}

element folded_head(const cards::fold& b, const std::string& id, const density& d) {
    const bool inside_here = b.open || d.folds_inside;
    auto left = element::array();
    put_text(left, text_block(title_line(b.head)));
    auto targets = element::array({id});
    if (auto said = rich_text(b.teaser, d); !said.empty()) {
        auto teaser = text_block(std::move(said));
        teaser["spacing"] = "None";
        if (inside_here) {
            teaser["id"] = id + ".teaser";
            teaser["isVisible"] = !b.open;
            targets.push_back(id + ".teaser");
        }
        put_text(left, std::move(teaser));
    }
    auto right = element::array();
    if (!b.head.badge.empty())
        put_text(right, at_the_right(literal(brief(b.head.badge, 60)), true));
    auto more = at_the_right("▸ " + literal(brief(b.opener.label, 60)), false);
    if (inside_here) {
        more["id"] = id + ".more";
        more["isVisible"] = !b.open;
        targets.push_back(id + ".more");
    }
    right.push_back(std::move(more));
    if (inside_here && !literal(brief(b.head.age, 60)).empty()) {
        auto age = at_the_right(literal(brief(b.head.age, 60)), false);
        age["id"] = id + ".age";
        age["isVisible"] = b.open;
        targets.push_back(id + ".age");
        right.push_back(std::move(age));
    }
    auto out = columns(std::move(left), std::move(right));
    const auto& spoken = b.opener.spoken.empty() ? b.opener.label : b.opener.spoken;
    if (inside_here)
        out["selectAction"] = {{"type", "Action.ToggleVisibility"},
                               {"title", one_line(brief(spoken))},
                               {"targetElements", std::move(targets)}};
    else if (!b.opener.action.empty())
        out["selectAction"] = tap(b.opener);
    return out;
}

} // namespace whynow::adapters::teams
