// SQLite's result codes in the words of the store.
#pragma once

#include "store/sql/failure.hpp"

#include <string_view>

struct sqlite3;

namespace whynow::store::sqlite {

[[noreturn]] void raise(sqlite3* db, int code, std::string_view during);
void check(sqlite3* db, int code, std::string_view during); // raises unless SQLITE_OK

} // namespace whynow::store::sqlite
