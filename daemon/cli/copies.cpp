#include "cli/opened.hpp"
#include "cli/stop.hpp"

#include <iostream>

namespace whynow::cli {

int backup(const copy_command& c) {
    const auto settings = read_settings(c.config);
    must(open_store(settings)->backup(c.file), "backup to " + c.file);
    std::cout << settings.store.path << " copied to " << c.file << '\n';
    return 0;
}

int restore(const copy_command& c) {
    const auto settings = read_settings(c.config);
    if (settings.store.kind != "sqlite")
        throw stop(exit_code::usage, "restore works on [store] kind = \"sqlite\" only");
    const auto done = store::restore(c.file, settings.store.path);
    if (!done && done.error() == store::make_error_code(store::errc::busy))
        throw stop(exit_code::store, "the store " + settings.store.path + " is in use: stop the daemon first");
    must(done, "restore from " + c.file);
    std::cout << settings.store.path << " is now the copy " << c.file << "; the former one stands beside it as "
              << settings.store.path << ".before-restore\n";
    return 0;
}

} // namespace whynow::cli
