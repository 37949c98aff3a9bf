// The main of a fuzz target outside the preset fuzz: every seed as it is, cut short, doubled, blown up to 64 KiB and
// with flipped bytes. Always the same inputs.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_bytes = 65'536, most_seeds = 50, flips_each = 3;

std::size_t tried = 0;

void one(const std::string& text) {
    ++tried;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

void seed(const std::string& text, std::mt19937& random) {
    one(text);
    one(text.substr(0, text.size() / 2));
    one(text.substr(text.size() / 3));
    one(text + text);
    for (std::size_t n = 0; n < flips_each && !text.empty(); ++n) {
        auto bent = text;
        for (std::size_t i = 0; i <= text.size() / 64; ++i)
            bent[random() % bent.size()] = char(random());
        one(bent);
    }
}

void read_into(std::vector<std::string>& seeds, const fs::path& path) {
    if (fs::is_directory(path)) {
        std::vector<fs::path> inside(fs::directory_iterator(path), {});
        std::ranges::sort(inside);
        for (const auto& p : inside)
            read_into(seeds, p);
        return;
    }
    std::ifstream in(path, std::ios::binary);
    if (path.extension() == ".jsonl") {
        for (std::string line; std::getline(in, line);)
            seeds.push_back(line);
        return;
    }
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> seeds;
    for (int i = 1; i < argc; ++i)
        read_into(seeds, argv[i]);
    if (seeds.empty()) {
        std::fputs("no seeds found\n", stderr);
        return 1;
    }
    std::mt19937 random(7);
    std::ranges::shuffle(seeds, random);
    seeds.resize(std::min(seeds.size(), most_seeds));
    for (auto& s : seeds)
        seed(s.substr(0, most_bytes), random);
    std::string big;
    while (big.size() < most_bytes)
        big += seeds[big.size() % seeds.size()].append(" ");
    one(big.substr(0, most_bytes));
    for (const char c : {'(', '<', '[', '{', '"', '\0', ' ', 'a', '-', '\xff', '1'})
        one(std::string(most_bytes, c));
    one({});
    std::printf("%zu inputs of %zu seeds\n", tried, seeds.size());
    return 0;
}
