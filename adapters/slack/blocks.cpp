#include "adapters/slack/blocks.hpp"

#include "adapters/slack/charts.hpp"
#include "adapters/slack/inbound.hpp"
#include "adapters/slack/limits.hpp"
#include "adapters/slack/monospace.hpp"
#include "adapters/slack/mrkdwn.hpp"
#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <span>

namespace whynow::slack {

namespace {

using json = nlohmann::ordered_json;
namespace cards = domain::cards;

// How much a block is needed: the highest number goes first when the message is too large.
enum class need { call, words, facts, figures, subtle, rule };

struct item {
    json block;
    std::size_t size = 0;
    need kind = need::words;
};

json mrkdwn(std::string text) { return {{"type", "mrkdwn"}, {"text", std::move(text)}, {"verbatim", true}}; }
json plain(std::string text) { return {{"type", "plain_text"}, {"text", std::move(text)}}; }

class layout {
  public:
    std::vector<item> items;

    // The first `open` of the open folds stay open. With `whole` false the work stops once it is clear that the
    // message does not fit.
    layout(std::size_t open, bool whole, const render_options& how)
        : open_folds_left_(open), whole_(whole), most_blocks_(how.blocks), charts_left_(how.charts ? most::charts : 0) {
    }

    bool fits() const { return items.size() <= most_blocks_ && size_ <= most::all_text; }

    void list(std::span<const cards::block> blocks, const std::string& owner) {
        for (std::size_t i = 0; i < blocks.size() && (whole_ || fits()); ++i) {
            const auto* head = std::get_if<cards::call_head>(&blocks[i]);
            if (!head) {
                std::visit([&](const auto& b) { add(b, owner); }, blocks[i]);
                continue;
            }
            const auto* why = i + 1 < blocks.size() ? std::get_if<cards::paragraph>(&blocks[i + 1]) : nullptr;
            add_head(*head, why, owner);
            i += why ? 1 : 0;
        }
    }

  private:
    void push(json block, std::size_t size, need kind) {
        items.push_back({std::move(block), size, kind});
        size_ += size;
    }

    void sections(markup text, need kind, const std::string& block_id = {}) {
        bool first = true;
        for (auto& piece : text.take()) {
            json block{{"type", "section"}};
            if (first && !block_id.empty())
                block["block_id"] = unique(block_id);
            const auto size = units(piece);
            block["text"] = mrkdwn(std::move(piece));
            push(std::move(block), size, kind);
            first = false;
        }
    }

    void add(const cards::heading& h, const std::string&) {
        auto text = plain_text(h.text);
        std::replace(text.begin(), text.end(), '\n', ' ');
        text = cut(text, most::header);
        if (text.find_first_not_of(' ') == std::string::npos)
            return;
        const auto size = units(text);
        push({{"type", "header"}, {"text", plain(std::move(text))}}, size, need::words);
    }

    void add(const cards::subtle& s, const std::string&) {
        markup text(most::context);
        text.rich(s.text);
        for (auto& piece : text.take()) {
            const auto size = units(piece);
            push({{"type", "context"}, {"elements", json::array({mrkdwn(std::move(piece))})}}, size, need::subtle);
        }
    }

    void add(const cards::paragraph& p, const std::string&) {
        markup text(most::section);
        text.rich(p.text);
        sections(std::move(text), need::words);
    }

    void add(const cards::rule&, const std::string&) { push({{"type", "divider"}}, 0, need::rule); }

    // "Open with · 22 seconds": the words before the dot stand out.
    void add(const cards::box& b, const std::string&) {
        markup text(most::section);
        if (!b.label.empty()) {
            const auto dot = b.label.find(" · ");
            text.strong(std::string_view(b.label).substr(0, dot));
            if (dot != std::string::npos)
                text.text(std::string_view(b.label).substr(dot));
            text.line();
        }
        if (!b.title.empty()) {
            text.raw("> ");
            auto title = b.title;
            std::replace(title.begin(), title.end(), '\n', ' ');
            text.strong(title);
            text.raw("\n>\n");
        }
        if (!b.text.empty())
            text.quote(b.text);
        sections(std::move(text), need::words);
    }

