#include "adapters/slack/charts.hpp"

#include "adapters/slack/limits.hpp"
#include "adapters/slack/mrkdwn.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace whynow::slack {

namespace {

std::string one_line(std::string_view text, std::size_t most) {
    auto out = plain_text(text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    out = cut(out, most);
    return out.find_first_not_of(' ') == std::string::npos ? std::string{} : out;
}

} // namespace

std::optional<chart> native_chart(const domain::cards::bars& b) {
    using json = nlohmann::ordered_json;
    const auto title = one_line(b.title, most::chart_title);
    if (b.rows.empty() || b.rows.size() > most::categories || title.empty())
        return std::nullopt;
    json data = json::array(), categories = json::array();
    std::set<std::string> seen;
    chart out;
    out.size = units(title);
    for (const auto& row : b.rows) {
        const auto label = one_line(row.label, most::chart_label);
        if (label.empty() || !seen.insert(label).second)
            return std::nullopt;
        json point;
        point["label"] = label;
        point["value"] = row.value;
        data.push_back(std::move(point));
        categories.push_back(label);
        out.size += 2 * units(label);
    }
    json series;
    series["name"] = one_line(b.title, most::chart_label);
    series["data"] = std::move(data);
    json block;
    block["type"] = "data_visualization";
    block["title"] = title;
    block["chart"]["type"] = "bar";
    block["chart"]["series"] = json::array();
    block["chart"]["series"].push_back(std::move(series));
    block["chart"]["axis_config"]["categories"] = std::move(categories);
    out.block = block.dump(-1, ' ', false, json::error_handler_t::replace);
    return out;
}

bool has_charts(const domain::cards::message& m) {
    return std::any_of(m.blocks.begin(), m.blocks.end(), [](const auto& b) {
        const auto* bars = std::get_if<domain::cards::bars>(&b);
        return bars && native_chart(*bars);
    });
}

} // namespace whynow::slack
