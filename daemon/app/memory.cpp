#include "app/memory.hpp"

#include <cstdint>
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace whynow::app {
namespace {

// Segments that may not be written are the file's bytes and nothing else; those with relocations in them may be
// written.
int let_go(dl_phdr_info* object, std::size_t, void*) {
    const auto page = std::uintptr_t(::sysconf(_SC_PAGESIZE));
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const auto& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0)
            continue;
        const auto begin = (object->dlpi_addr + segment.p_vaddr + page - 1) & ~(page - 1);
        const auto end = (object->dlpi_addr + segment.p_vaddr + segment.p_memsz) & ~(page - 1);
        if (end > begin)
            ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED); // refused or not: nothing is lost
    }
    return 0;
}

} // namespace

void give_back_memory() {
    ::malloc_trim(0);
    ::dl_iterate_phdr(let_go, nullptr);
}

} // namespace whynow::app
