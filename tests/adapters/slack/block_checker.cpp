#include "tests/adapters/slack/block_checker.hpp"

#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <set>

namespace slack_test {

using nlohmann::json;

namespace {

class checker {
  public:
    std::vector<std::string> findings;

    void blocks(const json& list, std::size_t most) {
        expect(list.is_array(), "blocks is no list");
        expect(list.size() <= most, "too many blocks");
        expect(!list.empty(), "no block");
        for (const auto& b : list)
            block(b);
        expect(total_ < 12'000, "all text together: " + std::to_string(total_));
    }

    void expect(bool good, const std::string& what) {
        if (!good)
            findings.push_back(what);
    }

    void text(const json& t, std::size_t most, const std::string& where, bool plain_only = false) {
        expect(t.is_object(), where + ": no text object");
        if (!t.is_object())
            return;
        const auto type = t.value("type", "");
        expect(type == "plain_text" || (!plain_only && type == "mrkdwn"), where + ": type " + type);
        if (type == "mrkdwn")
            expect(t.value("verbatim", false), where + ": not verbatim");
        const auto words = t.value("text", "");
        const auto n = utf16_length(words);
        total_ += n;
        expect(n >= 1 && n <= most, where + ": length " + std::to_string(n));
        expect(whynow::domain::text::valid_utf8(words), where + ": no UTF-8");
        expect(words.find("\xef\xbf\xbd") == std::string::npos || allow_replacement, where + ": a character was cut");
        if (type == "mrkdwn")
            markup(words, where);
    }
    bool allow_replacement = true;

    void id(const json& owner, const char* key, std::set<std::string>& seen) {
        if (!owner.contains(key))
            return;
        const auto value = owner[key].get<std::string>();
        expect(!value.empty() && value.size() <= 255, std::string(key) + " length");
        expect(seen.insert(value).second, std::string(key) + " twice: " + value);
    }

    void element(const json& e) {
        const auto type = e.value("type", "");
        if (type == "button") {
            text(e["text"], 75, "button", true);
            total_ += utf16_length(e.value("value", ""));
            expect(e.value("value", "x").size() >= 1 && utf16_length(e.value("value", "")) <= 2000, "button value");
            expect(utf16_length(e.value("accessibility_label", "")) <= 75, "accessibility_label");
            const auto style = e.value("style", "primary");
            expect(style == "primary" || style == "danger", "style " + style);
        } else if (type == "static_select" || type == "checkboxes" || type == "multi_static_select") {
            const auto& options = e["options"];
            expect(!options.empty() && options.size() <= (type == "checkboxes" ? 10U : 100U), type + ": options");
            for (const auto& o : options)
                option(o);
            for (const char* key : {"initial_options", "initial_option"})
                if (e.contains(key))
                    for (const auto& o : e[key].is_array() ? e[key] : json::array({e[key]}))
                        expect(std::find(options.begin(), options.end(), o) != options.end(), "initial not an option");
        } else if (type == "plain_text_input") {
            const auto most = e.value("max_length", 3000);
            expect(most >= 1 && most <= 3000, "max_length");
            expect(utf16_length(e.value("initial_value", "")) <= static_cast<std::size_t>(most), "initial_value");
        } else {
            expect(type == "datepicker" || type == "timepicker", "element " + type);
        }
    }

  private:
    void option(const json& o) {
        text(o["text"], 75, "option");
        const auto n = o.value("value", "").size();
        expect(n >= 1 && n <= 150, "option value");
    }

    void block(const json& b) {
        id(b, "block_id", block_ids_);
        const auto type = b.value("type", "");
        std::set<std::string> action_ids;
        if (type == "section") {
            text(b["text"], 3000, "section");
            if (b.contains("accessory"))
                element(b["accessory"]);
        } else if (type == "header") {
            text(b["text"], 150, "header", true);
        } else if (type == "context") {
            expect(!b["elements"].empty() && b["elements"].size() <= 10, "context elements");
            for (const auto& e : b["elements"])
                text(e, 2000, "context");
        } else if (type == "actions") {
            expect(!b["elements"].empty() && b["elements"].size() <= 25, "actions elements");
            for (const auto& e : b["elements"]) {
                id(e, "action_id", action_ids);
                element(e);
            }
        } else if (type == "input") {
            text(b["label"], 2000, "label", true);
            if (b.contains("hint"))
                text(b["hint"], 2000, "hint", true);
            element(b["element"]);
        } else {
            expect(type == "divider", "block " + type);
        }
    }

    // Entities whole, brackets paired, nothing but links inside.
    void markup(std::string_view words, const std::string& where) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto rest = words.substr(i);
            if (rest[0] == '&')
                expect(rest.starts_with("&amp;") || rest.starts_with("&lt;") || rest.starts_with("&gt;"),
                       where + ": bare &");
            if (rest[0] == '>')
                expect(i == 0 || words[i - 1] == '\n', where + ": bare >");
            if (rest[0] != '<')
                continue;
            const auto end = rest.find('>');
            expect(end != std::string_view::npos, where + ": open <");
            if (end == std::string_view::npos)
                return;
            const auto inside = rest.substr(1, end - 1);
            expect(inside.starts_with("https://") || inside.starts_with("http://") || inside.starts_with("tel:") ||
                       inside.starts_with("HTTPS://"),
                   where + ": <" + std::string(inside) + ">");
            expect(std::count(inside.begin(), inside.end(), '|') == 1, where + ": bars in a link");
            expect(inside.find('<') == std::string_view::npos, where + ": < in a link");
            i += end;
        }
    }

    std::set<std::string> block_ids_;
    std::size_t total_ = 0;
};

} // namespace

std::size_t utf16_length(std::string_view text) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size();)
        n += whynow::domain::text::next_code_point(text, at) >= 0x10000 ? 2 : 1;
    return n;
}

std::vector<std::string> findings_in_blocks(const std::string& blocks_json, bool view) {
    checker c;
    const auto list = json::parse(blocks_json, nullptr, false);
    c.blocks(list, view ? 100 : 50);
    return c.findings;
}

std::vector<std::string> findings_in_modal(const std::string& view_json) {
    checker c;
    const auto view = json::parse(view_json, nullptr, false);
    c.expect(view.value("type", "") == "modal", "no modal");
    for (const char* key : {"title", "submit", "close"})
        if (view.contains(key))
            c.text(view[key], 24, key, true);
    c.expect(view.contains("submit"), "no submit");
    c.expect(view.value("private_metadata", "").size() <= 3000, "private_metadata");
    c.expect(view.value("callback_id", "").size() <= 255, "callback_id");
    c.blocks(view["blocks"], 100);
    c.expect(view_json.size() < 250'000, "view too large");
    return c.findings;
}

std::vector<std::string> links_in(const std::string& blocks_json) {
    std::vector<std::string> out;
    const std::function<void(const json&)> visit = [&](const json& j) {
        if (j.is_object() && j.value("type", "") == "mrkdwn") {
            const auto words = j.value("text", "");
            for (std::size_t at = 0; (at = words.find('<', at)) != std::string::npos; ++at) {
                const auto inside = words.substr(at + 1, words.find('>', at) - at - 1);
                out.push_back(inside.find_first_of("@#!") == 0 ? "PING " + inside : inside);
            }
        }
        if (j.is_structured())
            for (const auto& one : j)
                visit(one);
    };
    visit(json::parse(blocks_json, nullptr, false));
    return out;
}

} // namespace slack_test
