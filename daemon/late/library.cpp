#include "late/library.hpp"

#include <dlfcn.h>
#include <stdexcept>
#include <utility>

namespace whynow::late {
namespace {

[[noreturn]] void missing(const std::string& library) {
    const char* why = ::dlerror();
    throw std::runtime_error(library + " cannot be loaded: " + (why ? why : "unknown"));
}

} // namespace

library::library(std::string soname)
    : name_(std::move(soname)), handle_(::dlopen(name_.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (!handle_)
        missing(name_);
}

void* library::symbol(const std::string& name) const {
    void* const found = ::dlsym(handle_, name.c_str());
    if (!found)
        missing(name_);
    return found;
}

} // namespace whynow::late
