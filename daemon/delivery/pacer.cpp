#include "delivery/pacer.hpp"

#include <algorithm>

namespace whynow::delivery {

using std::chrono::duration_cast;

pacer::moment pacer::book(std::string_view conversation, moment now) {
    if (free_.size() > 20'000)
        std::erase_if(free_, [&](const auto& e) { return e.second <= now; });
    auto& mine = free_[std::string(conversation)];
    const auto at = std::max({now, mine, tenant_free_});
    const auto scaled = [&](auto d) {
        return duration_cast<moment::duration>(std::chrono::duration<double>(d) * pace_);
    };
    mine = at + scaled(limits_.per_conversation);
    if (limits_.per_second > 0)
        tenant_free_ = std::max(tenant_free_, now) + scaled(std::chrono::duration<double>(1.0 / limits_.per_second));
    return at;
}

void pacer::hold(std::string_view conversation, moment until) {
    auto& mine = free_[std::string(conversation)];
    mine = std::max(mine, until);
}

void pacer::hold_all(moment until) { tenant_free_ = std::max(tenant_free_, until); }

} // namespace whynow::delivery
