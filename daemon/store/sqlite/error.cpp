#include "store/sqlite/error.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace whynow::store::sqlite {
namespace {

errc meaning_of(sqlite3* db, int code) {
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return errc::busy;
    case SQLITE_FULL: return errc::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return errc::corrupt;
    case SQLITE_CONSTRAINT: return errc::conflict;
    case SQLITE_IOERR: {
        const int cause = db ? sqlite3_system_errno(db) : 0;
        return cause == ENOSPC || cause == EDQUOT || cause == EFBIG ? errc::full : errc::io;
    }
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL: return errc::io;
    case SQLITE_READONLY: return code == SQLITE_READONLY ? errc::wrong_statement : errc::io;
    default: return errc::wrong_statement;
    }
}

} // namespace

void raise(sqlite3* db, int code, std::string_view during) {
    const auto meaning = meaning_of(db, code);
    std::string what = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    throw failure(meaning, what.append(" (").append(during.substr(0, 200)).append(")"));
}

void check(sqlite3* db, int code, std::string_view during) {
    if (code != SQLITE_OK)
        raise(db, code, during);
}

} // namespace whynow::store::sqlite