    void add(const cards::facts& f, const std::string&) {
        markup text(most::section);
        for (const auto& row : f.rows) {
            if (!text.empty())
                text.line();
            text.strong(row.title);
            text.raw(" ");
            text.rich(row.value);
        }
        sections(std::move(text), need::facts);
    }

    json button_json(const cards::button& b, int repeat) {
        json out{{"type", "button"}, {"action_id", make_action_id(b.action, b.opens_form, repeat)}};
        if (b.look == cards::button::style::primary)
            out["style"] = "primary";
        if (b.look == cards::button::style::danger)
            out["style"] = "danger";
        if (!b.value.empty())
            out["value"] = domain::text::repaired_utf8(b.value);
        auto label = cut(plain_text(b.label), most::button_text);
        out["text"] = plain(label.find_first_not_of(" \n") == std::string::npos ? "…" : std::move(label));
        if (!b.spoken.empty())
            out["accessibility_label"] = cut(plain_text(b.spoken), most::spoken);
        return out;
    }
    static std::size_t size_of(const cards::button& b) {
        return std::min(units(b.label), most::button_text) + units(b.value) + std::min(units(b.spoken), most::spoken);
    }
    // A value that Slack cannot carry must not come back cut: such a button is not shown.
    static bool shown(const cards::button& b) { return units(b.value) <= most::button_value && !b.action.empty(); }

    void add(const cards::actions& a, const std::string& owner) {
        json elements = json::array();
        std::size_t size = 0;
        std::map<std::string, int> seen;
        const auto flush = [&] {
            if (elements.empty())
                return;
            push({{"type", "actions"},
                  {"block_id", unique(owner.empty() ? "actions" : owner + ".actions")},
                  {"elements", std::move(elements)}},
                 size, need::call);
            elements = json::array();
            size = 0;
            seen.clear();
        };
        for (const auto& b : a.buttons) {
            if (!shown(b))
                continue;
            if (elements.size() == most::buttons)
                flush();
            elements.push_back(button_json(b, ++seen[make_action_id(b.action, b.opens_form, 1)]));
            size += size_of(b);
        }
        flush();
    }

    static void first_line(markup& text, const cards::call_head& h) {
        text.strong((h.number > 0 ? std::to_string(h.number) + "  " : "") + h.name);
        if (!h.role_and_account.empty()) {
            text.raw(" · ");
            text.text(h.role_and_account);
        }
    }

    void add(const cards::call_head& h, const std::string& owner) { add_head(h, nullptr, owner); }

    void add_head(const cards::call_head& h, const cards::paragraph* why, const std::string& owner) {
        markup text(most::section);
        first_line(text, h);
        const bool second = !h.badge.empty() || !h.age.empty() || !h.detail.empty();
        if (second)
            text.line();
        if (!h.badge.empty())
            text.code(h.badge);
        if (!h.age.empty()) {
            text.raw(h.badge.empty() ? "" : " ");
            text.text(h.age);
        }
        if (!h.detail.empty()) {
            text.raw(h.badge.empty() && h.age.empty() ? "" : " · ");
            text.rich(h.detail);
        }
        if (why) {
            text.raw(second ? "\n\n" : "\n");
            text.rich(why->text);
        }
        sections(std::move(text), need::call, owner);
    }

    void add(const cards::fold& f, const std::string&) {
        if (f.open && open_folds_left_ > 0) {
            --open_folds_left_;
            const auto* why = f.inside.empty() ? nullptr : std::get_if<cards::paragraph>(&f.inside.front());
            add_head(f.head, why, f.id);
            list(std::span(f.inside).subspan(why ? 1 : 0), f.id);
            return;
        }
        markup text(most::section);
        first_line(text, f.head);
        if (!f.head.badge.empty()) {
            text.raw(" · ");
            text.code(f.head.badge);
        }
        text.line();
        text.rich(f.teaser);
        const auto from = items.size();
        sections(std::move(text), need::call, f.id);
        if (items.size() > from && !f.opener.label.empty() && shown(f.opener)) {
            items[from].block["accessory"] = button_json(f.opener, 1);
            items[from].size += size_of(f.opener);
            size_ += size_of(f.opener);
        }
    }

