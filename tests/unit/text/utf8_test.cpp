#include "domain/text/utf8.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain::text;

TEST_CASE("folding brings spellings together") {
    CHECK(folded("ZÜRICH Straße") == "zurich strasse");
    CHECK(folded("Łódź Ørsted Škoda Žižek Æon") == "lodz orsted skoda zizek aeon");
    CHECK(folded("don’t “quote” – dash…") == "don't \"quote\" - dash...");
    CHECK(folded("e\u0301te\u0301\u00A0x") == "ete x");
    CHECK(folded("ΑΘΗΝΑ МОСКВА") == "αθηνα москва");
    CHECK(folded("ﬁ Ａｐｐｌｅ").ends_with("apple"));
    for (const auto* s : {"ĀāĂăĐđĦħĨĩĶķĸĹĿŀŁłŃŊŋŌŐőŔřŚšŢťŨųŴŵŶŷŸŹžſ"})
        CHECK(folded(s) == "aaaaddhhiikkklllllnnnooorrssttuuwwyyyzzs");
}

TEST_CASE("a match in the folded text leads back to the words as written") {
    const auto f = folded_with_origin("Groß & Söhne");
    const auto at = f.text.find("sohne");
    CHECK(f.origin[at] == std::string("Groß & ").size());
    CHECK(f.origin.back() == std::string("Groß & Söhne").size());
}

TEST_CASE("bytes that are no UTF-8 never get through") {
    CHECK_FALSE(valid_utf8("\xC0\xAF"));
    CHECK_FALSE(valid_utf8("\xED\xA0\x80"));
    CHECK_FALSE(valid_utf8("ab\xE2\x82"));
    CHECK(valid_utf8("€ ok 😀"));
    CHECK(repaired_utf8("a\xFFz") == "a\uFFFDz");
    CHECK(shortened("Größe zählt", 6) == "Größe…");
    CHECK(shortened("kurz", 6) == "kurz");
}
