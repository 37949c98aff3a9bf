// Which bytes a title was written in, by all the ways to say it and to say it wrongly.
#include "adapters/rss/feed.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace whynow;

namespace {

std::string title(std::string_view bytes, std::string_view type = "") {
    const auto f = rss::read_feed(bytes, type, "");
    return f.entries.empty() ? std::string("(none)") : f.entries[0].title;
}

std::string in(std::string_view declared, std::string_view t) {
    return (declared.empty() ? std::string{} : "<?xml version='1.0' encoding='" + std::string(declared) + "'?>") +
           "<rss><channel><item><title>" + std::string(t) + "</title></item></channel></rss>";
}

} // namespace

TEST_CASE("encodings") {
    CHECK(title(in("iso-8859-1", "caf\xE9")) == "caf\u00e9");
    CHECK(title(in("iso-8859-1", "\x93q\x94")) == "\u201cq\u201d");
    CHECK(title(in("windows-1251", "\xCF\xF0\xE8\xE2\xE5\xF2")) == "\u041f\u0440\u0438\u0432\u0435\u0442");
    CHECK(title(in("koi8-r", "\xF0\xD2\xC9\xD7\xC5\xD4")) == "\u041f\u0440\u0438\u0432\u0435\u0442");
    CHECK(title(in("Shift_JIS", "\x93\xFA\x96\x7B")) == "\u65e5\u672c");
    CHECK(title(in("euc-jp", "\xC6\xFC\xCB\xDC")) == "\u65e5\u672c");
    CHECK(title(in("big5", "\xA4\xA4\xA4\xE5")) == "\u4e2d\u6587");
    CHECK(title(in("gb2312", "\xD6\xD0\xCE\xC4")) == "\u4e2d\u6587");
    CHECK(title(in("euc-kr", "\xC7\xD1\xB1\xDB")) == "\ud55c\uae00");
    CHECK(title(in("cp437", "\x80")) == "\u00c7");
    CHECK(title(in("x-mac-roman", "\x80")) == "\u00c4");
    CHECK(title(in("iso_8859_5", "\xBF")) == "\u041f");
    CHECK(title(in("utf-8", "caf\xE9")) == "caf\u00e9");
    CHECK(title(in("iso-8859-1", "caf\xC3\xA9"), "text/xml; charset=\"utf-8\"") == "caf\u00e9");
    CHECK(title(in("utf-8", "caf\xC3\xA9"), "text/xml; charset=us-ascii") == "caf\u00e9");
    CHECK(title(in("", "caf\xC3\xA9"), "text/xml") == "caf\u00e9");
    CHECK(title(in("", "caf\xE9")) == "caf\u00e9");
    CHECK(title(in("no-such-thing", "caf\xC3\xA9")) == "caf\u00e9");
    CHECK(title("\xEF\xBB\xBF" + in("iso-8859-1", "caf\xC3\xA9")) == "caf\u00e9");
    std::string wide;
    for (const char c : in("utf-16", "a"))
        wide += {'\0', c};
    CHECK(title(wide) == "a");
    CHECK(title("\xFE\xFF" + wide, "text/xml; charset=iso-8859-1") == "a");
}

TEST_CASE("names of encodings that only some know") {
    CHECK(title(in("1251", "\xCF\xF0\xE8")) == "\u041f\u0440\u0438");
    CHECK(title(in("cp866u", "\x8F\xE0\xA8")) == "\u041f\u0440\u0438");
    CHECK(title(in("thai", "\xA1")) == "\u0e01");
    CHECK(title(in("latin7", "\xA8")) == "\u00d8");
    CHECK(title(in("hz-gb", "~{VPND~}")) == "\u4e2d\u6587");
    CHECK(title(in("euc-jisx0213", "\xC6\xFC\xCB\xDC")) == "\u65e5\u672c");
    CHECK(title(in("shift_jis-2004", "\x93\xFA\x96\x7B")) == "\u65e5\u672c");
    CHECK(title(in("mac_greek", "\x80")) == "\u00c4");
    CHECK(title("<?xml version='1.0'?>" + in("", "\x1b$BF|K\\\x1b(B"), "text/xml; charset=iso-2022-jp-ext") ==
          "\u65e5\u672c");
}

