// A shared library that is loaded by hand, when it is first needed: most of a command's time is the loader's.
#pragma once

#include <string>

namespace whynow::late {

// Never closed: libraries have threads and tables of their own. Throws std::runtime_error that names what is missing,
// which is a broken installation.
class library {
  public:
    explicit library(std::string soname);

    template <class T>
    void find(const std::string& name, T*& into) const {
        into = reinterpret_cast<T*>(symbol(name));
    }

  private:
    std::string name_;
    void* handle_;

    void* symbol(const std::string& name) const;
};

} // namespace whynow::late
