// Bytes to requests, step by step. The only part that knows the parsing library.
#pragma once

#include "http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace whynow::http {

// Reads one request after the other. Not for several threads at once. Ambiguous framing (two lengths, a length
// beside chunks, codings other than "chunked") is refused, never guessed.
class request_reader {
  public:
    enum class state {
        header, // needs more bytes of the header
        body,   // header whole: look at it, then allow_body() and go on
        done,   // the request is whole
        failed  // see failure(); the connection cannot be used further
    };

    explicit request_reader(std::size_t header_limit);
    ~request_reader();
    request_reader(const request_reader&) = delete;
    request_reader& operator=(const request_reader&) = delete;

    // Forgets the last request and waits for a new one.
    void start();
    // Takes bytes from the front and says how many it used up; unused ones must come again with more behind them.
    // Stops where the header ends.
    std::size_t take(std::string_view bytes);
    // Must be called once the header is whole; a body that grows past it fails with 413.
    void allow_body(std::size_t limit);

    state at() const;
    // The status that says what was wrong: 400, 413, 431, 501 or 505.
    int failure() const;
    // From here on: only when the header is whole.
    bool keep_alive() const;
    bool version_1_0() const;
    bool wants_continue() const;
    bool declares_more_than(std::size_t bytes) const; // by Content-Length
    // The caller may move it out when state is done.
    request& current();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace whynow::http
