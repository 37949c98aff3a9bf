#include "adapters/slack/inbound.hpp"

#include <utility>

namespace whynow::slack {

namespace {

void append_decoded(std::string& out, std::string_view text) {
    constexpr std::pair<std::string_view, char> entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
    for (std::size_t at = 0; at < text.size();) {
        bool found = false;
        if (text[at] == '&')
            for (const auto& [entity, character] : entities)
                if (text.substr(at).starts_with(entity)) {
                    out += character;
                    at += entity.size();
                    found = true;
                    break;
                }
        if (!found)
            out += text[at++];
    }
}

// What stands between < and >, as the person saw it.
void append_unwrapped(std::string& out, std::string_view inside, std::string_view bot_user) {
    const auto bar = inside.find('|');
    const auto target = inside.substr(0, bar);
    const auto label = bar == std::string_view::npos ? std::string_view{} : inside.substr(bar + 1);
    const char sigil = target.empty() ? '\0' : target.front();
    if (sigil == '@') {
        if (!bot_user.empty() && target.substr(1) == bot_user)
            return;
        out += '@';
        append_decoded(out, label.empty() ? target.substr(1) : label);
    } else if (sigil == '#') {
        out += '#';
        append_decoded(out, label.empty() ? target.substr(1) : label);
    } else if (sigil == '!') {
        if (!label.empty()) {
            append_decoded(out, label);
        } else {
            out += '@';
            append_decoded(out, target.substr(1));
        }
    } else if (!label.empty()) {
        append_decoded(out, label);
    } else {
        auto bare = target;
        for (const std::string_view scheme : {"mailto:", "tel:"})
            if (bare.starts_with(scheme))
                bare.remove_prefix(scheme.size());
        append_decoded(out, bare);
    }
}

std::string trimmed(std::string text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string::npos)
        return {};
    text.erase(text.find_last_not_of(blank) + 1);
    text.erase(0, first);
    return text;
}

} // namespace

std::string typed_text(std::string_view text, std::string_view bot_user) {
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        const auto open = text.find('<', at);
        append_decoded(out, text.substr(at, open - at));
        if (open == std::string_view::npos)
            break;
        const auto close = text.find('>', open);
        if (close == std::string_view::npos) {
            append_decoded(out, text.substr(open));
            break;
        }
        append_unwrapped(out, text.substr(open + 1, close - open - 1), bot_user);
        at = close + 1;
    }
    return trimmed(std::move(out));
}

} // namespace whynow::slack
