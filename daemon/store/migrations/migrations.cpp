#include "store/migrations/migrations.hpp"

#include "store/sql/query.hpp"

#include <string>

namespace whynow::store::migrations {
namespace {

std::string in_dialect(std::string_view sql, std::string_view identity) {
    constexpr std::string_view mark = "@identity@";
    std::string out;
    for (std::size_t at = 0;;) {
        const auto found = sql.find(mark, at);
        out += sql.substr(at, found - at);
        if (found == std::string_view::npos)
            return out;
        out += identity;
        at = found + mark.size();
    }
}

} // namespace

int newest() { return all().empty() ? 0 : all().back().version; }

int version_of(sql::connection& db) {
    if (!db.has_table("schema_version"))
        return 0;
    sql::query q(db, "SELECT coalesce(max(version), 0) FROM schema_version");
    return q.next() ? q.value<int>() : 0;
}

void run(sql::connection& db, int target) {
    db.begin_write();
    try {
        const int present = version_of(db);
        if (present > newest())
            throw failure(errc::newer_schema,
                          "schema " + std::to_string(present) + ", this whynow knows " + std::to_string(newest()));
        db.exec("CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, name text NOT NULL)");
        for (const auto& s : all()) {
            if (s.version <= present || s.version > target)
                continue;
            db.exec(in_dialect(s.sql, db.identity_column()));
            sql::query(db, "INSERT INTO schema_version (version, name) VALUES ($1, $2)").bind(s.version, s.name).run();
        }
        db.commit();
    } catch (...) {
        db.rollback();
        throw;
    }
}

} // namespace whynow::store::migrations
