#include "adapters/teams/libzip.hpp"

#include "late/library.hpp"

namespace whynow::adapters::teams {
namespace {

libzip load() {
    const late::library library("libzip.so.4");
    libzip z{};
    library.find("zip_close", z.close);
    library.find("zip_discard", z.discard);
    library.find("zip_error_fini", z.error_fini);
    library.find("zip_error_init", z.error_init);
    library.find("zip_file_add", z.file_add);
    library.find("zip_file_set_mtime", z.file_set_mtime);
    library.find("zip_open_from_source", z.open_from_source);
    library.find("zip_source_buffer", z.source_buffer);
    library.find("zip_source_buffer_create", z.source_buffer_create);
    library.find("zip_source_close", z.source_close);
    library.find("zip_source_free", z.source_free);
    library.find("zip_source_keep", z.source_keep);
    library.find("zip_source_open", z.source_open);
    library.find("zip_source_read", z.source_read);
    library.find("zip_source_stat", z.source_stat);
    return z;
}

} // namespace

const libzip& zip() {
    static const libzip loaded = load();
    return loaded;
}

} // namespace whynow::adapters::teams
