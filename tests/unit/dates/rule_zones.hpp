// Zones for tests: offsets and summer times as rules of today, no tzdata.
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
        int minutes;
        char rule; // 'e' Europe, 'u' United States, 's' Sydney, 'n' none
    };
    static constexpr std::array<row, 18> rows{{{"UTC", 0, 'n'},
                                               {"Europe/London", 0, 'e'},
                                               {"Europe/Berlin", 60, 'e'},
                                               {"Europe/Paris", 60, 'e'},
                                               {"Europe/Madrid", 60, 'e'},
                                               {"Europe/Vienna", 60, 'e'},
                                               {"Europe/Zurich", 60, 'e'},
                                               {"Europe/Brussels", 60, 'e'},
                                               {"Europe/Athens", 120, 'e'},
                                               {"America/New_York", -300, 'u'},
                                               {"America/Toronto", -300, 'u'},
                                               {"America/Chicago", -360, 'u'},
                                               {"America/Denver", -420, 'u'},
                                               {"America/Los_Angeles", -480, 'u'},
                                               {"America/Bogota", -300, 'n'},
                                               {"Asia/Tokyo", 540, 'n'},
                                               {"Asia/Kolkata", 330, 'n'},
                                               {"Australia/Sydney", 600, 's'}}};

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

    static std::chrono::minutes offset_at(domain::instant at, std::string_view zone) {
        namespace chr = std::chrono;
        const auto* r = find(zone);
        if (!r)
            return chr::minutes{0};
        const chr::minutes base{r->minutes};
        const auto y = domain::local_date{chr::floor<chr::days>(at)}.year();
        const auto from = [](chr::sys_days day, chr::minutes clock) { return domain::instant{day} + clock; };
        bool summer = false;
        if (r->rule == 'e')
            summer = at >= from(y / chr::March / chr::Sunday[chr::last], chr::hours{1}) &&
                     at < from(y / chr::October / chr::Sunday[chr::last], chr::hours{1});
        else if (r->rule == 'u')
            summer = at >= from(y / chr::March / chr::Sunday[2], chr::hours{2} - base) &&
                     at < from(y / chr::November / chr::Sunday[1], chr::hours{1} - base);
        else if (r->rule == 's')
            summer = at >= from(y / chr::October / chr::Sunday[1], chr::hours{2} - base) ||
                     at < from(y / chr::April / chr::Sunday[1], chr::hours{2} - base);
        return summer ? base + chr::hours{1} : base;
    }
};

} // namespace whynow::test
