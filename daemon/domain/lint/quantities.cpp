#include "domain/lint/quantities.hpp"

#include "domain/lint/quantity_reader.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>

namespace whynow::domain::lint {

bool all_digits(std::string_view s) {
    return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

int to_int(std::string_view s) { return s.size() <= 9 && all_digits(s) ? std::atoi(std::string(s).c_str()) : -1; }

std::vector<quantity> quantity_reader::run() {
    while (at_ < words_.size()) {
        const auto before = at_;
        if (!(calendar_digits() || day_and_month() || quarter() || clock_in_words() || clock() || month_alone() ||
              weekday() || number()))
            ++at_;
        else if (at_ == before)
            ++at_;
    }
    return std::move(out_);
}

std::string_view quantity_reader::w(std::size_t i) const {
    return i < words_.size() ? std::string_view(words_[i].folded) : std::string_view{};
}

bool quantity_reader::one_of(std::size_t i, std::initializer_list<std::string_view> list) const {
    return i < words_.size() && std::ranges::find(list, w(i)) != list.end();
}

quantity& quantity_reader::push(quantity::kind what, std::size_t to) {
    quantity q;
    q.what = what;
    q.at = {at_, to};
    out_.push_back(std::move(q));
    at_ = to;
    return out_.back();
}

std::vector<quantity> read_quantities(const std::vector<text::word>& words, const rulebook& rules,
                                      const language& lang) {
    return quantity_reader(words, rules, lang).run();
}

int weekday_of(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok())
        return 0;
    return int(std::chrono::weekday{std::chrono::sys_days{date}}.iso_encoding());
}

} // namespace whynow::domain::lint
