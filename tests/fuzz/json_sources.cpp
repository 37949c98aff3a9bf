#include "adapters/edgar/edgar.hpp"
#include "adapters/jobs/jobs.hpp"
#include "adapters/webhook/signals.hpp"
#include "fuzz.hpp"

using namespace whynow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    static_cast<void>(jobs::to_items(jobs::read_board(text)));
    static_cast<void>(edgar::read_submissions(text));
    static_cast<void>(edgar::read_search(text));
    static_cast<void>(edgar::item_codes_in(text));
    const auto got = webhook::read_signals(text, domain::instant{std::chrono::seconds{1'800'000'000}});
    fuzz::must(got.refusal.empty() || got.accepted.empty());
    static_cast<void>(webhook::answer_json(got.accepted.size(), 0, got.rejected));
    return 0;
}
