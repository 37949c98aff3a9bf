// A database in a folder of its own, gone with the test.
#pragma once

#include "store/store.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <unistd.h>

namespace whynow::tests {

using namespace whynow::store; // NOLINT: the words of every test below
namespace book = domain::book;
namespace triggers = domain::triggers;
namespace signals = domain::signals;
using engine = whynow::store::store;
using store_ptr = std::unique_ptr<engine>;

class folder {
  public:
    folder() {
        static int made = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("whynow-store-" + std::to_string(::getpid()) + "-" + std::to_string(++made));
        std::filesystem::create_directories(path_);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    ~folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

inline store_ptr opened(const std::string& path) {
    auto made = engine::open({.path = path});
    REQUIRE(made);
    return std::move(*made);
}

struct database {
    folder where;
    std::string path = where / "w.db";
    store_ptr db = opened(path);

    void write(engine::work what) { REQUIRE(db->write_now(std::move(what))); }
    void read(engine::work what) { REQUIRE(db->read_now(std::move(what))); }
    void reopen() {
        db.reset();
        db = opened(path);
    }
};

inline instant at(std::int64_t seconds) { return instant{std::chrono::seconds{seconds}}; }

inline local_date day(std::string_view iso) { return domain::parse_iso_date(iso).value(); }

// A rep, an account of hers and a person in it: what most rows refer to.
struct cast {
    book::rep dana;
    book::account northwind;
    book::contact jerry;

    explicit cast(database& d) {
        dana.name = "Dana Ruiz";
        dana.email = "dana@example.com";
        dana.zone = "Europe/Berlin";
        northwind.name = "Northwind Traders";
        northwind.domain = "northwind.example";
        jerry.name = "Jerry Smith";
        jerry.email = "jerry@northwind.example";
        d.write([this](session& s) {
            reps(s).upsert(dana);
            northwind.owner = dana.id;
            accounts(s).upsert(northwind);
            jerry.account = northwind.id;
            contacts(s).upsert(jerry);
        });
    }
};

} // namespace whynow::tests
