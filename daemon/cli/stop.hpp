// How a command ends early, and the exit codes scripts rely on.
#pragma once

#include <stdexcept>
#include <string>

namespace whynow::cli {

enum class exit_code { ok = 0, problem = 1, usage = 2, store = 3, provider = 4 };

// Ends the running command: the text goes to stderr, the code to the shell.
class stop : public std::runtime_error {
  public:
    stop(exit_code code, const std::string& what) : std::runtime_error(what), code_(code) {}
    exit_code code() const { return code_; }

  private:
    exit_code code_;
};

} // namespace whynow::cli
