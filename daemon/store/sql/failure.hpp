// How the store fails: a code for callers, an exception inside a unit of work.
#pragma once

#include <boost/system/error_code.hpp>

#include <stdexcept>
#include <string>

namespace whynow::store {

enum class errc {
    busy = 1,        // another process holds the lock beyond the time-out
    full,            // the disk is full
    io,              // the disk failed; nothing of this unit is stored
    corrupt,         // the file is damaged; see `whynow restore`
    newer_schema,    // written by a newer whynow
    closed,          // the daemon is stopping
    conflict,        // a uniqueness or reference rule of the database refused a row
    wrong_statement, // an error of the program: the database did not understand
};
boost::system::error_code make_error_code(errc e);

// Thrown by the aggregates and everything below them; undoes the unit of work it leaves.
class failure : public std::runtime_error {
  public:
    failure(errc code, const std::string& what) : std::runtime_error(what), code_(code) {}
    errc code() const { return code_; }
    // The disk, a lock or the file: not the fault of this unit, another try may succeed.
    bool is_infrastructure() const { return code_ != errc::conflict && code_ != errc::wrong_statement; }

  private:
    errc code_;
};

} // namespace whynow::store

template <>
struct boost::system::is_error_code_enum<whynow::store::errc> : std::true_type {};
