#include "domain/outcomes/outcome.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace whynow::domain::outcomes {

namespace {

template <class E, std::size_t N>
using names = std::array<std::pair<E, std::string_view>, N>;

constexpr names<disposition, 8> dispositions{{{disposition::connected, "connected"},
                                              {disposition::voicemail, "voicemail"},
                                              {disposition::no_answer, "no_answer"},
                                              {disposition::gatekeeper, "gatekeeper"},
                                              {disposition::wrong_number, "wrong_number"},
                                              {disposition::left_company, "left_company"},
                                              {disposition::hung_up, "hung_up"},
                                              {disposition::not_called, "not_called"}}};

constexpr names<result, 9> results{{{result::meeting_booked, "meeting_booked"},
                                    {result::interested_later, "interested_later"},
                                    {result::not_interested, "not_interested"},
                                    {result::referral, "referral"},
                                    {result::needs_info, "needs_info"},
                                    {result::has_vendor, "has_vendor"},
                                    {result::call_back, "call_back"},
                                    {result::do_not_contact, "do_not_contact"},
                                    {result::already_solved, "already_solved"}}};

constexpr names<action, 6> actions{{{action::send_invite, "send_invite"},
                                    {action::send_info, "send_info"},
                                    {action::call_back, "call_back"},
                                    {action::email_referral, "email_referral"},
                                    {action::update_contact, "update_contact"},
                                    {action::remove, "remove"}}};

constexpr names<field, 7> fields{{{field::disposition, "disposition"},
                                  {field::results, "results"},
                                  {field::follow_up, "follow_up"},
                                  {field::referrals, "referrals"},
                                  {field::facts, "facts"},
                                  {field::action, "action"},
                                  {field::subject, "subject"}}};

constexpr names<verdict, 2> verdicts{{{verdict::good_reason, "good_reason"}, {verdict::not_a_reason, "not_a_reason"}}};

template <class E, std::size_t N>
std::string_view name_of(const names<E, N>& table, E value) {
    for (const auto& [v, n] : table)
        if (v == value)
            return n;
    return {};
}

template <class E, std::size_t N>
std::optional<E> value_of(const names<E, N>& table, std::string_view name) {
    for (const auto& [v, n] : table)
        if (n == name)
            return v;
    return std::nullopt;
}

} // namespace

std::string_view to_string(disposition value) { return name_of(dispositions, value); }
std::string_view to_string(result value) { return name_of(results, value); }
std::string_view to_string(action value) { return name_of(actions, value); }
std::string_view to_string(field value) { return name_of(fields, value); }
std::string_view to_string(verdict value) { return name_of(verdicts, value); }
std::optional<disposition> disposition_from_string(std::string_view name) { return value_of(dispositions, name); }
std::optional<result> result_from_string(std::string_view name) { return value_of(results, name); }
std::optional<action> action_from_string(std::string_view name) { return value_of(actions, name); }
std::optional<field> field_from_string(std::string_view name) { return value_of(fields, name); }
std::optional<verdict> verdict_from_string(std::string_view name) { return value_of(verdicts, name); }

bool is_conversation(disposition how) { return was_with_them(how) || how == disposition::gatekeeper; }

bool was_with_them(disposition how) { return how == disposition::connected || how == disposition::hung_up; }

bool opens_a_door(result r) {
    return r == result::meeting_booked || r == result::interested_later || r == result::needs_info ||
           r == result::call_back || r == result::referral;
}

bool understood::has(result r) const {
    return std::ranges::any_of(results, [r](const auto& h) { return h.value == r; });
}

bool understood::is_unsure(field f) const { return std::ranges::find(unsure, f) != unsure.end(); }

} // namespace whynow::domain::outcomes
