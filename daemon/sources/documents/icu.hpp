// ICU, loaded with the first document that is neither ASCII nor UTF-8: its data alone is 30 MB, and most commands and
// most feeds need none of it (docs/decisions/0009-libcurl-comes-later.md).
#pragma once

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

namespace whynow::sources::documents {

// The functions that are used, under their own names (which ICU's headers write with its version behind).
struct icu {
    decltype(&::ucnv_open) ucnv_open;
    decltype(&::ucnv_close) ucnv_close;
    decltype(&::ucnv_getType) ucnv_getType;
    decltype(&::ucnv_resetToUnicode) ucnv_resetToUnicode;
    decltype(&::ucnv_toUnicode) ucnv_toUnicode;
    decltype(&::ucnv_setToUCallBack) ucnv_setToUCallBack;
    decltype(&::ucnv_convertEx) ucnv_convertEx;
    UConverterToUCallback stop_at_what_is_none; // UCNV_TO_U_CALLBACK_STOP
    decltype(&::ucsdet_open) ucsdet_open;
    decltype(&::ucsdet_close) ucsdet_close;
    decltype(&::ucsdet_enableInputFilter) ucsdet_enableInputFilter;
    decltype(&::ucsdet_setText) ucsdet_setText;
    decltype(&::ucsdet_detectAll) ucsdet_detectAll;
    decltype(&::ucsdet_getName) ucsdet_getName;
    decltype(&::ucsdet_getConfidence) ucsdet_getConfidence;
};

// Loads it at the first call, from any thread; stays until the process ends. Throws std::runtime_error where it is not
// installed.
const icu& the_icu();

} // namespace whynow::sources::documents
