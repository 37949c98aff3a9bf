#include "domain/outcomes/outcome.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain::outcomes;

TEST_CASE("every name of an outcome is read back as the value it was written for") {
    for (const auto d :
         {disposition::connected, disposition::voicemail, disposition::no_answer, disposition::gatekeeper,
          disposition::wrong_number, disposition::left_company, disposition::hung_up, disposition::not_called})
        CHECK(disposition_from_string(to_string(d)) == d);
    for (const auto r :
         {result::meeting_booked, result::interested_later, result::not_interested, result::referral,
          result::needs_info, result::has_vendor, result::call_back, result::do_not_contact, result::already_solved})
        CHECK(result_from_string(to_string(r)) == r);
    for (const auto a : {action::send_invite, action::send_info, action::call_back, action::email_referral,
                         action::update_contact, action::remove})
        CHECK(action_from_string(to_string(a)) == a);
    CHECK(!disposition_from_string("Connected"));
    CHECK(!result_from_string(""));
}
