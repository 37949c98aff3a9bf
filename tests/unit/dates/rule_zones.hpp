// Zones for tests: the offsets and summer times of Europe and North America as rules of today, no tzdata.
#pragma once

#include "domain/core/time.hpp"

#include <array>

namespace whynow::test {

class rule_zones final : public domain::zones {
  public:
    bool known(std::string_view zone) const override { return find(zone) != nullptr; }

    domain::local_time to_local(domain::instant at, std::string_view zone) const override {
        return split(at + offset_at(at, zone));
    }

    domain::instant to_instant(const domain::local_time& wall, std::string_view zone) const override {
        const auto flat = domain::instant{std::chrono::sys_days{wall.date}} + wall.at;
        const auto first = flat - offset_at(flat - std::chrono::hours{12}, zone);
        if (first + offset_at(first, zone) == flat)
            return first;
        return flat - offset_at(flat, zone);
    }

  private:
    struct row {
        std::string_view name;
        int hours;
        char rule; // 'e' Europe, 'u' United States, 'n' none
    };
    static constexpr std::array<row, 11> rows{{{"UTC", 0, 'n'},
                                               {"Europe/London", 0, 'e'},
                                               {"Europe/Berlin", 1, 'e'},
                                               {"Europe/Paris", 1, 'e'},
                                               {"Europe/Madrid", 1, 'e'},
                                               {"Europe/Athens", 2, 'e'},
                                               {"America/New_York", -5, 'u'},
                                               {"America/Chicago", -6, 'u'},
                                               {"America/Denver", -7, 'u'},
                                               {"America/Los_Angeles", -8, 'u'},
                                               {"Asia/Tokyo", 9, 'n'}}};

    static const row* find(std::string_view zone) {
        for (const auto& r : rows)
            if (r.name == zone)
                return &r;
        return nullptr;
    }

    static domain::local_time split(domain::instant flat) {
        const auto day = std::chrono::floor<std::chrono::days>(flat);
        return {domain::local_date{day}, std::chrono::floor<std::chrono::minutes>(flat - day)};
    }

    static std::chrono::hours offset_at(domain::instant at, std::string_view zone) {
        namespace chr = std::chrono;
        const auto* r = find(zone);
        if (!r)
            return chr::hours{0};
        const chr::hours base{r->hours};
        const auto y = domain::local_date{chr::floor<chr::days>(at)}.year();
        if (r->rule == 'e') {
            const auto on = domain::instant{chr::sys_days{y / chr::March / chr::Sunday[chr::last]}} + chr::hours{1};
            const auto off = domain::instant{chr::sys_days{y / chr::October / chr::Sunday[chr::last]}} + chr::hours{1};
            return at >= on && at < off ? base + chr::hours{1} : base;
        }
        if (r->rule == 'u') {
            const auto on = domain::instant{chr::sys_days{y / chr::March / chr::Sunday[2]}} + chr::hours{2} - base;
            const auto off = domain::instant{chr::sys_days{y / chr::November / chr::Sunday[1]}} + chr::hours{1} - base;
            return at >= on && at < off ? base + chr::hours{1} : base;
        }
        return base;
    }
};

} // namespace whynow::test
