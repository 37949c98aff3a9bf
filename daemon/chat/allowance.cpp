#include "chat/allowance.hpp"

#include <algorithm>

namespace whynow::chat {

allowances::allowances(std::vector<allowance> all, double pace) {
    for (const auto& a : all) {
        const auto span = std::chrono::duration_cast<moment::duration>(std::chrono::duration<double>(a.span) * pace);
        if (a.calls < 1 || span <= moment::duration::zero())
            continue;
        windows_.push_back({static_cast<std::size_t>(a.calls), span});
        most_ = std::max(most_, windows_.back().calls);
        longest_ = std::max(longest_, span);
    }
}

allowances::moment allowances::free(moment now) const {
    auto at = now;
    for (const auto& w : windows_)
        if (booked_.size() >= w.calls)
            at = std::max(at, booked_[booked_.size() - w.calls] + w.span);
    return at;
}

allowances::moment allowances::book_at(moment at) {
    if (most_ > 0) {
        booked_.push_back(at);
        while (booked_.size() > most_)
            booked_.pop_front();
    }
    return at;
}

bool allowances::rested(moment now) const { return booked_.empty() || booked_.back() + longest_ <= now; }

} // namespace whynow::chat
