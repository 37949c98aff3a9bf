// The command line as a whole.
#pragma once

namespace whynow::cli {

// Runs what the arguments ask for and returns the exit code (stop.hpp). Main thread only; never throws.
int run(int argc, char** argv);

} // namespace whynow::cli
