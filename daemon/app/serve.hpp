// `whynow serve`: the daemon in the foreground until a signal ends it.
#pragma once

#include "domain/core/time.hpp"

#include <optional>
#include <string>

namespace whynow::app {

struct serve_options {
    std::string config_file;            // empty: defaults, console only
    std::string listen;                 // empty: as configured
    std::optional<domain::instant> now; // --now; with speed 0
    bool frozen = false;                // --speed 0
};

// Runs until SIGTERM or SIGINT (a second one ends at once); SIGHUP reads the configuration anew. Tells systemd when it
// is ready. Exit code: 0 ended well, 2 the configuration is wrong (every mistake on stderr), 3 the store, 1 else.
int serve(const serve_options& options);

} // namespace whynow::app
