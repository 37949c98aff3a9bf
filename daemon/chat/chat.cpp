#include "chat/chat.hpp"

#include <nlohmann/json.hpp>

namespace whynow::chat {

using nlohmann::json;
namespace cards = domain::cards;

namespace {

constexpr std::string_view kinds[] = {"message",     "edited",  "deleted", "action", "form_wanted", "form_submitted",
                                      "card_wanted", "command", "reached", "gone",   "home_opened", "nothing"};

std::string text_of(const json& j, const char* key) {
    const auto it = j.find(key);
    return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

json write(const address& a) {
    return {{"platform", a.platform},
            {"tenant", a.tenant},
            {"user", a.user},
            {"conversation", a.conversation},
            {"route", a.route}};
}
address read_address(const json& j) {
    return {text_of(j, "platform"), text_of(j, "tenant"), text_of(j, "user"), text_of(j, "conversation"),
            text_of(j, "route")};
}
json write(const message_ref& m) { return {{"conversation", m.conversation}, {"id", m.id}}; }
message_ref read_ref(const json& j, const char* key) {
    const auto it = j.find(key);
    return it == j.end() ? message_ref{} : message_ref{text_of(*it, "conversation"), text_of(*it, "id")};
}

json write(const cards::rich& text) {
    auto out = json::array();
    for (const auto& s : text) {
        json j{{"t", s.text}};
        if (!s.href.empty())
            j["h"] = s.href;
        if (s.strong)
            j["b"] = true;
        if (s.emphasis)
            j["i"] = true;
        out.push_back(std::move(j));
    }
    return out;
}
cards::rich read_rich(const json& j) {
    cards::rich out;
    for (const auto& s : j)
        out.push_back({text_of(s, "t"), text_of(s, "h"), s.contains("b"), s.contains("i")});
    return out;
}
json write(const cards::button& b) {
    return {{"action", b.action},  {"value", b.value},     {"label", b.label},
            {"look", int(b.look)}, {"form", b.opens_form}, {"spoken", b.spoken}};
}
cards::button read_button(const json& j) {
    return {text_of(j, "action"),   text_of(j, "value"), text_of(j, "label"), cards::button::style(j.value("look", 0)),
            j.value("form", false), text_of(j, "spoken")};
}
json write(const cards::call_head& h) {
    return {{"number", h.number},        {"name", h.name},   {"role", h.role_and_account},
            {"detail", write(h.detail)}, {"badge", h.badge}, {"age", h.age}};
}
cards::call_head read_head(const json& j) {
    return {j.value("number", 0),      text_of(j, "name"),  text_of(j, "role"),
            read_rich(j.at("detail")), text_of(j, "badge"), text_of(j, "age")};
}

json write(const std::vector<cards::block>& blocks);
std::vector<cards::block> read_blocks(const json& j);

struct block_writer {
    json operator()(const cards::heading& b) const { return {{"is", "heading"}, {"text", b.text}}; }
    json operator()(const cards::subtle& b) const { return {{"is", "subtle"}, {"text", write(b.text)}}; }
    json operator()(const cards::paragraph& b) const { return {{"is", "paragraph"}, {"text", write(b.text)}}; }
    json operator()(const cards::rule&) const { return {{"is", "rule"}}; }
    json operator()(const cards::box& b) const {
        return {{"is", "box"}, {"label", b.label}, {"title", b.title}, {"text", b.text}};
    }
    json operator()(const cards::facts& b) const {
        auto rows = json::array();
        for (const auto& row : b.rows)
            rows.push_back({{"title", row.title}, {"value", write(row.value)}});
        return {{"is", "facts"}, {"rows", std::move(rows)}};
    }
    json operator()(const cards::actions& b) const {
        auto buttons = json::array();
        for (const auto& x : b.buttons)
            buttons.push_back(write(x));
        return {{"is", "actions"}, {"buttons", std::move(buttons)}};
    }
    json operator()(const cards::call_head& b) const { return {{"is", "call"}, {"head", write(b)}}; }
    json operator()(const cards::fold& b) const {
        return {{"is", "fold"},
                {"id", b.id},
                {"head", write(b.head)},
                {"teaser", write(b.teaser)},
                {"inside", write(b.inside)},
                {"open", b.open},
                {"opener", write(b.opener)}};
    }
    json operator()(const cards::bars& b) const {
        auto rows = json::array();
        for (const auto& row : b.rows)
            rows.push_back({{"label", row.label}, {"value", row.value}, {"shown", row.shown}});
        return {{"is", "bars"}, {"title", b.title}, {"rows", std::move(rows)}};
    }
    json operator()(const cards::table& b) const {
        return {{"is", "table"}, {"title", b.title}, {"header", b.header}, {"rows", b.rows}};
    }
};

json write(const std::vector<cards::block>& blocks) {
    auto out = json::array();
    for (const auto& b : blocks)
        out.push_back(std::visit(block_writer{}, b));
    return out;
}

cards::block read_block(const json& j) {
    const auto is = text_of(j, "is");
    if (is == "heading")
        return cards::heading{text_of(j, "text")};
    if (is == "subtle")
        return cards::subtle{read_rich(j.at("text"))};
    if (is == "paragraph")
        return cards::paragraph{read_rich(j.at("text"))};
    if (is == "box")
        return cards::box{text_of(j, "label"), text_of(j, "title"), text_of(j, "text")};
    if (is == "call")
        return read_head(j.at("head"));
    if (is == "table")
        return cards::table{text_of(j, "title"), j.at("header").get<std::vector<std::string>>(),
                            j.at("rows").get<std::vector<std::vector<std::string>>>()};
    if (is == "fold")
        return cards::fold{text_of(j, "id"),          read_head(j.at("head")),
                           read_rich(j.at("teaser")), read_blocks(j.at("inside")),
                           j.value("open", false),    read_button(j.at("opener"))};
    if (is == "facts") {
        cards::facts out;
        for (const auto& row : j.at("rows"))
            out.rows.push_back({text_of(row, "title"), read_rich(row.at("value"))});
        return out;
    }
    if (is == "actions") {
        cards::actions out;
        for (const auto& b : j.at("buttons"))
            out.buttons.push_back(read_button(b));
        return out;
    }
    if (is == "bars") {
        cards::bars out{text_of(j, "title"), {}};
        for (const auto& row : j.at("rows"))
            out.rows.push_back({text_of(row, "label"), row.value("value", 0.0), text_of(row, "shown")});
        return out;
    }
    return cards::rule{};
}

std::vector<cards::block> read_blocks(const json& j) {
    std::vector<cards::block> out;
    for (const auto& b : j)
        out.push_back(read_block(b));
    return out;
}

std::string dumped(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

} // namespace

std::string_view to_string(event_kind kind) { return kinds[std::size_t(kind)]; }

std::string to_json(const chat_event& e) {
    return dumped({{"kind", to_string(e.kind)},
                   {"id", e.id},
                   {"key", e.business_key},
                   {"from", write(e.from)},
                   {"name", e.sender_name},
                   {"zone", e.zone},
                   {"at", e.at.time_since_epoch().count()},
                   {"about", write(e.about)},
                   {"self", write(e.self)},
                   {"text", e.text},
                   {"action", e.action},
                   {"value", e.value},
                   {"form", e.form},
                   {"context", e.context},
                   {"fields", e.fields},
                   {"trigger", e.trigger},
                   {"respond_to", e.respond_to}});
}

std::optional<chat_event> chat_event_from_json(std::string_view text) {
    try {
        const auto j = json::parse(text);
        chat_event e;
        const auto kind = text_of(j, "kind");
        for (std::size_t i = 0; i < std::size(kinds); ++i)
            if (kinds[i] == kind)
                e.kind = event_kind(i);
        e.id = text_of(j, "id");
        e.business_key = text_of(j, "key");
        e.from = read_address(j.at("from"));
        e.sender_name = text_of(j, "name");
        e.zone = text_of(j, "zone");
        e.at = instant{std::chrono::seconds{j.at("at").get<std::int64_t>()}};
        e.about = read_ref(j, "about");
        e.self = read_ref(j, "self");
        e.text = text_of(j, "text");
        e.action = text_of(j, "action");
        e.value = text_of(j, "value");
        e.form = text_of(j, "form");
        e.context = text_of(j, "context");
        e.fields = j.at("fields").get<std::map<std::string, std::string>>();
        e.trigger = text_of(j, "trigger");
        e.respond_to = text_of(j, "respond_to");
        return e;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

std::string to_json(const cards::message& m) { return dumped({{"fallback", m.fallback}, {"blocks", write(m.blocks)}}); }

std::optional<cards::message> message_from_json(std::string_view text) {
    try {
        const auto j = json::parse(text);
        return cards::message{text_of(j, "fallback"), read_blocks(j.at("blocks"))};
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

std::string to_json(const address& a) { return dumped(write(a)); }

std::optional<address> address_from_json(std::string_view text) {
    try {
        return read_address(json::parse(text));
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

} // namespace whynow::chat
