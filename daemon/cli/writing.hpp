// Files that commands write.
#pragma once

#include <string>
#include <string_view>

namespace whynow::cli {

// The file has these bytes, all of them, or stays as it was; stop(usage) where that cannot be done. "-" is stdout.
// What can be made again at any time need not outlive a power cut.
enum class lasting : bool { no, yes };
void write_whole(const std::string& file, std::string_view bytes, lasting kept);

// Writes these bytes behind what the file holds, for what may be lost in a power cut as long as the rest stays whole.
void add_behind(const std::string& file, std::string_view bytes);

} // namespace whynow::cli
