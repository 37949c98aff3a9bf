// What the commands about the store have in common: the config read, the rules loaded, the store open.
#pragma once

#include "cli/commands.hpp"
#include "settings/config.hpp"
#include "store/store.hpp"
#include "workday/rulebook.hpp"

#include <boost/system/result.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::cli {

using namespace whynow::domain;

// The config file that is meant: the option, else the first of the usual places; stop(usage) where there is none.
std::string config_file_of(const config_option& o);
// The config; stop(usage) with every mistake where there is one.
settings::config read_settings(const config_option& o);

struct opened {
    settings::config config;
    std::shared_ptr<const workday::rulebook> rules;
    std::unique_ptr<store::store> store;
};
// stop(usage) for the config and the rules, stop(store) for the store.
opened open_house(const config_option& o);
std::unique_ptr<store::store> open_store(const settings::config& c);

// One unit of work; stop(store) where the store fails.
void write(store::store& s, const store::store::work& what);
void read(store::store& s, const store::store::work& what);
// Runs `what` in full and takes it back.
void rehearse(store::store& s, const store::store::work& what);
void must(const boost::system::result<void>& done, std::string_view doing);

// The rep with that e-mail; stop(usage) where there is none, naming those there are.
book::rep rep_called(store::session& s, std::string_view email);

} // namespace whynow::cli
