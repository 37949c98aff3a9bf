#include "sources/documents/charset_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace whynow::sources::documents {

std::string_view practical(std::string_view label) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 83> table{{
        {"iso-8859-1", "windows-1252"},
        {"iso8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"latin-1", "windows-1252"},
        {"iso_8859-1", "windows-1252"},
        {"l1", "windows-1252"},
        {"ascii", "us-ascii"},
        {"iso-8859-9", "windows-1254"},
        {"gb2312", "gb18030"},
        {"gb_2312-80", "gb18030"},
        {"gbk", "gb18030"},
        {"cp936", "gb18030"},
        {"x-gbk", "gb18030"},
        {"euc-cn", "gb18030"},
        {"hz-gb", "hz"},
        {"hzgb", "hz"},
        {"euc-kr", "windows-949"},
        {"euckr", "windows-949"},
        {"ks_c_5601-1987", "windows-949"},
        {"cp949", "windows-949"},
        {"shift_jis", "windows-31j"},
        {"shift-jis", "windows-31j"},
        {"sjis", "windows-31j"},
        {"x-sjis", "windows-31j"},
        {"cp932", "windows-31j"},
        {"932", "windows-31j"},
        {"mskanji", "windows-31j"},
        {"ms932", "windows-31j"},
        {"x-mac-japanese", "windows-31j"},
        {"shift-jis-2004", "windows-31j"},
        {"shiftjis2004", "windows-31j"},
        {"sjis-2004", "windows-31j"},
        {"s-jis-2004", "windows-31j"},
        {"shift-jisx0213", "windows-31j"},
        {"shiftjisx0213", "windows-31j"},
        {"sjisx0213", "windows-31j"},
        {"s-jisx0213", "windows-31j"},
        {"euc-jis-2004", "euc-jp"},
        {"euc-jis2004", "euc-jp"},
        {"eucjis2004", "euc-jp"},
        {"jisx0213", "euc-jp"},
        {"euc-jisx0213", "euc-jp"},
        {"eucjisx0213", "euc-jp"},
        {"big5", "big5-hkscs"},
        {"x-mac-trad-chinese", "big5-hkscs"},
        {"tis-620", "windows-874"},
        {"tis-620-0", "windows-874"},
        {"tis-620-2529-0", "windows-874"},
        {"tis-620-2529-1", "windows-874"},
        {"iso-ir-166", "windows-874"},
        {"iso-8859-11", "windows-874"},
        {"cp874", "windows-874"},
        {"thai", "windows-874"},
        {"l7", "iso-8859-13"},
        {"latin7", "iso-8859-13"},
        {"utf8", "utf-8"},
        {"unicode", "utf-16"},
        {"ucs-2", "utf-16"},
        {"iso-10646-ucs-2", "utf-16"},
        {"u16", "utf-16"},
        {"cp_is", "ibm-861"},
        {"cp-is", "ibm-861"},
        {"1125", "ibm-866"},
        {"cp1125", "ibm-866"},
        {"ibm1125", "ibm-866"},
        {"cp866u", "ibm-866"},
        {"ruscii", "ibm-866"},
        {"koi8-t", "koi8-r"},
        {"kz-1048", "windows-1251"},
        {"kz1048", "windows-1251"},
        {"rk1048", "windows-1251"},
        {"strk1048-2002", "windows-1251"},
        {"ptcp154", "windows-1251"},
        {"mac", "macintosh"},
        {"macgreek", "x-mac-greek"},
        {"maclatin2", "x-mac-centraleurroman"},
        {"mac-latin2", "x-mac-centraleurroman"},
        {"mac-centeuro", "x-mac-centraleurroman"},
        {"macturkish", "x-mac-turkish"},
        {"mac-croatian", "macintosh"},
        {"mac-romanian", "macintosh"},
        {"mac-iceland", "macintosh"},
        {"maciceland", "macintosh"},
    }};
    for (const auto& [from, to] : table)
        if (label == from)
            return to;
    return label;
}

std::vector<std::string> converter_names(std::string_view label) {
    std::vector<std::string> names{std::string(practical(label))};
    std::string dashed(label);
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    names.push_back(std::string(practical(dashed)));
    names.push_back(dashed);
    for (const char* prefix : {"cp", "ibm", "x-cp", "csibm", "windows", "cspc"})
        if (dashed.starts_with(prefix)) {
            std::string number = dashed.substr(std::string_view(prefix).size());
            number.erase(0, number.find_first_not_of("-0"));
            names.push_back("ibm-" + number);
            names.push_back("windows-" + number);
        }
    if (dashed.starts_with("x-"))
        names.push_back(dashed.substr(2));
    if (dashed.starts_with("mac-"))
        names.push_back("x-" + dashed);
    if (dashed.starts_with("iso") && dashed.find("2022-jp") != std::string::npos)
        names.emplace_back("iso-2022-jp-2"); // with the extensions that are left
    if (std::all_of(dashed.begin(), dashed.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        names.push_back("windows-" + dashed);
        names.push_back("ibm-" + dashed);
    }
    return names;
}

bool refused(std::string_view label) {
    return label.starts_with("utf-7") || label.starts_with("utf7") || label.starts_with("unicode-1-1-utf-7") ||
           label.starts_with("scsu") || label.starts_with("bocu") || label.starts_with("iso-2022-cn-ext") ||
           label.starts_with("imap") || label.starts_with("cesu");
}

bool wide(std::string_view label) {
    return label.starts_with("utf-16") || label.starts_with("utf-32") || label.starts_with("utf16") ||
           label.starts_with("utf32") || label.starts_with("ucs") || label.starts_with("iso-10646") || label == "u16" ||
           label == "u32" || label == "unicode" || label.starts_with("csucs") || label.starts_with("csunicode");
}

bool eight_bit(std::string_view label) {
    const std::string_view known = practical(label);
    return known.starts_with("windows-125") || known.starts_with("iso-8859-") || known.starts_with("iso8859-") ||
           known.starts_with("iso_8859-") || known.starts_with("koi8-") || known == "macintosh";
}

} // namespace whynow::sources::documents