TEST_CASE("the bytes against what is said of them") {
    CHECK(title(in("iso-8859-1", "caf\xC3\xA9")) == "caf\u00e9");
    CHECK(title(in("windows-1251", "\xD0\x9F\xD1\x80")) == "\u041f\u0440");
    CHECK(title(in("us-ascii", "caf\xE9")) == "caf\u00e9");
    CHECK(title(in("koi8-r", "\xF0\xD2\xC9"), "application/octet-stream; charset=iso-8859-1") == "\u041f\u0440\u0438");
    CHECK(title(in("", "\xF0\xD2\xC9"), "application/octet-stream; charset=koi8-r") == "\u041f\u0440\u0438");
    CHECK(title(in("iso-8859-1", "\xF0\xD2\xC9"), "application/rss+xml; charset=koi8-r") == "\u041f\u0440\u0438");
    // damage: one pasted letter of windows-1252, one letter cut in two
    CHECK(title(in("utf-8", "\xC3\xBC\xC3\xA4 \x80 5 na\xEF")) == "\u00fc\u00e4 \u20ac 5 na\u00ef");
    CHECK(title(in("utf-8", "\xC3\xBC\xC3\xA4 \xE2\x82<!-- -->")) == "\u00fc\u00e4 \ufffd");
}

TEST_CASE("UTF-8 that was taken for Latin-1 and encoded again") {
    CHECK(title(in("utf-8", "caf\u00c3\u00a9")) == "caf\u00e9");
    CHECK(title(in("utf-8", "it\u00e2\u20ac\u2122s")) == "it\u2019s");
    CHECK(title(in("utf-8", "\u00c3\u0153ber")) == "\u00dcber");
    for (const std::string_view meant : {"caf\u00e9", "GRO\u00df\u2026", "\u201cCAF\u00c9\u201d", "Spa\u00df\u2013Tag",
                                         "\u00c3", "\u00a9 \u00ae", "\u65e5\u672c \u00c3\u00a9"})
        CHECK(title(in("utf-8", meant)) == meant);
}

TEST_CASE("what nobody declared is told by its looks") {
    CHECK(title(in("", "\x1b$BF|K\\\x1b(B")) == "\u65e5\u672c");
    CHECK(title(in("", "\xA2\xE8\xD2\xC7\xE0\xC8\xC3\xC9\xB0\xA1\xD4\xA8\xE1\xC5\xD0\xBA\xC3\xD4\xC9\xD1\xB7 "
                       "\xC7\xD1\xB9\xB9\xD5\xE9\xE3\xB9\xB5\xC5\xD2\xB4")) ==
          "\u0e02\u0e48\u0e32\u0e27\u0e40\u0e28\u0e23\u0e29\u0e10\u0e01\u0e34\u0e08\u0e41\u0e25\u0e30\u0e1a\u0e23\u0e34"
          "\u0e29\u0e31\u0e17 \u0e27\u0e31\u0e19\u0e19\u0e35\u0e49\u0e43\u0e19\u0e15\u0e25\u0e32\u0e14");
    CHECK(title(in("", "\x8D\xAE\xA2\xAE\xE1\xE2\xA8 \xAA\xAE\xAC\xAF\xA0\xAD\xA8\xA8 \xA8 \xE0\xEB\xAD\xAA\xA0 "
                       "\xA7\xA0 \xE1\xA5\xA3\xAE\xA4\xAD\xEF")) ==
          "\u041d\u043e\u0432\u043e\u0441\u0442\u0438 \u043a\u043e\u043c\u043f\u0430\u043d\u0438\u0438 \u0438 "
          "\u0440\u044b\u043d\u043a\u0430 \u0437\u0430 \u0441\u0435\u0433\u043e\u0434\u043d\u044f");
    CHECK(title(in("", "na\xEFve caf\xE9 \xE0 No\xEBl, d\xE9j\xE0 vu")) ==
          "na\u00efve caf\u00e9 \u00e0 No\u00ebl, d\u00e9j\u00e0 vu");
}
