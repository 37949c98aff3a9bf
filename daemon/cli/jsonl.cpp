#include "cli/jsonl.hpp"

#include "domain/text/utf8.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace whynow::cli {
namespace {

const json nothing;

const json& at(const json& j, std::string_view key) {
    const auto it = j.find(key);
    return it == j.end() ? nothing : *it;
}

[[noreturn]] void wrong_kind(std::string_view key, std::string_view wanted, const json& got) {
    throw bad_line("\"" + std::string(key) + "\" must be " + std::string(wanted) + ", not " + got.type_name());
}

json refusal(std::string_view key, const json& id, std::string_view why) {
    json out;
    out[std::string(key)] = id;
    out["error"] = why;
    return out;
}

json answered(std::string_view line, const std::function<json(const json&)>& answer, std::string_view key) {
    if (!domain::text::valid_utf8(line))
        return answered(domain::text::repaired_utf8(line), answer, key);
    json in;
    try {
        in = json::parse(line);
    } catch (const json::parse_error& e) {
        return refusal(key, nullptr, "no JSON, byte " + std::to_string(e.byte));
    }
    if (!in.is_object())
        return refusal(key, nullptr, "not a JSON object");
    try {
        return answer(in);
    } catch (const bad_line& e) {
        return refusal(key, id_of(in, key), e.what());
    }
}

} // namespace

void each_line(std::istream& in, std::ostream& out, const std::function<json(const json&)>& answer,
               std::string_view key) {
    std::string line;
    for (bool first = true; std::getline(in, line); first = false) {
        std::string_view text = line;
        if (first && text.starts_with("\xEF\xBB\xBF"))
            text.remove_prefix(3);
        if (text.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        out << dumped(answered(text, answer, key)) << '\n';
        // Whoever feeds line by line through a pipe waits for each answer.
        if (in.rdbuf()->in_avail() <= 0)
            out.flush();
    }
    out.flush();
}

int each_line(const std::function<json(const json&)>& answer, std::string_view key) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    each_line(std::cin, std::cout, answer, key);
    return std::cout ? 0 : 1;
}

std::string text_of(const json& j, std::string_view key) {
    const auto& v = at(j, key);
    if (v.is_null())
        return {};
    if (!v.is_string())
        wrong_kind(key, "a string", v);
    return v.get<std::string>();
}

std::vector<std::string> texts_of(const json& j, std::string_view key) {
    const auto& v = at(j, key);
    if (v.is_null())
        return {};
    if (v.is_string())
        return {v.get<std::string>()};
    if (!v.is_array())
        wrong_kind(key, "a list of strings", v);
    std::vector<std::string> out;
    for (const auto& item : v)
        out.push_back(item.is_string() ? item.get<std::string>() : dumped(item));
    return out;
}

bool truth_of(const json& j, std::string_view key) {
    const auto& v = at(j, key);
    if (v.is_null())
        return false;
    if (!v.is_boolean())
        wrong_kind(key, "true or false", v);
    return v.get<bool>();
}

const json& id_of(const json& j, std::string_view key) { return at(j, key); }

std::string dumped(const json& j, int indent) { return j.dump(indent, ' ', false, json::error_handler_t::replace); }

} // namespace whynow::cli
