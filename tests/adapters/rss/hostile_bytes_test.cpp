// Feeds that mean harm by their bytes: encodings, controls, sheer size.
#include "hostile.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace whynow;
using namespace whynow::test;
using namespace std::string_literals;

namespace {

std::string item(std::string_view title) { return in_rss("<item><title>" + std::string(title) + "</title></item>"); }

// The same ASCII with a NUL before each letter, big endian, without a mark.
std::string unmarked(std::string_view ascii) {
    std::string out;
    for (const char c : ascii) {
        out += '\0';
        out += c;
    }
    return out;
}

std::vector<hostile> all() {
    return {
        {"UTF-7 by header", "+ADw-rss+AD4-+ADw-script+AD4-", "text/xml; charset=utf-7"},
        {"UTF-7 by declaration", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADw-rss+AD4-"},
        {"UTF-16 bomb", wide(in_rss(repeated("<item><title>a</title></item>", 40'000)))},
        {"UTF-16 surrogates alone", "\xFF\xFE"s + repeated(std::string("\x00\xD8", 2), 500'000)},
        {"UTF-16 odd length", wide(in_rss("<item/>")) + "x"},
        {"UTF-32 beyond Unicode", "\xFF\xFE\x00\x00"s + repeated(std::string("\xFF\xFF\xFF\x7F", 4), 200'000)},
        {"declared UTF-16, is ASCII",
         "<?xml version=\"1.0\" encoding=\"UTF-16\"?><rss><channel><item><title>a</title></item></channel></rss>"},
        {"NULs", in_rss("<item><title>a\0b\0c</title></item>"s + std::string(100'000, '\0'))},
        {"control characters", in_rss("<item><title>\x01\x02\x1b[31mred\x07</title></item>")},
        {"8 MB of Latin-1",
         "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><item><title>" + std::string(8'000'000, '\xE9')},
        {"8 MB undeclared", "<rss><channel><item><title>" + std::string(8'000'000, '\xE9')},
        {"gzip", "\x1f\x8b\x08\x00\x00\x00\x00\x00"s},
        {"invalid UTF-8 everywhere", "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><item><title>" +
                                         std::string(1'000'000, '\xFF') + "</title></item></channel></rss>"},
        {"unknown encoding", "<?xml version=\"1.0\" encoding=\"" + std::string(500'000, 'e') + "\"?><rss/>"},
        {"ISO-2022 escape flood", repeated("\x1b$B", 500'000), "application/xml; charset=iso-2022-jp"},
        {"bidi override", in_rss("<item><title>a\xE2\x80\xAE gpj.exe</title></item>")},
        {"UTF-7 in a UTF-8 document", item("+ADw-script+AD4-alert(1)+ADw-/script+AD4-"), "text/xml; charset=utf-8"},
        {"UTF-7 by a mark", "+/v8-" + item("+ADw-b+AD4-"), ""},
        {"UTF-16 without a mark", unmarked(item("a"))},
        {"UTF-16 by header, is ASCII", item("a"), "text/xml; charset=utf-16"},
        {"UTF-8 by header, is UTF-16", wide(item("a")), "text/xml; charset=utf-8"},
        {"two marks", "\xEF\xBB\xBF\xFF\xFE" + item("a")},
        {"marks all over", item(repeated("\xEF\xBB\xBF", 300'000))},
        {"a mark and nothing", "\xFF\xFE"},
        {"half a mark", "\xFF"},
        {"brackets in overlong UTF-8", item("\xC0\xBCscript\xC0\xBE \xE0\x80\xBC"
                                            "b\xE0\x80\xBE")},
        {"surrogates in UTF-8", item(repeated("\xED\xA0\x80\xED\xB0\x80", 100'000))},
        {"beyond Unicode in UTF-8", item(repeated("\xF4\x90\x80\x80\xF8\x88\x80\x80\x80", 100'000))},
        {"cut letters everywhere", item("\xC3\xA9" + repeated("\xE2\x82 \xC3\xA9", 200'000))},
        {"NUL in names", in_rss("<it\0em><ti\0tle>a</ti\0tle></it\0em>"s)},
        {"NULs alone", std::string(4'000'000, '\0')},
        {"EBCDIC opening, then noise", "\x4C\x6F\xA7\x94" + std::string(1'000'000, '\x4C')},
        {"shifted state of ISO-2022-KR", repeated("\x1b$)C\x0e", 200'000), "application/xml; charset=iso-2022-kr"},
        {"HZ never closed", repeated("~{", 400'000), "application/xml; charset=hz-gb-2312"},
        {"half letters of Shift_JIS", item(std::string(1'000'000, '\x81')), "text/xml; charset=shift_jis"},
        {"GB18030, four bytes each", item(repeated("\x81\x30\x81\x30", 400'000)), "text/xml; charset=gb18030"},
        {"text doubly encoded many times", item(repeated("\xC3\x83\xC2\x83", 300'000))},
        {"a gzip bomb as it is", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"s + std::string(2'000'000, '\xEC')},
        {"a zip archive", "PK\x03\x04"s + std::string(500'000, '\0')},
        {"combining marks piled up", item("a" + repeated("\xCC\x81", 500'000))},
        {"declaration without an end", "<?xml version=\"1.0\" encoding=\"" + std::string(4'000'000, ' ')},
        {"content type without an end", item("a"), "text/xml; charset=" + std::string(1'000'000, 'x')},
        {"content type of charsets", item("\xE9"), repeated("charset;", 200'000)},
        {"title of line separators", item(repeated("\xE2\x80\xA8", 500'000))},
        {"100 MB", item(std::string(100u << 20, 'a'))},
    };
}

} // namespace

TEST_CASE("bytes that mean harm are read or refused in time") { check_harmless(all()); }

TEST_CASE("64 KiB of anything is read in a tenth of a second") {
    std::vector<std::string> units{"<",
                                   ">",
                                   "&",
                                   "&#",
                                   "&#x",
                                   "&amp;",
                                   "&amp;amp;",
                                   "\"",
                                   "'",
                                   "=",
                                   "/",
                                   "</",
                                   "/>",
                                   "<a>",
                                   "<a ",
                                   "<a b=\"",
                                   "<!",
                                   "<!--",
                                   "-->",
                                   "<![",
                                   "<![CDATA[",
                                   "]]>",
                                   "<?",
                                   "?>",
                                   "<!DOCTYPE",
                                   "<!ENTITY a \"",
                                   "[",
                                   "]",
                                   "<item>",
                                   "</item>",
                                   "<title>",
                                   "<link>",
                                   "<x:y>",
                                   "<a xmlns=\"u\">",
                                   "<p>",
                                   "<br>",
                                   "&lt;p&gt;",
                                   "&lt;!--",
                                   "&lt;a href=\"",
                                   "%",
                                   " ",
                                   "\n",
                                   "\t",
                                   "\0"s,
                                   "-",
                                   "1",
                                   "1:",
                                   "T",
                                   "+1",
                                   "Jan ",
                                   "../",
                                   "a/../",
                                   "http:",
                                   "\xFF",
                                   "\xC3",
                                   "\xC3\xA9",
                                   "\xE2\x82",
                                   "\xED\xA0\x80",
                                   "\x1B$B",
                                   "~{",
                                   "\xEF\xBB\xBF",
                                   "\xFF\xFE",
                                   "QUJD",
                                   "a"};
    std::vector<hostile> feeds;
    for (const std::string& unit : units) {
        const std::string much = repeated(unit, 64 * 1024 / unit.size());
        feeds.push_back({"64 KiB of " + unit, much, ""});
        feeds.push_back({"64 KiB in a title: " + unit, item(much)});
        feeds.push_back({"64 KiB in a tag: " + unit, in_rss("<item " + much + "><title>a</title></item>")});
        feeds.push_back({"64 KiB in a link and a date: " + unit,
                         in_rss("<item><link>" + much + "</link><pubDate>" + much + "</pubDate><description>" + much)});
    }
    check_harmless(feeds, 100);
}
