#include "http/curl_driver.hpp"

#include <new>
#include <unistd.h>

namespace whynow::http {
namespace asio = boost::asio;
using boost::system::error_code;

curl_driver::curl_driver(asio::any_io_executor on, long most_per_host, long most)
    : on_(std::move(on)), timer_(on_), multi_(curl().multi_init()) {
    if (!multi_)
        throw std::bad_alloc();
    curl().multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &curl_driver::on_socket);
    curl().multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl().multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &curl_driver::on_timer);
    curl().multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl().multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, most_per_host);
    curl().multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, most);
}

curl_driver::~curl_driver() {
    for (auto& [easy, done] : running_)
        curl().multi_remove_handle(multi_, easy);
    curl().multi_cleanup(multi_); // closes the kept connections through close_socket()
    while (!watches_.empty())
        forget(watches_.begin()->first);
}

void curl_driver::start(CURL* easy, std::function<void(CURLcode)> done) {
    running_.emplace(easy, std::move(done));
    curl().multi_add_handle(multi_, easy); // asks for a timer at once, the rest follows from it
}

void curl_driver::remove(CURL* easy) {
    if (running_.erase(easy) > 0)
        curl().multi_remove_handle(multi_, easy);
}

int curl_driver::close_socket(void* self, curl_socket_t fd) {
    static_cast<curl_driver*>(self)->forget(fd);
    return ::close(fd);
}

int curl_driver::on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
    auto* driver = static_cast<curl_driver*>(self);
    if (what == CURL_POLL_REMOVE)
        driver->forget(fd);
    else
        driver->look(fd, what);
    return 0;
}

int curl_driver::on_timer(CURLM*, long ms, void* self) {
    auto* driver = static_cast<curl_driver*>(self);
    if (ms < 0) {
        driver->timer_.cancel();
        return 0;
    }
    driver->timer_.expires_after(std::chrono::milliseconds(ms));
    driver->timer_.async_wait([weak = driver->weak_from_this()](error_code ec) {
        const auto alive = weak.lock();
        if (alive && !ec)
            alive->act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
}

void curl_driver::look(curl_socket_t fd, int what) {
    auto& w = watches_[fd];
    if (!w) {
        w = std::make_shared<watch>(on_);
        error_code ec;
        w->descriptor.assign(fd, ec);
        if (ec) { // libcurl will run into its deadline and say so
            watches_.erase(fd);
            return;
        }
    }
    w->want = what;
    arm(w, fd);
}

// The descriptor is libcurl's: let go of it without closing it.
void curl_driver::forget(curl_socket_t fd) {
    const auto at = watches_.find(fd);
    if (at == watches_.end())
        return;
    at->second->gone = true;
    at->second->descriptor.release();
    watches_.erase(at);
}

void curl_driver::arm(const std::shared_ptr<watch>& w, curl_socket_t fd) {
    if ((w->want & CURL_POLL_IN) != 0 && !w->reading)
        wait(w, fd, true);
    if ((w->want & CURL_POLL_OUT) != 0 && !w->writing)
        wait(w, fd, false);
}

void curl_driver::wait(const std::shared_ptr<watch>& w, curl_socket_t fd, bool reading) {
    using descriptor = asio::posix::stream_descriptor;
    bool watch::* flag = reading ? &watch::reading : &watch::writing;
    const int wanted = reading ? CURL_POLL_IN : CURL_POLL_OUT;
    (*w).*flag = true;
    w->descriptor.async_wait(
        reading ? descriptor::wait_read : descriptor::wait_write,
        [weak = weak_from_this(), w, fd, flag, wanted, reading](error_code ec) {
            (*w).*flag = false;
            const auto alive = weak.lock();
            if (!alive || w->gone || ec == asio::error::operation_aborted)
                return;
            if ((w->want & wanted) != 0)
                alive->act(fd, ec ? CURL_CSELECT_ERR : reading ? CURL_CSELECT_IN : CURL_CSELECT_OUT);
            if (!w->gone)
                alive->arm(w, fd);
        });
}

void curl_driver::act(curl_socket_t fd, int events) {
    int still = 0;
    curl().multi_socket_action(multi_, fd, events, &still);
    collect();
}

void curl_driver::collect() {
    int left = 0;
    while (const CURLMsg* message = curl().multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL* const easy = message->easy_handle;
        const CURLcode code = message->data.result;
        curl().multi_remove_handle(multi_, easy);
        if (auto node = running_.extract(easy))
            node.mapped()(code);
    }
}

} // namespace whynow::http
