#include "sources/documents/icu.hpp"

#include "late/library.hpp"

#include <string>

namespace whynow::sources::documents {
namespace {

#define AS_TEXT(x) #x
#define IN_FULL(x) AS_TEXT(x) // "ucnv_open_72"

icu load() {
    const std::string version = IN_FULL(U_ICU_VERSION_MAJOR_NUM);
    const late::library uc("libicuuc.so." + version), i18n("libicui18n.so." + version);
    icu c{};
    uc.find(IN_FULL(ucnv_open), c.ucnv_open);
    uc.find(IN_FULL(ucnv_close), c.ucnv_close);
    uc.find(IN_FULL(ucnv_getType), c.ucnv_getType);
    uc.find(IN_FULL(ucnv_resetToUnicode), c.ucnv_resetToUnicode);
    uc.find(IN_FULL(ucnv_toUnicode), c.ucnv_toUnicode);
    uc.find(IN_FULL(ucnv_setToUCallBack), c.ucnv_setToUCallBack);
    uc.find(IN_FULL(ucnv_convertEx), c.ucnv_convertEx);
    std::remove_pointer_t<UConverterToUCallback>* stop = nullptr;
    uc.find(IN_FULL(UCNV_TO_U_CALLBACK_STOP), stop);
    c.stop_at_what_is_none = stop;
    i18n.find(IN_FULL(ucsdet_open), c.ucsdet_open);
    i18n.find(IN_FULL(ucsdet_close), c.ucsdet_close);
    i18n.find(IN_FULL(ucsdet_enableInputFilter), c.ucsdet_enableInputFilter);
    i18n.find(IN_FULL(ucsdet_setText), c.ucsdet_setText);
    i18n.find(IN_FULL(ucsdet_detectAll), c.ucsdet_detectAll);
    i18n.find(IN_FULL(ucsdet_getName), c.ucsdet_getName);
    i18n.find(IN_FULL(ucsdet_getConfidence), c.ucsdet_getConfidence);
    return c;
}

} // namespace

const icu& the_icu() {
    static const icu loaded = load();
    return loaded;
}

} // namespace whynow::sources::documents
