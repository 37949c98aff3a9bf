// What came out of a call: the values that are stored, and the same values as they were heard in a rep's words.
#pragma once

#include "domain/core/time.hpp"
#include "domain/dates/window.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::outcomes {

enum class disposition { connected, voicemail, no_answer, gatekeeper, wrong_number, left_company, hung_up, not_called };

enum class result {
    meeting_booked,
    interested_later,
    not_interested,
    referral,
    needs_info,
    has_vendor,
    call_back,
    do_not_contact,
    already_solved
};

enum class action { send_invite, send_info, call_back, email_referral, update_contact, remove };

// The fields a person may have to be asked about.
enum class field { disposition, results, follow_up, referrals, facts, action, subject };

// The rep's word on the reason that was on the card.
enum class verdict { good_reason, not_a_reason };

// The names used in files, JSON and the database ("left_company"); the readers take exactly these.
std::string_view to_string(disposition value);
std::string_view to_string(result value);
std::string_view to_string(action value);
std::string_view to_string(field value);
std::string_view to_string(verdict value);
std::optional<disposition> disposition_from_string(std::string_view name);
std::optional<result> result_from_string(std::string_view name);
std::optional<action> action_from_string(std::string_view name);
std::optional<field> field_from_string(std::string_view name);
std::optional<verdict> verdict_from_string(std::string_view name);

// A human spoke, for however long …
bool is_conversation(disposition how);
// … and it was the person called, not somebody in front of them.
bool was_with_them(disposition how);
// Later interest, information asked for, a call back, a meeting, a referral: a conversation with one of these is a hit.
bool opens_a_door(result r);

using dates::span;

// A value with the words it was read from (bytes of the reply) and how sure that is, 0..1.
template <class T>
struct heard {
    T value{};
    span at{};
    double confidence = 0;
};

// Someone the customer sent us to. Empty string: not said. `may_name`: may the referrer be named to them?
struct referral_heard {
    std::string name;
    std::string title;
    std::string contact; // an e-mail address or a telephone number, as written
    std::optional<bool> may_name;
    span at{};
    double confidence = 0;
};

// What was learned about the customer, in the rep's words; empty: not said.
struct facts {
    std::optional<heard<std::string>> challenge;
    std::optional<heard<std::string>> timeline;
    std::optional<heard<std::string>> vendor;
    std::optional<heard<std::string>> budget; // "none" where there is none
    std::optional<heard<std::string>> tried;
    bool empty() const { return !challenge && !timeline && !vendor && !budget && !tried; }
};

// Whom the reply is about, where it says so: "spoke with Jerry", "#2 no answer", "2: voicemail", "Jerry - left vm".
struct subject {
    std::optional<std::string> name;
    std::optional<int> number; // of the card in the brief, from 1
    span at{};
    friend bool operator==(const subject&, const subject&) = default;
};

// One call in a rep's words. What was not understood is empty; what was understood but should be asked is in `unsure`.
struct understood {
    std::optional<heard<disposition>> how;
    std::optional<disposition> guess;   // where `how` is empty: what it may have been; to be asked, never stored
    std::vector<heard<result>> results; // in the order of the enum, each once
    std::optional<heard<dates::window>> follow_up;
    std::vector<referral_heard> referrals;
    facts learned;
    std::optional<heard<action>> wanted;
    std::optional<subject> who;
    std::vector<field> unsure;

    bool has(result r) const;
    bool is_unsure(field f) const;
};

} // namespace whynow::domain::outcomes
