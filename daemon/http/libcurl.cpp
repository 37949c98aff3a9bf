#include "http/libcurl.hpp"

#include <dlfcn.h>
#include <stdexcept>
#include <string>

namespace whynow::http {
namespace {

[[noreturn]] void missing() {
    const char* why = ::dlerror();
    throw std::runtime_error(std::string("libcurl cannot be loaded: ") + (why ? why : "unknown"));
}

template <class Function>
void find(void* library, const char* name, Function*& into) {
    into = reinterpret_cast<Function*>(::dlsym(library, name));
    if (!into)
        missing();
}

libcurl load() {
    void* const library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL); // never closed: it has threads of its own
    if (!library)
        missing();
    libcurl c{};
    find(library, "curl_easy_init", c.easy_init);
    find(library, "curl_easy_cleanup", c.easy_cleanup);
    find(library, "curl_easy_setopt", c.easy_setopt);
    find(library, "curl_easy_getinfo", c.easy_getinfo);
    find(library, "curl_easy_perform", c.easy_perform);
    find(library, "curl_multi_init", c.multi_init);
    find(library, "curl_multi_cleanup", c.multi_cleanup);
    find(library, "curl_multi_setopt", c.multi_setopt);
    find(library, "curl_multi_add_handle", c.multi_add_handle);
    find(library, "curl_multi_remove_handle", c.multi_remove_handle);
    find(library, "curl_multi_socket_action", c.multi_socket_action);
    find(library, "curl_multi_info_read", c.multi_info_read);
    find(library, "curl_slist_append", c.slist_append);
    find(library, "curl_slist_free_all", c.slist_free_all);
    find(library, "curl_url", c.url);
    find(library, "curl_url_cleanup", c.url_cleanup);
    find(library, "curl_url_set", c.url_set);
    find(library, "curl_url_get", c.url_get);
    find(library, "curl_free", c.free);
    decltype(&::curl_global_init) start = nullptr;
    find(library, "curl_global_init", start);
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
