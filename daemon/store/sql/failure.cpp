#include "store/sql/failure.hpp"

namespace whynow::store {
namespace {

struct category final : boost::system::error_category {
    const char* name() const noexcept override { return "whynow.store"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
        case errc::busy: return "the database is locked by another process";
        case errc::full: return "the disk is full";
        case errc::io: return "the disk failed; nothing of this was stored";
        case errc::corrupt: return "the database file is damaged; see `whynow restore`";
        case errc::newer_schema: return "the database was written by a newer whynow";
        case errc::closed: return "the store is closed";
        case errc::conflict: return "a rule of the database refused the row";
        case errc::wrong_statement: return "the database did not understand a statement";
        }
        return "unknown error of the store";
    }
};

} // namespace

boost::system::error_code make_error_code(errc e) {
    static const category the_category;
    return {static_cast<int>(e), the_category};
}

} // namespace whynow::store
