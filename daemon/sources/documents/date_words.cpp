#include "sources/documents/date_words.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace whynow::sources::documents {

namespace {

// One row a language, January to December; abbreviations that are no beginning of a name follow as exceptions.
constexpr std::array<std::array<std::string_view, 12>, 27> months{{
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december"},
    {"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
     "dezember"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
     "diciembre"},
    {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
     "novembre", "dicembre"},
    {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
     "dezembro"},
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
     "december"},
    {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
     "december"},
    {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
     "desember"},
    {"tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta",
     "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta"},
    {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
     "listopada", "grudnia"},
    {"styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik",
     "listopad", "grudzień"},
    {"január", "február", "március", "április", "május", "június", "július", "augusztus", "szeptember", "október",
     "november", "december"},
    {"ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august", "septembrie", "octombrie",
     "noiembrie", "decembrie"},
    {"ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık"},
    {"ιανουάριος", "φεβρουάριος", "μάρτιος", "απρίλιος", "μάιος", "ιούνιος", "ιούλιος", "αύγουστος", "σεπτέμβριος",
     "οκτώβριος", "νοέμβριος", "δεκέμβριος"},
    {"ιανουαρίου", "φεβρουαρίου", "μαρτίου", "απριλίου", "μαΐου", "ιουνίου", "ιουλίου", "αυγούστου", "σεπτεμβρίου",
     "οκτωβρίου", "νοεμβρίου", "δεκεμβρίου"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
     "декабря"},
    {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
     "грудня"},
    {"ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu",
     "prosince"},
    {"januára", "februára", "marca", "apríla", "mája", "júna", "júla", "augusta", "septembra", "októbra", "novembra",
     "decembra"},
    {"януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври", "ноември",
     "декември"},
    {"januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
     "desember"},
    {"jaanuar", "veebruar", "märts", "aprill", "mai", "juuni", "juuli", "august", "september", "oktoober", "november",
     "detsember"},
    {"janvāris", "februāris", "marts", "aprīlis", "maijs", "jūnijs", "jūlijs", "augusts", "septembris", "oktobris",
     "novembris", "decembris"},
    {"sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio", "rugsėjo", "spalio",
     "lapkričio", "gruodžio"},
    {"gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre", "novembre",
     "desembre"},
}};
constexpr std::array<std::pair<std::string_view, int>, 20> exceptions{{
    {"mrt", 3}, {"mrz", 3}, {"jän", 1},    {"jänner", 1}, {"feber", 2}, {"май", 5}, {"μάώ", 3},
    {"ιον", 6}, {"ιολ", 7}, {"máujus", 5}, {"jui", 7},    {"jun", 6},   {"jul", 7}, {"märc", 3},
    {"jnr", 1}, {"agt", 8}, {"mag", 5},    {"leden", 1},  {"čvn", 6},   {"čvc", 7},
}};

constexpr std::array<std::string_view, 92> weekdays{
    "monday",      "tuesday",   "wednesday",  "thursday",     "friday",    "saturday",    "sunday",   "montag",
    "dienstag",    "mittwoch",  "donnerstag", "freitag",      "samstag",   "sonnabend",   "sonntag",  "lundi",
    "mardi",       "mercredi",  "jeudi",      "vendredi",     "samedi",    "dimanche",    "lunes",    "martes",
    "miércoles",   "jueves",    "viernes",    "sábado",       "domingo",   "lunedì",      "martedì",  "mercoledì",
    "giovedì",     "venerdì",   "sabato",     "domenica",     "segunda",   "terça",       "quarta",   "quinta",
    "sexta",       "maandag",   "dinsdag",    "woensdag",     "donderdag", "vrijdag",     "zaterdag", "zondag",
    "måndag",      "tisdag",    "onsdag",     "torsdag",      "fredag",    "lördag",      "söndag",   "mandag",
    "tirsdag",     "lørdag",    "søndag",     "poniedziałek", "wtorek",    "środa",       "czwartek", "piątek",
    "sobota",      "niedziela", "hétfő",      "kedd",         "szerda",    "csütörtök",   "péntek",   "szombat",
    "vasárnap",    "δευτέρα",   "τρίτη",      "τετάρτη",      "πέμπτη",    "παρασκευή",   "σάββατο",  "κυριακή",
    "понедельник", "вторник",   "среда",      "четверг",      "пятница",   "воскресенье", "pondělí",  "úterý",
    "středa",      "čtvrtek",   "pátek",      "neděle"};

