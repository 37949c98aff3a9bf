// The house's import words and the sample files.
#pragma once

#include "adapters/csv/people.hpp"
#include "schedule/system_zones.hpp"
#include "settings/toml.hpp"

#include <fstream>
#include <string>

namespace whynow::csv {

inline std::string file(const std::string& name) {
    std::ifstream in(std::string(WHYNOW_SOURCE_DIR "/") + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline const vocabulary& words() {
    static const vocabulary made(
        std::get<domain::rules::node>(settings::read_toml(file("config/import.toml"), "config/import.toml")));
    return made;
}

struct imported {
    csv::table table;
    csv::mapping mapping;
    csv::people people;
};

inline imported import_of(std::string_view bytes) {
    imported i;
    i.table = read_table(bytes);
    i.mapping = guess(i.table.header, words());
    i.people = read_people(i.table, i.mapping, words(), schedule::system_zones());
    return i;
}

} // namespace whynow::csv
