// libcurl's multi interface on an Asio executor. Internal to curl_client.
#pragma once

#include "http/libcurl.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <memory>

namespace whynow::http {

// One pool of connections. All calls from the io thread.
class curl_driver : public std::enable_shared_from_this<curl_driver> {
  public:
    curl_driver(boost::asio::any_io_executor on, long most_per_host, long most);
    ~curl_driver();
    curl_driver(const curl_driver&) = delete;
    curl_driver& operator=(const curl_driver&) = delete;

    // Starts a transfer; `done` is called once, from the io loop, never from inside start(). The handle stays the
    // caller's and must stay alive until `done` or remove().
    void start(CURL* easy, std::function<void(CURLcode)> done);
    // Takes a transfer back; its `done` is not called any more. Harmless after `done`.
    void remove(CURL* easy);

    // For CURLOPT_CLOSESOCKETFUNCTION, with the driver as its data.
    static int close_socket(void* self, curl_socket_t fd);

  private:
    struct watch {
        explicit watch(const boost::asio::any_io_executor& on) : descriptor(on) {}
        boost::asio::posix::stream_descriptor descriptor;
        int want = 0;
        bool reading = false, writing = false, gone = false;
    };

    static int on_socket(CURL* easy, curl_socket_t fd, int what, void* self, void* watched);
    static int on_timer(CURLM* multi, long ms, void* self);
    void look(curl_socket_t fd, int what);
    void forget(curl_socket_t fd);
    void arm(const std::shared_ptr<watch>& w, curl_socket_t fd);
    void wait(const std::shared_ptr<watch>& w, curl_socket_t fd, bool reading);
    void act(curl_socket_t fd, int events);
    void collect();

    boost::asio::any_io_executor on_;
    boost::asio::steady_timer timer_;
    CURLM* multi_;
    std::map<curl_socket_t, std::shared_ptr<watch>> watches_;
    std::map<CURL*, std::function<void(CURLcode)>> running_;
};

} // namespace whynow::http
