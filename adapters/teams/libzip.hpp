// libzip, loaded when an app package is written (docs/decisions/0009-libcurl-comes-later.md).
#pragma once

#include <zip.h>

namespace whynow::adapters::teams {

// The functions that are used, under their names without "zip_".
struct libzip {
    decltype(&::zip_close) close;
    decltype(&::zip_discard) discard;
    decltype(&::zip_error_fini) error_fini;
    decltype(&::zip_error_init) error_init;
    decltype(&::zip_file_add) file_add;
    decltype(&::zip_file_set_mtime) file_set_mtime;
    decltype(&::zip_open_from_source) open_from_source;
    decltype(&::zip_source_buffer) source_buffer;
    decltype(&::zip_source_buffer_create) source_buffer_create;
    decltype(&::zip_source_close) source_close;
    decltype(&::zip_source_free) source_free;
    decltype(&::zip_source_keep) source_keep;
    decltype(&::zip_source_open) source_open;
    decltype(&::zip_source_read) source_read;
    decltype(&::zip_source_stat) source_stat;
};

// Loads it at the first call. Throws std::runtime_error where it is not installed.
const libzip& zip();

} // namespace whynow::adapters::teams
