#include "http/libcurl.hpp"

#include "late/library.hpp"

#include <stdexcept>

namespace whynow::http {
namespace {

libcurl load() {
    const late::library library("libcurl.so.4");
    libcurl c{};
    library.find("curl_easy_init", c.easy_init);
    library.find("curl_easy_cleanup", c.easy_cleanup);
    library.find("curl_easy_setopt", c.easy_setopt);
    library.find("curl_easy_getinfo", c.easy_getinfo);
    library.find("curl_easy_perform", c.easy_perform);
    library.find("curl_multi_init", c.multi_init);
    library.find("curl_multi_cleanup", c.multi_cleanup);
    library.find("curl_multi_setopt", c.multi_setopt);
    library.find("curl_multi_add_handle", c.multi_add_handle);
    library.find("curl_multi_remove_handle", c.multi_remove_handle);
    library.find("curl_multi_socket_action", c.multi_socket_action);
    library.find("curl_multi_info_read", c.multi_info_read);
    library.find("curl_slist_append", c.slist_append);
    library.find("curl_slist_free_all", c.slist_free_all);
    library.find("curl_url", c.url);
    library.find("curl_url_cleanup", c.url_cleanup);
    library.find("curl_url_set", c.url_set);
    library.find("curl_url_get", c.url_get);
    library.find("curl_free", c.free);
    decltype(&::curl_global_init) start = nullptr;
    library.find("curl_global_init", start);
    if (start(CURL_GLOBAL_ALL) != CURLE_OK)
        throw std::runtime_error("libcurl does not start");
    return c;
}

} // namespace

const libcurl& curl() {
    static const libcurl loaded = load();
    return loaded;
}

} // namespace whynow::http
