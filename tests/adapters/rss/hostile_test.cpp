// Feeds that mean harm by their markup: read or refused, in time, without reading anything else.
#include "hostile.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace whynow;
using namespace whynow::test;
using namespace std::string_literals;

namespace {

std::string laughs() {
    std::string dtd = "<!DOCTYPE lolz [<!ENTITY lol \"lol\">";
    for (int i = 1; i < 10; ++i) {
        const std::string before = i == 1 ? "lol" : "lol" + std::to_string(i - 1);
        dtd += "<!ENTITY lol" + std::to_string(i) + " \"" + repeated("&" + before + ";", 10) + "\">";
    }
    return "<?xml version=\"1.0\"?>" + dtd +
           "]><rss><channel><title>&lol9;</title><item><title>&lol9;</title></item></channel></rss>";
}

std::string with_dtd(std::string_view dtd) {
    return "<?xml version=\"1.0\"?><!DOCTYPE rss " + std::string(dtd) +
           "><rss><channel><item><title>&x;</title></item></channel></rss>";
}

std::vector<hostile> all() {
    std::string attributes;
    for (int i = 0; i < 20'000; ++i)
        attributes += " a" + std::to_string(i) + "=\"x\"";
    std::string namespaces;
    for (int i = 0; i < 20'000; ++i)
        namespaces += " xmlns:n" + std::to_string(i) + "=\"u\"";
    return {
        {"billion laughs", laughs()},
        {"quadratic blow-up", "<!DOCTYPE r [<!ENTITY a \"" + std::string(200'000, 'a') + "\">]>" +
                                  in_rss("<item><title>" + repeated("&a;", 50'000) + "</title></item>")},
        {"external entity, file", with_dtd("[<!ENTITY x SYSTEM \"file:///etc/passwd\">]")},
        {"external entity, http", with_dtd("[<!ENTITY x SYSTEM \"http://169.254.169.254/latest/meta-data/\">]")},
        {"parameter entity", with_dtd("[<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x.dtd\"> %p;]")},
        {"external DTD", with_dtd("SYSTEM \"file:///dev/random\"")},
        {"external DTD, public", with_dtd("PUBLIC \"-//X//Y\" \"http://127.0.0.1/x.dtd\"")},
        {"XInclude",
         in_rss(
             "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>")},
        {"stylesheet", "<?xml-stylesheet href=\"file:///etc/passwd\"?>" + in_rss("<item><title>a</title></item>")},
        {"DTD never closed", "<!DOCTYPE r [" + repeated("<!ENTITY a \"b\">", 50'000)},
        {"DTD with a quote never closed",
         "<!DOCTYPE r [ \" ]><rss><channel><item><title>a</title></item></channel></rss>"},
        {"nested 100,000 deep", repeated("<a>", 100'000)},
        {"nested 100,000 deep and closed", in_rss(repeated("<item>", 100'000) + repeated("</item>", 100'000))},
        {"nested divs in content", in_rss("<item><description>" + repeated("<div>", 100'000) + "x")},
        {"nested escaped divs", in_rss("<item><description>" + repeated("&lt;div&gt;", 100'000) + "x")},
        {"only opening brackets", std::string(4'000'000, '<')},
        {"only ampersands", in_rss("<item><title>" + std::string(1'000'000, '&') + "</title></item>")},
        {"ampersand hashes", in_rss("<item><title>" + repeated("&#", 500'000) + "</title></item>")},
        {"huge character reference", in_rss("<item><title>&#" + std::string(1'000'000, '9') + ";</title></item>")},
        {"references to nothing", in_rss("<item><title>&#0;&#xD800;&#x110000;&#xFFFFFFFFF;ok</title></item>")},
        {"9 MB, over the limit", in_rss("<item><title>" + std::string(9u << 20, 'a') + "</title></item>")},
        {"8 MB title", in_rss("<item><title>" + std::string(8'000'000, 'a') + "</title></item>")},
        {"8 MB of items", in_rss(repeated("<item/>", 1'100'000))},
        {"8 MB of elements", in_rss(repeated("<a/>", 2'000'000))},
        {"endless attributes", in_rss("<item" + attributes + "><title>a</title></item>")},
        {"endless namespaces", in_rss("<item" + namespaces + ">" + repeated("<n1:x/>", 20'000) + "</item>")},
        {"endless attribute value", in_rss("<item a=\"" + std::string(3'000'000, 'x'))},
        {"quotes never closed", in_rss("<item>" + repeated("<a b=\"c>", 300'000))},
        {"quote marks in a tag", in_rss("<item " + repeated("\"", 1'000'000))},
        {"equals in a tag", in_rss("<item " + repeated("= ", 1'000'000))},
        {"long name", in_rss("<" + std::string(2'000'000, 'n') + ">")},
        {"colons", in_rss(repeated("<:::::>", 100'000))},
        {"CDATA never closed", in_rss("<item><title><![CDATA[" + repeated("<![CDATA[", 200'000))},
        {"CDATA tricks", in_rss("<item><title><![CDATA[a]]]]><![CDATA[>b<script>alert(1)</script>]]></title></item>")},
        {"comments never closed", in_rss(repeated("<!-- ", 400'000))},
        {"comment openings", in_rss(repeated("<!-", 400'000))},
        {"instructions never closed", in_rss(repeated("<? ", 400'000))},
        {"declarations never closed", in_rss(repeated("<!x \"", 300'000))},
        {"end tags alone", in_rss(repeated("</zzz>", 1'000'000))},
        {"deep and wrong end tags", in_rss(repeated("<b>", 250) + repeated("</zzz>", 500'000))},
        {"bad dates", in_rss("<item><pubDate>" + std::string(1'000'000, '-') + "</pubDate><pubDate>" +
                             repeated("1 ", 300'000) + "</pubDate></item>")},
        {"deep xml:base", repeated("<feed xml:base=\"" + repeated("a/", 1'000) + "\">", 300) +
                              repeated("<entry><link href=\"x\"/></entry>", 3'000)},
        {"dots in links", in_rss("<item><link>http://e.com/" + repeated("a/../", 200'000) + "</link></item>")},
        {"script links",
         in_rss("<item><link>javascript:alert(1)</link></item><item><link>data:text/html,x</link></item>")},
        {"tags in text never closed",
         in_rss("<item><description>" + repeated("&lt;a href=\"", 100'000) + "</description></item>")},
        {"scripts in text never closed",
         in_rss("<item><description>" + repeated("&lt;script&gt;&lt;/", 100'000) + "</description></item>")},
        {"comments in text never closed",
         in_rss("<item><description>" + repeated("&lt;!-- ", 30'000) + "</description></item>")},
        {"base64 that is none", "<feed xmlns=\"http://purl.org/atom/ns#\"><entry><title mode=\"base64\">" +
                                    std::string(1'000'000, '%') + "</title></entry></feed>"},
        {"unclosed titles", "<rss><channel>" + repeated("<item><title>a<link>http://e.com/", 60'000)},
        {"HTML page", "<!DOCTYPE html><html><head><title>x</title></head><body><p>no feed</body></html>", "text/html"},
        {"nothing", ""},
        {"one byte", "<"},
        {"JSON", "{\"version\":1}", "application/json"},
    };
}

} // namespace

TEST_CASE("hostile feeds are read or refused in time") { check_harmless(all()); }

TEST_CASE("entities are left as they stand and said so") {
    const auto f = rss::read_feed(with_dtd("[<!ENTITY x SYSTEM \"file:///etc/passwd\">]"), "application/xml", "");
    REQUIRE(f.entries.size() == 1);
    CHECK(f.entries[0].title == "&x;");
    CHECK(!f.problems.empty());
}

TEST_CASE("too large is refused whole; the limits hold") {
    rss::limits small;
    small.bytes = 10;
    CHECK(!rss::read_feed(in_rss("<item/>"), "", "", small).recognised);
    rss::limits few;
    few.entries = 2;
    const auto f = rss::read_feed(in_rss("<item/><item/><item/>"), "", "", few);
    CHECK(f.entries.size() == 2);
    CHECK(f.problems == std::vector<std::string>{"too many entries; the rest is not read"});
}
