#include "adapters/teams/workflow.hpp"

#include "adapters/teams/cards.hpp"
#include "adapters/teams/send_outcome.hpp"
#include "log/log.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace whynow::adapters::teams {

namespace cards = domain::cards;

namespace {

void without_buttons(std::vector<cards::block>& blocks) {
    std::erase_if(blocks, [](const auto& b) { return std::holds_alternative<cards::actions>(b); });
    for (auto& b : blocks)
        if (auto* f = std::get_if<cards::fold>(&b))
            without_buttons(f->inside);
}

chat::send_result told(const http::response& r) {
    if (r.status == 429)
        return refused(call::post, r);
    if (r.status == 408 || r.status >= 500)
        return chat::ambiguous{fmt::format("workflow {}", r.status)};
    return chat::rejected{fmt::format("workflow {}", r.status), false, false};
}

} // namespace

std::string workflow_body(const cards::message& m, std::size_t most) {
    auto shown = m;
    without_buttons(shown.blocks);
    std::string out =
        R"({"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":)";
    constexpr std::string_view end = "}]}";
    out += card_json(shown, most - out.size() - end.size());
    return out.append(end);
}

boost::asio::awaitable<chat::send_result> workflow::post(const cards::message& m) {
    for (auto most = workflow_budget;; most /= 2) {
        http::outgoing request;
        request.method = "POST";
        request.url = settings_.url;
        request.fields.add("Content-Type", "application/json; charset=utf-8");
        request.body = workflow_body(m, most);
        request.deadline = std::chrono::seconds(20);
        request.most_bytes = 64u << 10;
        request.any_address = settings_.any_address;
        request.ca_file = settings_.ca_file;
        const auto answer = co_await out_.exchange(std::move(request));
        if (!answer)
            co_return unanswered(call::post, answer.error());
        if (answer->status >= 200 && answer->status < 300)
            co_return chat::sent{};
        if (answer->status == 413 && most > workflow_budget / 4)
            continue;
        if (answer->status == 401 || answer->status == 403 || answer->status == 404 || answer->status == 410)
            log::warn("teams_workflow_gone", {{"status", answer->status}});
        co_return told(*answer);
    }
}

} // namespace whynow::adapters::teams
