// Strong row ids: an account_id is never a contact_id.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace whynow::domain {

// A row's number in the store; 0 is "none yet". Tag makes each kind a type of its own.
template <class Tag>
struct id {
    std::int64_t value = 0;
    explicit operator bool() const { return value != 0; }
    friend auto operator<=>(const id&, const id&) = default;
};

using account_id = id<struct account_tag>;
using contact_id = id<struct contact_tag>;
using rep_id = id<struct rep_tag>;
using signal_id = id<struct signal_tag>;
using event_id = id<struct event_tag>;   // a trigger event
using reason_id = id<struct reason_tag>; // an event seen from one contact's side
using brief_id = id<struct brief_tag>;   // one rep, one local date
using card_id = id<struct card_tag>;     // one call card of a brief
using outcome_id = id<struct outcome_tag>;
using fact_id = id<struct fact_tag>;
using referral_id = id<struct referral_tag>;
using draft_id = id<struct draft_tag>;
using nurture_id = id<struct nurture_tag>; // a dated return of a contact
using outbox_id = id<struct outbox_tag>;
using inbox_id = id<struct inbox_tag>;

} // namespace whynow::domain

template <class Tag>
struct std::hash<whynow::domain::id<Tag>> {
    std::size_t operator()(const whynow::domain::id<Tag>& i) const noexcept {
        return std::hash<std::int64_t>{}(i.value);
    }
};
