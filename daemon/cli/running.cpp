#include "app/serve.hpp"
#include "cli/commands.hpp"
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "demo/demo.hpp"

namespace whynow::cli {

int serve(const serve_command& c) {
    app::serve_options options;
    options.config_file = config_file_of(c.config);
    options.listen = c.listen;
    if (!c.now.empty()) {
        options.now = now_or(c.now);
        options.frozen = true;
    }
    return app::serve(options);
}

int demo(const demo_command& c) {
    ::whynow::demo::demo_options options;
    options.port = c.port;
    options.open = c.browser;
    return ::whynow::demo::run(options);
}

} // namespace whynow::cli
