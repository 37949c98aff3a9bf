// One small feed for each habit of the kinds of feeds.
#include "adapters/rss/feed.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace whynow;

namespace {

rss::feed read(std::string_view text, std::string_view type = "application/xml",
               std::string_view base = "http://example.com/feed/index.xml") {
    return rss::read_feed(text, type, base);
}

rss::entry item(std::string_view inside) {
    const auto f = read(
        "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
        "xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><item>" +
        std::string(inside) + "</item></channel></rss>");
    REQUIRE(f.entries.size() == 1);
    return f.entries[0];
}

rss::entry atom(std::string_view inside) {
    const auto f =
        read("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>" + std::string(inside) + "</entry></feed>");
    REQUIRE(f.entries.size() == 1);
    return f.entries[0];
}

rss::entry atom03(std::string_view inside) {
    const auto f = read("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry>" + std::string(inside) +
                        "</entry></feed>");
    REQUIRE(f.entries.size() == 1);
    return f.entries[0];
}

std::string published(const rss::entry& e) { return e.published ? domain::to_iso(*e.published) : "-"; }

} // namespace

TEST_CASE("RDF: items beside the channel, about as id") {
    const auto f = read(
        R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://e.com/"><title>T</title><link>http://e.com/</link><items><rdf:Seq><rdf:li rdf:resource="http://e.com/1"/></rdf:Seq></items></channel>
<image><title>no</title></image><item rdf:about="http://e.com/1"><title>One</title><link>http://e.com/one</link><dc:date>2004-01-02T03:04:05+01:00</dc:date></item></rdf:RDF>)");
    CHECK(f.title == "T");
    CHECK(f.problems.empty());
    REQUIRE(f.entries.size() == 1);
    CHECK(f.entries[0].id == "http://e.com/1");
    CHECK(f.entries[0].link == "http://e.com/one");
    CHECK(published(f.entries[0]) == "2004-01-02T02:04:05Z");
}

TEST_CASE("prefixes mean what they are bound to") {
    const auto f = read(
        R"(<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:title>One</a:title><a:id>urn:1</a:id></a:entry></a:feed>)");
    CHECK(f.title == "T");
    REQUIRE(f.entries.size() == 1);
    CHECK(f.entries[0].title == "One");
    const auto odd = item(
        R"(<x:date xmlns:x="http://purl.org/dc/elements/1.1/">2004-01-01</x:date><title xmlns="http://www.w3.org/1999/xhtml">no</title>)");
    CHECK(published(odd) == "2004-01-01T00:00:00Z");
    CHECK(odd.title.empty());
    CHECK(item("<media:title>media</media:title><title>own</title>").title == "own");
    CHECK(item("<title>own</title><media:title>media</media:title>").title == "own");
    CHECK(item("<media:content><media:title>media</media:title></media:content>").title == "media");
    CHECK(item("<dc:title>dc</dc:title>").title == "dc");
    CHECK(item("<dc:title>dc</dc:title><title>own</title>").title == "dc");
    CHECK(item("<foo><title>deep</title></foo><title>own</title>").title == "own");
    CHECK(item("<image><title>no</title></image>").title.empty());
}

TEST_CASE("titles are plain text") {
    CHECK(item("<title>AT&amp;T</title>").title == "AT&T");
    CHECK(item("<title>AT&amp;amp;T</title>").title == "AT&T");
    CHECK(item("<title>&lt;b&gt;bold&lt;/b&gt; news</title>").title == "bold news");
    CHECK(item("<title><![CDATA[<i>It&#8217;s</i> here]]></title>").title == "It\u2019s here");
    CHECK(item("<title>History of the &lt;blink&gt; tag</title>").title == "History of the <blink> tag");
    CHECK(item("<title>1 &lt; 2 &amp; 3 &gt; 2</title>").title == "1 < 2 & 3 > 2");
    CHECK(item("<title>  a\n\t b&#160;c </title>").title == "a b c");
    CHECK(item("<title>&#146;smart&#x92; &#8364;</title>").title == "\u2019smart\u2019 \u20ac");
    CHECK(item("<title>a<![CDATA[ & ]]>b</title>").title == "a & b");
    CHECK(atom("<title>a &lt;b&gt;</title>").title == "a <b>");
    CHECK(atom("<title type=\"html\">a &lt;b&gt;b&lt;/b&gt; &amp;amp;</title>").title == "a b &");
    CHECK(atom("<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">a <b>b</b> &lt;c&gt;</div></title>")
              .title == "a b <c>");
    CHECK(atom03("<title type=\"text/html\" mode=\"escaped\">a &lt;b&gt;b&lt;/b&gt;</title>").title == "a b");
    CHECK(atom03("<title mode=\"base64\">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</title>").title == "Example <b>Atom</b>");
    CHECK(atom03("<title type=\"text/html\" mode=\"base64\">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</title>").title ==
          "Example Atom");
    CHECK(atom03("<title mode=\"base64\">no base64!</title>").title == "no base64!");
    CHECK(atom("<title type=\"xhtml\">a &lt;b&gt;</title>").title == "a <b>");
    CHECK(atom("<title type=\"html\">a &lt; b, c&lt;d</title>").title == "a < b, c<d");
    CHECK(read("<feed><title>a &lt;b&gt;b&lt;/b&gt;</title></feed>").title == "a <b>b</b>");
    CHECK(item("<media:title>&lt;b&gt;bold&lt;/b&gt; news</media:title>").title == "bold news");
    CHECK(item("<title>\u0093smart\u0094\u0085</title>").title == "\u201csmart\u201d\u2026");
    CHECK(item("<title>&copy 2004 M&amp;amp M ?a=1&amp;copy=2</title>").title == "\u00a9 2004 M& M ?a=1&copy=2");
    CHECK(atom03("<title type=\"text/plain\" mode=\"base64\">RXhhbXBsZQ==</title>").title == "Example");
}

TEST_CASE("links") {
    CHECK(item("<link>http://e.com/a b</link>").link == "http://e.com/a%20b");
    CHECK(item("<link> /x?y=1&amp;z=2 </link>").link == "http://example.com/x?y=1&z=2");
    CHECK(item("<link>x</link>").link == "http://example.com/feed/x");
    CHECK(item("<link>../x</link>").link == "http://example.com/x");
    CHECK(item("<link>//cdn.example/x</link>").link == "http://cdn.example/x");
    CHECK(item("<link>?q</link>").link == "http://example.com/feed/index.xml?q");
    CHECK(item("<guid>http://e.com/g</guid>").link == "http://e.com/g");
    CHECK(item("<guid>http://e.com/g</guid><link>http://e.com/l</link>").link == "http://e.com/l");
    CHECK(item("<guid isPermaLink=\"false\">http://e.com/g</guid>").link.empty());
    CHECK(item("<guid>12345</guid>").link.empty());
    CHECK(item("<guid>12345</guid>").id == "12345");
    CHECK(item("<guid isPermaLink=\"true\">/g/1</guid>").id == "http://example.com/g/1");
    CHECK(item("<link>javascript:alert(1)</link>").link.empty());
    CHECK(item("<atom:link rel=\"self\" href=\"http://e.com/self\"/><link>http://e.com/l</link>").link ==
          "http://e.com/l");
    CHECK(item("<link xml:base=\"http://other.com/d/\">x</link>").link == "http://other.com/d/x");
    CHECK(atom("<link rel=\"self\" href=\"/s\"/><link href=\"/a\"/><link rel=\"enclosure\" href=\"/e.mp3\"/>").link ==
          "http://example.com/a");
    CHECK(atom("<link rel=\"alternate\" type=\"application/json\" href=\"/j\"/><link rel=\"alternate\" "
               "type=\"text/html\" href=\"/h\"/>")
              .link == "http://example.com/h");
    CHECK(atom("<link rel=\"http://www.iana.org/assignments/relation/alternate\" href=\"/a\"/>").link ==
          "http://example.com/a");
    CHECK(atom("<id>http://e.com/id</id>").link == "http://e.com/id");
    CHECK(atom("<id>tag:e.com,2004:1</id>").link == "tag:e.com,2004:1");
    CHECK(atom("<id>javascript:alert(1)</id>").link.empty());
    CHECK(atom("<id>tag:e.com,2004:1</id><link href=\"/a\"/>").link == "http://example.com/a");
    CHECK(atom("<id>tag:e.com,2004:1</id>").id == "tag:e.com,2004:1");
    CHECK(atom("<content src=\"http://e.com/c\"/>").link.empty());
    CHECK(atom("<link type=\"application/json\" href=\"/j\"/>").link.empty());
    CHECK(atom("<link rel=\"http://e.com/rel/alternate\" href=\"/a\"/>").link.empty());
    CHECK(atom("<link href=\"\"/>").link == "http://example.com/feed/index.xml");
}

TEST_CASE("of several links the last for people wins") {
    CHECK(item("<link>http://e.com/1</link><link>http://e.com/2</link>").link == "http://e.com/2");
    CHECK(item("<link>http://e.com/1</link><atom:link href=\"http://e.com/2\"/>").link == "http://e.com/2");
    CHECK(item("<link>http://e.com/1</link><link/>").link == "http://e.com/1");
    CHECK(item("<link>http://e.com/1</link><guid>http://e.com/2</guid>").link == "http://e.com/1");
    CHECK(item("<guid isPermaLink=\"false\">http://e.com/1</guid><guid>http://e.com/2</guid>").link ==
          "http://e.com/2");
    CHECK(item("<guid isPermaLink=\"true\">12345</guid>").link == "http://example.com/feed/12345");
}

TEST_CASE("addresses as people write them") {
    CHECK(item("<link>http:///e.com/a</link>").link == "http://e.com/a");
    CHECK(item("<link>HTTP://E.com/A</link>").link == "http://E.com/A");
    CHECK(item("<link>http:a</link>").link == "http://example.com/feed/a");
    CHECK(item("<link>http://e.com/a/../b</link>").link == "http://e.com/a/../b");
    CHECK(item("<link>http://e.com/?a=1&amp;amp;b=2</link>").link == "http://e.com/?a=1&b=2");
    CHECK(item("<link>http://e.com/?a=1&copy=2</link>").link == "http://e.com/?a=1&copy=2");
    CHECK(item("<link base=\"http://b.com/\">x</link>").link == "http://b.com/x");
    CHECK(item("<link xml:base=\"javascript:x\">x</link>").link == "http://example.com/feed/x");
    CHECK(read("<feed xml:base=\"http://b.com/a/\"><entry xml:base=\"c/\"><link xml:base=\"d/\" "
               "href=\"e\"/></entry></feed>")
              .entries.at(0)
              .link == "http://b.com/a/c/d/e");
}

TEST_CASE("dates: published before updated before created") {
    CHECK(published(item("<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate><dc:date>2005-01-01</dc:date>")) ==
          "2004-01-01T19:48:21Z");
    CHECK(published(item("<dc:date>2005-01-01</dc:date>")) == "2005-01-01T00:00:00Z");
    CHECK(published(item("<pubDate>2004-01-01</pubDate><pubDate>2004-01-02</pubDate><pubDate>?</pubDate>")) ==
          "2004-01-02T00:00:00Z");
    CHECK(published(item("<pubDate>rubbish</pubDate><dc:date>2005-01-01</dc:date>")) == "2005-01-01T00:00:00Z");
    CHECK(published(atom("<updated>2005-01-01T00:00:00Z</updated><published>2004-01-01T00:00:00Z</published>")) ==
          "2004-01-01T00:00:00Z");
    CHECK(published(atom03("<created>2003-01-01</created><modified>2005-01-01T00:00:00Z</modified>")) ==
          "2005-01-01T00:00:00Z");
    CHECK(published(item("<expirationDate>Thu, 01 Jan 2004 19:48:21 GMT</expirationDate>")) == "-");
    CHECK(published(atom("<source><updated>2004-01-01T00:00:00Z</updated></source>")) == "-");
}

TEST_CASE("summaries are plain text, the short before the long") {
    CHECK(item("<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; "
               "three&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>")
              .summary == "One Two & three");
    CHECK(item("<content:encoded>long</content:encoded><description>short</description>").summary == "short");
    CHECK(item("<description/><content:encoded><![CDATA[<p>long</p>]]></content:encoded>").summary == "long");
    CHECK(atom("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a</p><p>b</p></div></content>")
              .summary == "a b");
}

TEST_CASE("other kinds") {
    const auto cdf = read(
        R"(<CHANNEL HREF="http://e.com/" LASTMOD="2004-01-01T10:00"><TITLE>C</TITLE><ITEM HREF="http://e.com/1" LASTMOD="2004-01-02T10:00"><TITLE>One</TITLE><ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>)");
    CHECK(cdf.title == "C");
    REQUIRE(cdf.entries.size() == 1);
    CHECK(cdf.entries[0].link == "http://e.com/1");
    CHECK(cdf.entries[0].summary == "Text");
    CHECK(published(cdf.entries[0]) == "2004-01-02T10:00:00Z");
    const auto old = read(
        R"(<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old &eacute;</title><item><title>One</title></item></channel></rss>)");
    CHECK(old.title == "Old \u00e9");
    CHECK(old.entries.size() == 1);
}

TEST_CASE("malformed feeds are read and said so") {
    const auto check = [](std::string_view text, std::size_t entries, std::string_view title, std::string_view link) {
        CAPTURE(text);
        const auto f = read(text);
        CHECK(!f.problems.empty());
        REQUIRE(f.entries.size() == entries);
        CHECK(f.entries[0].title == title);
        CHECK(f.entries[0].link == link);
    };
    check("<rss><channel><item><title>a<link>http://e.com/</link></item></channel></rss>", 1, "a", "http://e.com/");
    check("<rss><channel><item><title>a</title><item><title>b</title></item></channel></rss>", 2, "a", "");
    check("<rss><channel><item><title>a & b</title><link>http://e.com/?a=1&b=2</link></item>", 1, "a & b",
          "http://e.com/?a=1&b=2");
    check("<rss><channel><item><title>a</titel></title><link>http://e.com/</link></item></channel>", 1, "a",
          "http://e.com/");
    check("<rss version=2.0><channel><item><title>a &nbsp; b&unknown;</title></item></channel></rss>", 1,
          "a b&unknown;", "");
    check("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>a</title><link href=http://e.com/ "
          "rel=alternate></entry></feed>",
          1, "a", "http://e.com/");
    check("<feed><entry><title>a</title><link href=\"http://e.com/a></entry></feed>", 1, "a", "http://e.com/a");
    check("<rss><channel><item><title>1 < 2</title></item></channel></rss>", 1, "1 < 2", "");
    check("<rss><channel><item><title>a</title><description><p>x<br>y</description><link>http://e.com/</link></item></"
          "channel></rss>",
          1, "a", "http://e.com/");
    check("\n\n<?xml version=\"1.0\"?><rss><channel><item><title>a</title><dcx:y>z</dcx:y></item></channel></rss>", 1,
          "a", "");
    check("<rss><channel><item><title><![CDATA[a", 1, "a", "");
    check("<rss><channel><item><TITLE>a</title></item></channel></rss>", 1, "a", "");
    check("<rss><channel><item a='1' a='2'><title>a</title></item></channel></rss>", 1, "a", "");
    check("<rss><channel><item><title>a</title><author>b & c</author></item></channel></rss>", 1, "a", "");
    check("<rss><channel><item><title>a</title><enclosure url='?a&b'/></item></channel></rss>", 1, "a", "");
    check("<rss><channel><item><title>a&#1;</title></item></channel></rss>", 1, "a", "");
    check("<rss><channel><item><title>a\x0b</title></item></channel></rss>", 1, "a", "");
    check("junk<rss><channel><item><title>a</title></item></channel></rss>", 1, "a", "");
    check("<rss><channel><item><title>a</title></item></channel></rss><junk/>", 1, "a", "");
    check("<rss><channel><item><title>a</title><description>b<br>c</description></item></channel></rss>", 1, "a", "");
    check(std::string_view("<rss><channel><item><title>a\0</title></item></channel></rss>", 60), 1, "a", "");
}

TEST_CASE("nothing is said of feeds that are as they should be") {
    for (const std::string_view text :
         {"<?xml version=\"1.0\"?>\n<!-- c --><?pi x?>\n<rss><channel><item><title>a &amp; &#233; &#x20AC;</title>"
          "<description><![CDATA[<br> & ]]></description></item></channel></rss>\n<!-- c -->\n",
          "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:x='urn:x' xml:base='/a?b&amp;c'><x:y "
          "z='&lt;&quot;&apos;&gt;'/>"
          "<entry><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a<br/><hr "
          "/></div></title></entry></feed>",
          "<?xml version='1.0' encoding='us-ascii'?><rss><channel><item><title>a</title></item></channel></rss>"}) {
        CAPTURE(text);
        CHECK(read(text).problems == std::vector<std::string>{});
    }
}
