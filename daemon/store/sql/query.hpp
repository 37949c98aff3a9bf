// A statement being run, with the values of this project bound and read: ids, days, instants, lists.
//     query q(db, "SELECT name FROM accounts WHERE id = $1");
//     q.bind(id);
//     while (q.next()) q.read(name);
#pragma once

#include "domain/core/id.hpp"
#include "domain/core/time.hpp"
#include "store/sql/connection.hpp"

#include <concepts>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::store::sql {

// A list of texts as a JSON array, and back. What is no such array is read as an empty list.
std::string to_json_list(const std::vector<std::string>& values);
std::vector<std::string> from_json_list(std::string_view json);

class query {
  public:
    query(connection& db, std::string_view text) : db_(&db), statement_(db.take(text)) {}
    query(const query&) = delete;
    query& operator=(const query&) = delete;
    ~query() { db_->give_back(statement_); }

    // Binds the next parameters in order. Texts are borrowed: they must live until the query is done.
    template <class... T>
    query& bind(const T&... values) {
        (put(values), ...);
        return *this;
    }
    bool next() {
        column_ = 0;
        return statement_->step();
    }
    // Runs what gives no rows, or whose rows nobody wants.
    void run() {
        while (next()) {
        }
    }
    // Reads the next columns of the row in order.
    template <class... T>
    void read(T&... values) {
        (get(values), ...);
    }
    template <class T>
    T value() {
        T out{};
        get(out);
        return out;
    }

  private:
    void put(std::string_view v) { statement_->bind(++parameter_, v); }
    void put(const std::string& v) { statement_->bind(++parameter_, std::string_view(v)); }
    void put(const char* v) { statement_->bind(++parameter_, std::string_view(v)); }
    void put(bool v) { statement_->bind(++parameter_, std::int64_t{v}); }
    void put(double v) { statement_->bind(++parameter_, v); }
    template <std::integral T>
    void put(T v) {
        statement_->bind(++parameter_, static_cast<std::int64_t>(v));
    }
    template <class Tag>
    void put(domain::id<Tag> v) { // "none yet" is NULL, so that references hold
        if (v)
            statement_->bind(++parameter_, v.value);
        else
            statement_->bind_null(++parameter_);
    }
    void put(domain::instant v) { statement_->bind(++parameter_, std::int64_t{v.time_since_epoch().count()}); }
    void put(domain::local_date v) { put_owned(v.ok() ? domain::to_iso(v) : std::string()); }
    void put(domain::minute_of_day v) { statement_->bind(++parameter_, std::int64_t{v.count()}); }
    void put(const std::vector<std::string>& v) { put_owned(to_json_list(v)); }
    template <class T>
    void put(const std::optional<T>& v) {
        if (v)
            put(*v);
        else
            statement_->bind_null(++parameter_);
    }
    void put_owned(std::string v);

    bool null() { return statement_->is_null(column_); }
    void get(std::string_view& v) { v = statement_->text(column_++); } // until next()
    void get(std::string& v) { v = statement_->text(column_++); }
    void get(bool& v) { v = statement_->integer(column_++) != 0; }
    void get(double& v) { v = statement_->real(column_++); }
    template <std::integral T>
    void get(T& v) {
        v = static_cast<T>(statement_->integer(column_++));
    }
    template <class Tag>
    void get(domain::id<Tag>& v) { // NULL reads as 0
        v.value = statement_->integer(column_++);
    }
    void get(domain::instant& v) { v = domain::instant{std::chrono::seconds{statement_->integer(column_++)}}; }
    void get(domain::local_date& v) {
        v = domain::parse_iso_date(statement_->text(column_++)).value_or(domain::local_date{});
    }
    void get(domain::minute_of_day& v) { v = domain::minute_of_day{statement_->integer(column_++)}; }
    void get(std::vector<std::string>& v) { v = from_json_list(statement_->text(column_++)); }
    template <class T>
    void get(std::optional<T>& v) {
        if (null()) {
            v.reset();
            ++column_;
        } else {
            get(v.emplace());
        }
    }

    connection* db_;
    statement* statement_;
    int parameter_ = 0;
    int column_ = 0;
    std::forward_list<std::string> owned_;
};

} // namespace whynow::store::sql
