#include "app/slack_charts.hpp"

#include "log/log.hpp"
#include "store/aggregates.hpp"

#include <nlohmann/json.hpp>

namespace whynow::app {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr auto standing = std::chrono::days(30);
constexpr std::string_view name = "slack_charts_refused"; // {"T1": seconds since 1970}

} // namespace

kept_chart_refusals::kept_chart_refusals(house& h) : house_(h) {
    static_cast<void>(house_.store->read_now([this](store::session& s) {
        const auto kept = json::parse(store::documents(s).get(name).value_or("{}"), nullptr, false);
        if (!kept.is_object())
            return;
        for (const auto& [tenant, at] : kept.items())
            if (at.is_number_integer())
                refused_at_[tenant] = domain::instant{std::chrono::seconds{at.get<std::int64_t>()}};
    }));
}

bool kept_chart_refusals::stands(const std::string& tenant) const {
    const auto it = refused_at_.find(tenant);
    return it != refused_at_.end() && house_.clock.now() < it->second + standing;
}

void kept_chart_refusals::remember(const std::string& tenant) {
    refused_at_[tenant] = house_.clock.now();
    json all = json::object();
    for (const auto& [who, at] : refused_at_)
        all[who] = at.time_since_epoch().count();
    house_.store->post_write([text = all.dump()](store::session& s) { store::documents(s).put(name, text); },
                             [](boost::system::error_code failed, const std::exception_ptr&) {
                                 if (failed)
                                     log::warn("slack_charts_not_kept", {{"why", failed.message()}});
                             });
}

} // namespace whynow::app
