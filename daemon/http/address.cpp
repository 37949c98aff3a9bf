#include "http/address.hpp"

#include <array>
#include <cstdint>

namespace whynow::http {
namespace ip = boost::asio::ip;

namespace {

struct range4 {
    std::uint32_t base;
    int bits;
};

// IANA's special-purpose registry for IPv4: all that is not globally reachable, and multicast.
constexpr std::array closed4{
    range4{0x00000000, 8},  // "this network"
    range4{0x0A000000, 8},  // private
    range4{0x64400000, 10}, // shared (CGNAT)
    range4{0x7F000000, 8},  // loopback
    range4{0xA9FE0000, 16}, // link-local, metadata services
    range4{0xAC100000, 12}, // private
    range4{0xC0000000, 24}, // protocol assignments
    range4{0xC0000200, 24}, // documentation
    range4{0xC0586300, 24}, // old 6to4 relays
    range4{0xC0A80000, 16}, // private
    range4{0xC6120000, 15}, // benchmarking
    range4{0xC6336400, 24}, // documentation
    range4{0xCB007100, 24}, // documentation
    range4{0xE0000000, 4},  // multicast
    range4{0xF0000000, 4},  // reserved, broadcast
};

bool public4(std::uint32_t a) {
    for (const auto& r : closed4)
        if ((a >> (32 - r.bits)) == (r.base >> (32 - r.bits)))
            return false;
    return a != 0xA83F8110; // 168.63.129.16: Azure's host agent, on a public number
}

std::uint32_t four(const ip::address_v6::bytes_type& b, std::size_t at) {
    return (std::uint32_t{b[at]} << 24) | (std::uint32_t{b[at + 1]} << 16) | (std::uint32_t{b[at + 2]} << 8) |
           b[at + 3];
}

bool zeros(const ip::address_v6::bytes_type& b, std::size_t from, std::size_t to) {
    for (auto i = from; i < to; ++i)
        if (b[i] != 0)
            return false;
    return true;
}

bool public6(const ip::address_v6::bytes_type& b) {
    if (zeros(b, 0, 12))
        return false; // unspecified, loopback, v4-compatible
    if (zeros(b, 0, 10) && b[10] == 0xFF && b[11] == 0xFF)
        return public4(four(b, 12)); // v4-mapped
    const auto top = four(b, 0);
    if (top == 0x0064FF9B)
        return zeros(b, 4, 12) && public4(four(b, 12)); // NAT64; its local-use prefix is closed
    if ((top >> 16) == 0x2002)
        return public4(four(b, 2)); // 6to4
    if ((b[0] & 0xE0) != 0x20)
        return false; // outside 2000::/3: ULA, link-local, site-local, multicast, discard, reserved
    const bool special = (top >> 9) == (0x20010000 >> 9); // 2001::/23: Teredo, ORCHID, benchmarking, protocol use
    const bool documentation = top == 0x20010DB8 || (top >> 12) == (0x3FFF0000 >> 12);
    return !special && !documentation;
}

} // namespace

bool public_address(const ip::address& a) {
    return a.is_v4() ? public4(a.to_v4().to_uint()) : public6(a.to_v6().to_bytes());
}

} // namespace whynow::http
