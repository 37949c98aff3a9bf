#include "delivery/pacer.hpp"

#include <algorithm>

namespace whynow::delivery {

using std::chrono::duration_cast;

pacer::place& pacer::of(std::string_view conversation) {
    const auto it = places_.find(std::string(conversation));
    if (it != places_.end())
        return it->second;
    return places_.emplace(std::string(conversation), place{{}, chat::allowances(limits_.in_conversation, pace_)})
        .first->second;
}

pacer::moment pacer::book(std::string_view conversation, moment now) {
    if (places_.size() > 20'000)
        std::erase_if(places_, [&](const auto& e) { return e.second.free <= now && e.second.booked.rested(now); });
    auto& mine = of(conversation);
    const auto at = mine.booked.book_at(mine.booked.free(std::max({now, mine.free, tenant_free_})));
    mine.free = at + scaled(limits_.per_conversation);
    if (limits_.per_second > 0)
        tenant_free_ = std::max(tenant_free_, now) + scaled(std::chrono::duration<double>(1.0 / limits_.per_second));
    return at;
}

void pacer::hold(std::string_view conversation, moment until) {
    auto& mine = of(conversation);
    mine.free = std::max(mine.free, until);
}

pacer::moment::duration pacer::scaled(std::chrono::duration<double> how_long) const {
    return duration_cast<moment::duration>(how_long * pace_);
}

void pacer::hold_all(moment until) { tenant_free_ = std::max(tenant_free_, until); }

} // namespace whynow::delivery
