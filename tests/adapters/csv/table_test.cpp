#include "adapters/csv/table.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace whynow::csv;
using namespace std::string_literals;

namespace {

std::vector<std::vector<std::string>> cells(const table& t) {
    std::vector<std::vector<std::string>> out;
    for (const auto& r : t.rows)
        out.push_back(r.cells);
    return out;
}
using all = std::vector<std::vector<std::string>>;

} // namespace

TEST_CASE("quotes, line feeds in cells, every line end") {
    for (const auto* end : {"\n", "\r\n", "\r"}) {
        const auto e = std::string(end);
        const auto t = read_table("a,b" + e + "\"x, \"\"y\"\"\",\"two" + e + "lines\"" + e + e + "1,2");
        CHECK(t.refusal == "");
        CHECK(t.problems.empty());
        CHECK(cells(t) == all{{"x, \"y\"", "two" + e + "lines"}, {"1", "2"}});
        REQUIRE(t.rows.size() == 2);
        CHECK(t.rows[1].number == 4);
        CHECK(t.rows[1].line == 5);
    }
}

TEST_CASE("the separator is found") {
    CHECK(read_table("a;b\n1,5;2").separator == ';');
    CHECK(read_table("a\tb\n1\t2").separator == '\t');
    CHECK(read_table("a|b\n1|2").separator == '|');
    CHECK(read_table("\"x;y;z\",b\n1,2").separator == ',');
    CHECK(read_table("only\n1").separator == ',');
    const auto t = read_table("sep=;\r\na;b\r\n1;2\r\n");
    CHECK(t.header == std::vector<std::string>{"a", "b"});
    CHECK(cells(t) == all{{"1", "2"}});
}

TEST_CASE("encodings") {
    CHECK(read_table("\xEF\xBB\xBFname\nJos\xC3\xA9").rows[0].cells[0] == "Jos\xC3\xA9");
    CHECK(read_table("\xEF\xBB\xBFname\nx").header[0] == "name");
    const auto latin = read_table("name\nM\xFCller \x80");
    CHECK(latin.rows[0].cells[0] == "M\xC3\xBCller \xE2\x82\xAC");
    CHECK(latin.notes.size() == 1);
    CHECK(read_table("\xFF\xFEn\0\n\0\xFC\0"s).rows[0].cells[0] == "\xC3\xBC");
    CHECK(read_table("\xFE\xFF\0n\0\n\xD8\x3D\xDE\0"s).rows[0].cells[0] == "\xF0\x9F\x98\x80");
    CHECK(read_table("n\0a\0m\0e\0"s).refusal != "");
    CHECK(read_table("PK\x03\x04 a spreadsheet").refusal != "");
    CHECK(read_table("").refusal != "");
    CHECK(read_table("\n\n").refusal != "");
}

TEST_CASE("one bad row never costs another") {
    const auto t = read_table("a,b\n1,2\n\"open,3\n4,5\n6,\"x\"y\n7,8,9\n0,a\0b\n10,11\n\"never closed,12\n13,14"s);
    CHECK(cells(t) == all{{"1", "2"}, {"4", "5"}, {"10", "11"}, {"13", "14"}});
    REQUIRE(t.problems.size() == 5);
    const std::size_t rows[] = {3, 5, 6, 7, 9};
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(t.problems[i].row == rows[i]);
        CHECK(t.problems[i].row_lost);
        CHECK(t.problems[i].cure != "");
    }
    CHECK(t.problems[4].what.starts_with("a quote is never closed"));
}

TEST_CASE("rows of another length") {
    const auto t = read_table("a,b,c\n1\n1,2,3,,\n,,\n");
    CHECK(cells(t) == all{{"1", "", ""}, {"1", "2", "3"}});
    CHECK(t.problems.empty());
}

TEST_CASE("how many cells a short row left out is known") {
    const auto t = read_table("a,b,c\n1\n1,2,3\n1,,\n");
    REQUIRE(t.rows.size() == 3);
    CHECK(t.rows[0].left_out == 2);
    CHECK(t.rows[1].left_out == 0);
    CHECK(t.rows[2].left_out == 0);
}

TEST_CASE("what spreadsheets add is taken off") {
    const auto t = read_table("a,b,c,d\n'=1+1,'+49 30,  x\xC2\xA0,'tis\n");
    CHECK(cells(t) == all{{"=1+1", "+49 30", "x", "'tis"}});
}

TEST_CASE("limits hold") {
    CHECK(read_table("a\n1", {.bytes = 2}).refusal != "");
    CHECK(read_table("a\n" + std::string(100, 'x') + "\n1", {.cell = 50}).rows.size() == 1);
    CHECK(read_table("a\n\"" + std::string(100, 'x') + "\"\n1", {.cell = 50}).rows.size() == 1);
}
