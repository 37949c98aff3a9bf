// One request through libcurl, redirects not followed. Internal to curl_client.
#pragma once

#include "http/client.hpp"
#include "http/curl_driver.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace whynow::http {

class curl_transfer {
  public:
    // `what` must outlive the transfer.
    curl_transfer(std::shared_ptr<curl_driver> driver, boost::asio::any_io_executor on, const outgoing& what,
                  const std::string& user_agent);
    ~curl_transfer();
    curl_transfer(const curl_transfer&) = delete;
    curl_transfer& operator=(const curl_transfer&) = delete;

    boost::asio::awaitable<boost::system::result<response>> run(std::chrono::milliseconds most);

  private:
    static std::size_t on_body(char* bytes, std::size_t one, std::size_t n, void* self);
    static std::size_t on_header(char* bytes, std::size_t one, std::size_t n, void* self);
    static std::size_t on_send(char* to, std::size_t one, std::size_t n, void* self);
    static int on_rewind(void* self, curl_off_t offset, int origin);
    static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);

    void prepare(const std::string& user_agent);
    void prepare_method();
    void prepare_fields();
    bool idempotent() const;
    boost::system::result<response> outcome();

    std::shared_ptr<curl_driver> driver_;
    const outgoing& what_;
    CURL* easy_;
    curl_slist* lines_ = nullptr;
    boost::asio::steady_timer woken_;
    response answer_;
    std::size_t header_bytes_ = 0;
    std::size_t sent_ = 0;
    bool done_ = false;
    bool refused_ = false;
    bool too_large_ = false;
    CURLcode code_ = CURLE_OK;
};

} // namespace whynow::http