using zone_row = std::pair<std::string_view, int>; // minutes east
constexpr std::array<zone_row, 70> zones{{
    {"gmt", 0},    {"utc", 0},     {"ut", 0},      {"z", 0},      {"wet", 0},     {"est", -300}, {"edt", -240},
    {"cst", -360}, {"cdt", -300},  {"mst", -420},  {"mdt", -360}, {"pst", -480},  {"pdt", -420}, {"at", -240},
    {"et", -300},  {"ct", -360},   {"mt", -420},   {"pt", -480},  {"ast", -240},  {"adt", -180}, {"nst", -210},
    {"ndt", -150}, {"akst", -540}, {"akdt", -480}, {"hst", -600}, {"hast", -600}, {"sst", -660}, {"brt", -180},
    {"art", -180}, {"clt", -240},  {"cot", -300},  {"pet", -300}, {"bst", 60},    {"west", 60},  {"ist", 330},
    {"cet", 60},   {"mez", 60},    {"met", 60},    {"cest", 120}, {"mesz", 120},  {"mest", 120}, {"eet", 120},
    {"sast", 120}, {"cat", 120},   {"eest", 180},  {"msk", 180},  {"msd", 240},   {"eat", 180},  {"trt", 180},
    {"gst", 240},  {"pkt", 300},   {"yekt", 300},  {"npt", 345},  {"bdt", 360},   {"ict", 420},  {"wib", 420},
    {"sgt", 480},  {"hkt", 480},   {"pht", 480},   {"awst", 480}, {"myt", 480},   {"jst", 540},  {"kst", 540},
    {"acst", 570}, {"aest", 600},  {"acdt", 630},  {"aedt", 660}, {"nzst", 720},  {"nzdt", 780}, {"uct", 0},
}};

constexpr std::array<std::string_view, 30> noises{
    "at", "on", "of",  "the", "de",   "del", "den", "der",  "am",  "um", "uhr", "kl",   "klo",  "le", "à",
    "a",  "om", "het", "il",  "alle", "ore", "las", "kell", "etc", "às", "d",   "dnia", "godz", "г",  "в"};

constexpr std::array<std::pair<char32_t, char32_t>, 14> greek{{{U'ά', U'α'},
                                                               {U'έ', U'ε'},
                                                               {U'ή', U'η'},
                                                               {U'ί', U'ι'},
                                                               {U'ϊ', U'ι'},
                                                               {U'ΐ', U'ι'},
                                                               {U'ό', U'ο'},
                                                               {U'ύ', U'υ'},
                                                               {U'ϋ', U'υ'},
                                                               {U'ΰ', U'υ'},
                                                               {U'ώ', U'ω'},
                                                               {U'ς', U'σ'},
                                                               {U'ё', U'е'},
                                                               {U'ı', U'i'}}};

struct named_month {
    std::string name;
    int month;
};

std::vector<named_month> all_months() {
    std::vector<named_month> out;
    for (const auto& language : months)
        for (std::size_t i = 0; i < language.size(); ++i)
            out.push_back({date_word(language[i]), static_cast<int>(i) + 1});
    return out;
}

std::vector<std::string> all_weekdays() {
    std::vector<std::string> out;
    std::transform(weekdays.begin(), weekdays.end(), std::back_inserter(out), date_word);
    return out;
}

std::size_t letters(std::string_view word) { return domain::text::count_code_points(word); }

} // namespace

std::string date_word(std::string_view word) {
    const std::string folded = domain::text::folded(word);
    std::string out;
    for (std::size_t at = 0; at < folded.size();) {
        char32_t c = domain::text::next_code_point(folded, at);
        for (const auto& [accented, bare] : greek)
            if (c == accented)
                c = bare;
        domain::text::append_utf8(out, c);
    }
    return out;
}

int month_named(std::string_view word) {
    static const std::vector<named_month> names = all_months();
    for (const auto& [name, month] : exceptions)
        if (word == date_word(name))
            return month;
    if (letters(word) < 3)
        return 0;
    for (const named_month& n : names)
        if (n.name.starts_with(word))
            return n.month;
    return 0;
}

bool weekday_named(std::string_view word) {
    static const std::vector<std::string> names = all_weekdays();
    if (letters(word) < 2)
        return false;
    return std::any_of(names.begin(), names.end(), [&](const std::string& n) { return n.starts_with(word); }) ||
           word == "thurs" || word == "weds";
}

std::optional<std::chrono::minutes> zone_named(std::string_view word) {
    for (const auto& [name, east] : zones)
        if (name == word)
            return std::chrono::minutes{east};
    if (word.size() != 1 || word[0] < 'a' || word[0] > 'y' || word[0] == 'j')
        return std::nullopt;
    // The military letters as RFC 822 gives them.
    const int letter = word[0] - 'a' + 1 - (word[0] > 'j' ? 1 : 0);
    return std::chrono::hours{letter <= 12 ? -letter : letter - 12};
}

bool noise(std::string_view word) {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> out;
        std::transform(noises.begin(), noises.end(), std::back_inserter(out), date_word);
        return out;
    }();
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace whynow::sources::documents
