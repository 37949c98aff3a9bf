#include "adapters/teams/cards.hpp"

#include "adapters/teams/activity.hpp"
#include "adapters/teams/card_elements.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace whynow::adapters::teams {

namespace cards = domain::cards;

namespace {

std::string dumped(const element& e) { return e.dump(-1, ' ', false, element::error_handler_t::replace); }

template <class T>
bool holds(const cards::block& b) {
    return std::holds_alternative<T>(b);
}

// Lays the blocks of a message out in order: a call's blocks stand together in one container.
class layout {
  public:
    layout(const density& d, bool calls) : density_(d), calls_(calls) {}

    element body(const std::vector<cards::block>& blocks) {
        auto out = element::array();
        into(out, blocks, 0);
        return out;
    }

  private:
    void into(element& out, const std::vector<cards::block>& blocks, int depth);
    void put(element& out, const cards::block& b);
    void put_fold(element& out, const cards::fold& b, int depth);
    std::string unique(std::string_view id);

    const density& density_;
    bool calls_;
    bool first_heading_ = true;
    std::set<std::string> ids_;
};

void separate(element& e) {
    e["separator"] = true;
    e["spacing"] = "Medium";
}

std::string layout::unique(std::string_view id) {
    std::string name = "f";
    for (const char c : id.substr(0, 40))
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_')
            name += c;
    if (name.size() > 1)
        name.erase(0, 1);
    auto out = name;
    for (int n = 2; !ids_.insert(out).second; ++n)
        out = name + "-" + std::to_string(n);
    return out;
}

void layout::put_fold(element& out, const cards::fold& b, int depth) {
    const auto id = unique(b.id);
    auto items = element::array({folded_head(b, id, density_)});
    if (b.open || density_.folds_inside) {
        auto inside = element::array();
        if (!b.head.detail.empty()) {
            auto detail = small_text(rich_text(b.head.detail, density_));
            detail["spacing"] = "None";
            put_text(inside, std::move(detail));
        }
        into(inside, b.inside, depth + 1);
        items.push_back(
            {{"type", "Container"}, {"id", id}, {"spacing", "None"}, {"isVisible", b.open}, {"items", inside}});
    }
    auto call = element{{"type", "Container"}, {"items", std::move(items)}};
    separate(call);
    out.push_back(std::move(call));
}

void layout::put(element& out, const cards::block& b) {
    if (const auto* h = std::get_if<cards::heading>(&b)) {
        put_text(out, laid_out(*h, calls_, first_heading_));
        first_heading_ = false;
    } else if (const auto* s = std::get_if<cards::subtle>(&b)) {
        put_text(out, laid_out(*s, density_));
    } else if (const auto* p = std::get_if<cards::paragraph>(&b)) {
        put_text(out, laid_out(*p, density_));
    } else if (const auto* x = std::get_if<cards::box>(&b)) {
        out.push_back(laid_out(*x, density_));
    } else if (const auto* f = std::get_if<cards::facts>(&b)) {
        out.push_back(laid_out(*f, density_));
    } else if (const auto* bars = std::get_if<cards::bars>(&b)) {
        out.push_back(laid_out(*bars, density_));
    } else if (const auto* t = std::get_if<cards::table>(&b)) {
        out.push_back(laid_out(*t, density_));
    } else if (const auto* a = std::get_if<cards::actions>(&b)) {
        for (auto& set : laid_out(*a))
            out.push_back(std::move(set));
    }
}

void layout::into(element& out, const std::vector<cards::block>& blocks, int depth) {
    if (depth > 4)
        return;
    element* call = nullptr; // the items of the call being laid out
    bool gap = false;        // the next element is set apart
    bool after_heading = false;
    std::size_t count = 0;
    for (const auto& b : blocks) {
        if (depth == 0 && ++count > density_.most_blocks)
            break;
        if (holds<cards::rule>(b)) {
            call = nullptr;
            gap = true;
            continue;
        }
        if (const auto* fold = std::get_if<cards::fold>(&b)) {
            put_fold(out, *fold, depth);
            call = nullptr;
            gap = true;
            continue;
        }
        if (const auto* head = std::get_if<cards::call_head>(&b)) {
            auto one = element{{"type", "Container"}, {"items", element::array({laid_out(*head, density_)})}};
            separate(one);
            out.push_back(std::move(one));
            call = &out.back()["items"];
            gap = false;
            continue;
        }
        if (holds<cards::heading>(b))
            call = nullptr;
        auto& there = call ? *call : out;
        const auto before = there.size();
        put(there, b);
        if (there.size() > before && gap)
            separate(there[before]);
        else if (there.size() > before && after_heading && holds<cards::subtle>(b))
            there[before]["spacing"] = "None";
        gap = gap && there.size() == before;
        after_heading = holds<cards::heading>(b);
    }
}

bool any_call(const std::vector<cards::block>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(),
                       [](const auto& b) { return holds<cards::call_head>(b) || holds<cards::fold>(b); });
}

bool wide(const std::vector<cards::block>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(),
                       [](const auto& b) { return holds<cards::table>(b) || holds<cards::bars>(b); });
}

std::string with(const cards::message& m, const density& d, std::string_view refreshed_for = {}) {
    const auto sentence = one_line(domain::text::shortened(m.fallback, 500));
    element card{{"type", "AdaptiveCard"},
                 {"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
                 {"version", "1.5"},
                 {"fallbackText", sentence},
                 {"speak", sentence}};
    if (!refreshed_for.empty() && refreshed_for.size() < 300)
        card["refresh"] = {
            {"action", {{"type", "Action.Execute"}, {"title", "↻"}, {"verb", refresh_verb}, {"data", {{"value", ""}}}}},
            {"userIds", element::array({std::string(refreshed_for)})}};
    if (wide(m.blocks))
        card["msteams"] = {{"width", "Full"}};
    card["body"] = layout(d, any_call(m.blocks)).body(m.blocks);
    return dumped(card);
}

} // namespace

std::string card_json(const cards::message& m, std::size_t budget, std::string_view refreshed_for) {
    constexpr std::array steps{
        density{},
        density{.folds_inside = false},
        density{.folds_inside = false, .native = false},
        density{.folds_inside = false, .native = false, .most_text = 2000, .most_rows = 30},
        density{.folds_inside = false, .native = false, .most_text = 800, .most_rows = 20},
        density{.folds_inside = false, .native = false, .most_text = 300, .most_rows = 10},
        density{.folds_inside = false, .native = false, .most_text = 120, .most_rows = 6},
    };
    std::string out;
    for (const auto& d : steps) {
        out = with(m, d, refreshed_for);
        if (out.size() <= budget)
            return out;
    }
    auto least = steps.back();
    for (least.most_blocks = std::min<std::size_t>(m.blocks.size(), 200); least.most_blocks > 0;
         least.most_blocks = least.most_blocks * 3 / 4) {
        out = with(m, least, refreshed_for);
        if (out.size() <= budget)
            return out;
    }
    const auto sentence = domain::text::shortened(m.fallback, 100);
    return with({sentence, {cards::paragraph{{{sentence, {}}}}}}, density{});
}

std::string json_string(std::string_view text) { return dumped(element(std::string(text))); }

} // namespace whynow::adapters::teams
