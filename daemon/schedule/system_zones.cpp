#include "schedule/system_zones.hpp"

#include <date/tz.h>

#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>

namespace whynow::schedule {
namespace {

using namespace domain;

class tz_zones final : public zones {
  public:
    bool known(std::string_view name) const override { return find(name) != nullptr; }

    local_time to_local(instant at, std::string_view name) const override {
        const auto* zone = find(name);
        const auto local = zone ? at + zone->get_info(at).offset : at;
        const auto midnight = std::chrono::floor<std::chrono::days>(local);
        return {local_date{midnight}, std::chrono::duration_cast<minute_of_day>(local - midnight)};
    }

    instant to_instant(const local_time& wall, std::string_view name) const override {
        const auto as_utc = std::chrono::sys_days{wall.date} + wall.at + std::chrono::seconds{0};
        const auto* zone = find(name);
        if (!zone)
            return as_utc;
        const auto info = zone->get_info(date::local_seconds{as_utc.time_since_epoch()});
        if (info.result == date::local_info::nonexistent)
            return info.second.begin; // the first instant after the gap
        return as_utc - info.first.offset;
    }

  private:
    mutable std::shared_mutex guard_;
    mutable std::map<std::string, const date::time_zone*, std::less<>> cache_;

    const date::time_zone* find(std::string_view name) const {
        {
            std::shared_lock lock(guard_);
            if (const auto it = cache_.find(name); it != cache_.end())
                return it->second;
        }
        const date::time_zone* zone = nullptr;
        try {
            if (!name.empty())
                zone = date::locate_zone(std::string(name));
        } catch (const std::runtime_error&) {
            // not in the database: remembered as unknown
        }
        std::unique_lock lock(guard_);
        if (cache_.size() < 2000) // strangers name zones too
            cache_.emplace(name, zone);
        return zone;
    }
};

} // namespace

const zones& system_zones() {
    static const tz_zones all;
    return all;
}

} // namespace whynow::schedule
