// The schema, step by step. A step that was released is never edited; what changes is a new number. In the texts,
// @identity@ stands for the connection's self-numbering id column. Every step runs on each kind of database.
#pragma once

#include "store/sql/connection.hpp"

#include <span>
#include <string_view>

namespace whynow::store::migrations {

struct step {
    int version;
    std::string_view name;
    std::string_view sql;
};

std::span<const step> all(); // by version, from 1 without gaps
int newest();

// 0 for a database that has no table of ours. Throws failure.
int version_of(sql::connection& db);

// Runs every step above the present version up to `target` inside one transaction: all or none. Looks at the version
// again under the write lock, so that two processes may start at once. Throws failure(newer_schema) for a database
// beyond newest().
void run(sql::connection& db, int target = newest());

} // namespace whynow::store::migrations
