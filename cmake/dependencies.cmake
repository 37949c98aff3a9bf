# Every library is a Debian 12 package (./run installs them); docs/dependencies.md says what each is for.
find_package(Threads REQUIRED)
if(WHYNOW_LINK_IN) # docs/decisions/0012-linked-in.md
  set(OPENSSL_USE_STATIC_LIBS TRUE)
  set(Boost_USE_STATIC_LIBS TRUE)
  find_library(SQLite3_LIBRARY NAMES libsqlite3.a REQUIRED)
  add_link_options(-Wl,--gc-sections)
endif()
find_package(Boost 1.81 REQUIRED COMPONENTS url)
find_package(OpenSSL 3 REQUIRED)
find_package(CURL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(date REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(doctest REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n) # headers; loaded late
find_package(PkgConfig REQUIRED)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(libzip REQUIRED libzip) # headers; loaded late
