#include "cli/commands.hpp"

#include <iostream>

namespace whynow::cli {

int version() {
    std::cout << "whynow " WHYNOW_VERSION "\n";
    return 0;
}

} // namespace whynow::cli
