// libcurl, loaded when it is first needed. It brings thirty libraries along; mapping them took a third of the time from
// exec to the first open door, which speaks through none of them (docs/decisions/0009-libcurl-comes-later.md).
#pragma once

#include <curl/curl.h>

namespace whynow::http {

// The functions that are used, under their names without "curl_".
struct libcurl {
    decltype(&::curl_easy_init) easy_init;
    decltype(&::curl_easy_cleanup) easy_cleanup;
    decltype(&::curl_easy_setopt) easy_setopt;
    decltype(&::curl_easy_getinfo) easy_getinfo;
    decltype(&::curl_easy_perform) easy_perform;
    decltype(&::curl_multi_init) multi_init;
    decltype(&::curl_multi_cleanup) multi_cleanup;
    decltype(&::curl_multi_setopt) multi_setopt;
    decltype(&::curl_multi_add_handle) multi_add_handle;
    decltype(&::curl_multi_remove_handle) multi_remove_handle;
    decltype(&::curl_multi_socket_action) multi_socket_action;
    decltype(&::curl_multi_info_read) multi_info_read;
    decltype(&::curl_slist_append) slist_append;
    decltype(&::curl_slist_free_all) slist_free_all;
    decltype(&::curl_url) url;
    decltype(&::curl_url_cleanup) url_cleanup;
    decltype(&::curl_url_set) url_set;
    decltype(&::curl_url_get) url_get;
    decltype(&::curl_free) free;
};

// Loads and initialises it at the first call, from any thread; who comes meanwhile waits. Stays until the process ends.
// Throws std::runtime_error that names what is missing: a broken installation.
const libcurl& curl();

} // namespace whynow::http
