// What the aggregates share when they read and write rows. For .cpp files of this room only.
#pragma once

#include "store/sql/query.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::store {

// Names as they are compared: folded, runs of spaces as one, none at the ends.
std::string name_key(std::string_view text);
// E-mail addresses and domains as they are kept: lower case, no spaces around.
std::string address_key(std::string_view text);

template <class Read>
auto first_of(sql::query& q, Read read) -> std::optional<decltype(read(q))> {
    if (!q.next())
        return std::nullopt;
    return read(q);
}

template <class Read>
auto all_of(sql::query& q, Read read) {
    std::vector<decltype(read(q))> out;
    while (q.next())
        out.push_back(read(q));
    return out;
}

// What the reason of a card `c` rests on, by number: joined to the other table's key, never the other way round, which
// would read that table for every card.
#define EVENT_OF_CARD "CASE WHEN c.reason_key LIKE 'event:%' THEN CAST(substr(c.reason_key, 7) AS bigint) END"
#define REFERRAL_OF_CARD "CASE WHEN c.reason_key LIKE 'referral:%' THEN CAST(substr(c.reason_key, 10) AS bigint) END"

// The value of an enum by its to_string(); `last` is the enum's last one.
template <class Enum>
Enum named(std::string_view text, Enum last) {
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (to_string(static_cast<Enum>(i)) == text)
            return static_cast<Enum>(i);
    throw failure(errc::corrupt, "unknown word in the database: " + std::string(text));
}

// Takes `given` over where it says something; true where that changed anything.
template <class T>
bool adopt(T& kept, const T& given) {
    if (given == T{} || given == kept)
        return false;
    kept = given;
    return true;
}

} // namespace whynow::store
