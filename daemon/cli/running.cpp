#include "cli/commands.hpp"
#include "cli/opened.hpp"
#include "cli/reading.hpp"
#include "cli/stop.hpp"

#if __has_include("app/serve.hpp")
#include "app/serve.hpp"
#define WHYNOW_HAS_SERVE
#endif
#if __has_include("demo/demo.hpp")
#include "demo/demo.hpp"
#define WHYNOW_HAS_DEMO
#endif

#include <cstdlib>

namespace whynow::cli {

int serve(const serve_command& c) {
#ifdef WHYNOW_HAS_SERVE
    app::serve_options options;
    options.config_file = config_file_of(c.config);
    options.listen = c.listen;
    if (!c.now.empty()) {
        options.now = now_or(c.now);
        options.frozen = true;
    }
    return app::serve(options);
#else
    throw stop(exit_code::usage,
               "this build has no daemon" + (c.listen.empty() ? std::string{} : " to listen on " + c.listen));
#endif
}

int demo(const demo_command& c) {
#ifdef WHYNOW_HAS_DEMO
    ::whynow::demo::demo_options options;
    options.port = c.port;
    options.open = c.browser;
    return ::whynow::demo::run(options);
#else
    throw stop(exit_code::usage, "this build has no demo" + (c.browser ? std::string(" to open") : std::string{}));
#endif
}

} // namespace whynow::cli
