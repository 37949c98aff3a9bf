#include "store/records.hpp"

namespace whynow::store {

std::string_view to_string(card_state s) {
    switch (s) {
    case card_state::open: return "open";
    case card_state::answered: return "answered";
    case card_state::snoozed: return "snoozed";
    case card_state::not_a_reason: return "not_a_reason";
    }
    return "open";
}

std::string_view to_string(draft_kind k) {
    switch (k) {
    case draft_kind::thank_you: return "thank_you";
    case draft_kind::referral: return "referral";
    case draft_kind::loop_closing: return "loop_closing";
    case draft_kind::nurture: return "nurture";
    }
    return "thank_you";
}

std::string_view to_string(draft_state s) {
    switch (s) {
    case draft_state::proposed: return "proposed";
    case draft_state::approved: return "approved";
    case draft_state::sent: return "sent";
    case draft_state::discarded: return "discarded";
    case draft_state::unknown: return "unknown";
    case draft_state::failed: return "failed";
    }
    return "proposed";
}

std::string_view to_string(outbox_state s) {
    switch (s) {
    case outbox_state::pending: return "pending";
    case outbox_state::sending: return "sending";
    case outbox_state::sent: return "sent";
    case outbox_state::ambiguous: return "ambiguous";
    case outbox_state::dead: return "dead";
    case outbox_state::parked: return "parked";
    case outbox_state::dropped: return "dropped";
    }
    return "pending";
}

} // namespace whynow::store
