// Slack's numbers (docs.slack.dev/reference/block-kit, npm @slack/types), with about five percent of room where the
// unit of counting is not documented. We count UTF-16 units after escaping: never less than code points.
#pragma once

#include <cstddef>

namespace whynow::slack::most {

inline constexpr std::size_t blocks_of_message = 50;
inline constexpr std::size_t blocks_of_view = 100;
inline constexpr std::size_t all_text = 11'400; // msg_blocks_too_long from about 13,000; undocumented
inline constexpr std::size_t section = 2'850;
inline constexpr std::size_t context = 1'900;
inline constexpr std::size_t header = 142;
inline constexpr std::size_t notification = 3'800; // `text`: chat.update refuses 4,000
inline constexpr std::size_t buttons = 25;
inline constexpr std::size_t button_text = 71;
inline constexpr std::size_t spoken = 71;
inline constexpr std::size_t button_value = 2'000;
inline constexpr std::size_t id = 255;
inline constexpr std::size_t url = 1'000;
inline constexpr std::size_t form_title = 24;
inline constexpr std::size_t input_label = 1'900;
inline constexpr std::size_t input_text = 3'000;
inline constexpr std::size_t private_metadata = 3'000;
inline constexpr std::size_t options = 100;
inline constexpr std::size_t boxes = 10; // checkboxes
inline constexpr std::size_t option_text = 75;
inline constexpr std::size_t option_value = 150;
// data_visualization (docs.slack.dev, 16 June 2026); the stored page says 20 and 50 as they are.
inline constexpr std::size_t charts = 2;
inline constexpr std::size_t categories = 20;
inline constexpr std::size_t chart_label = 20;
inline constexpr std::size_t chart_title = 50;
inline constexpr std::size_t form_error = 300;

} // namespace whynow::slack::most
