// A certificate for 127.0.0.1 that signs itself, written to two files for the length of a test.
#pragma once

#include <string>

namespace wire {

class certificate {
  public:
    certificate();
    ~certificate();
    certificate(const certificate&) = delete;
    certificate& operator=(const certificate&) = delete;

    std::string file, key;

  private:
    std::string folder_;
};

} // namespace wire
