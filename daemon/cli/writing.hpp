// Files that commands write.
#pragma once

#include <string>
#include <string_view>

namespace whynow::cli {

// The file has these bytes, all of them, or stays as it was; stop(usage) where that cannot be done. "-" is stdout.
// What can be made again at any time need not outlive a power cut.
enum class lasting : bool { no, yes };
void write_whole(const std::string& file, std::string_view bytes, lasting kept);

} // namespace whynow::cli
