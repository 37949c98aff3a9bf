#include "cli/run.hpp"

int main(int argc, char** argv) { return whynow::cli::run(argc, argv); }
