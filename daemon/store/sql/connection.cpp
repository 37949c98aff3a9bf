#include "store/sql/connection.hpp"

namespace whynow::store::sql {

statement* connection::take(std::string_view sql) {
    auto found = cache_.find(sql);
    if (found == cache_.end())
        found = cache_.emplace(std::string(sql), std::vector<std::unique_ptr<statement>>()).first;
    for (auto& kept : found->second)
        if (!kept->taken_) {
            kept->taken_ = true;
            return kept.get();
        }
    // New, or the same text is running further up (a query inside the loop over another).
    auto& made = found->second.emplace_back(compile(sql));
    made->taken_ = true;
    return made.get();
}

void connection::give_back(statement* used) noexcept {
    used->reset();
    used->taken_ = false;
}

} // namespace whynow::store::sql