    bool add_chart(const cards::bars& b) {
        const auto chart = native_chart(b);
        if (!chart)
            return false;
        --charts_left_;
        push(json::parse(chart->block), chart->size, need::figures);
        // What a chart cannot say: the numbers as they are written.
        markup text(most::context);
        for (const auto& row : b.rows) {
            if (!text.empty())
                text.raw(" · ");
            text.text(row.label + " " + row.shown);
        }
        for (auto& piece : text.take()) {
            const auto size = units(piece);
            push({{"type", "context"}, {"elements", json::array({mrkdwn(std::move(piece))})}}, size, need::figures);
        }
        return true;
    }

    void add(const cards::bars& b, const std::string&) {
        if (charts_left_ > 0 && add_chart(b))
            return;
        markup text(most::section);
        if (!b.title.empty())
            text.strong(b.title);
        double highest = 0;
        for (const auto& row : b.rows)
            highest = std::max(highest, row.value);
        for (const auto& row : b.rows) {
            text.raw("\n`" + text_bar(row.value, highest) + "` ");
            text.text(row.label);
            text.raw(" · ");
            text.text(row.shown);
        }
        sections(std::move(text), need::figures);
    }

    void add(const cards::table& t, const std::string&) {
        markup text(most::section);
        if (!t.title.empty()) {
            text.strong(t.title);
            text.line();
        }
        for (const auto& part : table_text(t, most::section - 4))
            text.raw(part + "\n");
        sections(std::move(text), need::figures);
    }

    std::string unique(const std::string& wanted) {
        const auto base = cut(plain_text(wanted), most::id - 10);
        auto id = base;
        for (int n = 2; !ids_.insert(id).second; ++n)
            id = base + "." + std::to_string(n);
        return id;
    }

    std::size_t open_folds_left_;
    bool whole_;
    std::size_t most_blocks_;
    std::size_t charts_left_;
    std::size_t size_ = 0;
    std::set<std::string> ids_;
};

std::size_t size_of(const std::vector<item>& items) {
    std::size_t out = 0;
    for (const auto& i : items)
        out += i.size;
    return out;
}

// Takes whole blocks away until the rest and a last "…" fit.
void thin_out(std::vector<item>& items, std::size_t most_blocks) {
    auto size = size_of(items);
    for (const need kind : {need::rule, need::subtle, need::figures, need::facts, need::words, need::call})
        for (auto i = items.size(); i-- > 0;) {
            if (items.size() < most_blocks && size < most::all_text)
                break;
            if (items[i].kind != kind || i == 0)
                continue;
            size -= items[i].size;
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
        }
    items.push_back({{{"type", "context"}, {"elements", json::array({mrkdwn("…")})}}, 1, need::subtle});
}

std::size_t count_open(const std::vector<cards::block>& blocks) {
    std::size_t out = 0;
    for (const auto& b : blocks)
        if (const auto* f = std::get_if<cards::fold>(&b); f && f->open)
            out += 1 + count_open(f->inside);
    return out;
}

} // namespace

rendered render(const cards::message& m, render_options how) {
    if (how.blocks == 0)
        how.blocks = most::blocks_of_message;
    // The most open folds that fit: fewer are never larger, so the number is found by halving.
    std::size_t open = count_open(m.blocks);
    for (std::size_t least = 0, most_open = open; least < most_open;) {
        layout attempt(open, false, how);
        attempt.list(m.blocks, {});
        if (attempt.fits())
            least = open;
        else
            most_open = open - 1;
        open = (least + most_open + 1) / 2;
    }
    layout page(open, true, how);
    page.list(m.blocks, {});
    const bool fits = page.fits();
    auto items = std::move(page.items);
    if (!fits)
        thin_out(items, how.blocks);
    json blocks = json::array();
    for (auto& i : items)
        blocks.push_back(std::move(i.block));
    rendered out;
    const auto words = m.fallback.empty() ? cards::as_text(m) : m.fallback;
    // Escapes grow a text at most fivefold ("&amp;"): cut again only if they really did.
    out.text = escaped(cut(plain_text(words), most::notification));
    for (std::size_t room = most::notification; units(out.text) > most::notification; room = room * 3 / 4)
        out.text = escaped(cut(plain_text(words), room));
    if (out.text.find_first_not_of(" \n") == std::string::npos)
        out.text = "…";
    out.blocks = blocks.dump(-1, ' ', false, json::error_handler_t::replace);
    return out;
}

} // namespace whynow::slack
