#include "sources/documents/dates.hpp"

#include "sources/documents/date_order.hpp"
#include "sources/documents/date_parts.hpp"
#include "sources/documents/date_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace whynow::sources::documents {

namespace {

using domain::instant;
using std::chrono::minutes;
using std::chrono::seconds;

class date_reader {
  public:
    explicit date_reader(std::vector<token> tokens) : t_(std::move(tokens)) {}

    std::optional<moment> read() {
        if (t_.size() > 1 && t_[0].sign('-')) { // the century left out: "-03-12", "-0312"
            if (!t_[1].number() || (t_[1].digits() != 2 && t_[1].digits() != 4))
                return std::nullopt;
            t_.erase(t_.begin());
            if (t_[0].digits() == 4 && !(t_.size() > 1 && t_[1].sign('-')))
                as_pair();
        }
        if (t_.size() == 1 && t_[0].number())
            return compact(t_[0].text);
        for (i_ = 0; i_ < t_.size();)
            if (!step())
                return std::nullopt;
        return finish();
    }

  private:
    void as_pair() { // "0312" to "03-12"
        token month = t_[0];
        t_[0].text.resize(2);
        t_[0].value /= 100;
        month.text.erase(0, 2);
        month.value %= 100;
        month.spaced = false;
        token dash;
        dash.text = "-";
        t_.insert(t_.begin() + 1, {dash, month});
    }

    const token* peek(std::size_t n) const { return i_ + n < t_.size() ? &t_[i_ + n] : nullptr; }
    bool number_at(std::size_t n) const { return peek(n) != nullptr && peek(n)->number(); }
    bool sign_at(std::size_t n, char c) const { return peek(n) != nullptr && peek(n)->sign(c); }

    bool step() {
        const token& now = t_[i_];
        if (now.sign('+') || now.sign('-'))
            return offset_or_dash();
        if (now.what == token::kind::sign) {
            last_sign_ = now.text[0];
            ++i_;
            return now.text.size() == 1 || now.text == "．" || now.text == "，" || now.text == "–";
        }
        return now.number() ? a_number() : a_word();
    }

    bool offset_or_dash() {
        const bool plus = t_[i_].sign('+');
        if (!(zone_next_ && number_at(1))) {
            last_sign_ = t_[i_].text[0];
            ++i_;
            return !plus || !timed_;
        }
        const token& n = t_[i_ + 1];
        if (n.digits() > 4)
            return false;
        int hours = static_cast<int>(n.digits() > 2 ? n.value / 100 : n.value);
        int mins = static_cast<int>(n.digits() > 2 ? n.value % 100 : 0);
        i_ += 2;
        if (n.digits() <= 2 && sign_at(0, ':') && number_at(1)) {
            mins = static_cast<int>(t_[i_ + 1].value % 100);
            i_ += sign_at(2, ':') && number_at(3) ? 4 : 2;
        }
        m_.east = minutes{(hours * 60 + mins) * (plus ? 1 : -1)};
        zoned_ = true;
        zone_next_ = false;
        return mins < 60;
    }

    bool set_time(int hour, int minute, int second) {
        if (timed_)
            return false;
        m_.hour = hour;
        m_.minute = minute;
        m_.second = second;
        timed_ = true;
        zone_next_ = true;
        return true;
    }

    bool a_number() {
        const token& now = t_[i_];
        const auto v = [&](std::size_t n) {
            return static_cast<int>(std::min<std::int64_t>(t_[i_ + n].value, 999'999));
        };
        if (sign_at(1, ':') && number_at(2) && now.digits() <= 2) {
            int second = 0;
            const int hour = v(0);
            const int minute = v(2);
            std::size_t used = 3;
            if (sign_at(3, ':') && number_at(4)) {
                second = v(4);
                used = 5;
                if ((sign_at(5, '.') || sign_at(5, ',') || sign_at(5, ':')) && number_at(6) && !peek(6)->spaced)
                    used = 7;
            }
            i_ += used;
            return set_time(hour, minute, second);
        }
        if (sign_at(1, ':') && number_at(2) && (now.digits() > 6 || (now.digits() > 2 && !numbers_.empty()))) {
            split_hour(); // "2003-12-3110:14"
            return true;
        }
        if (peek(1) != nullptr && peek(1)->word())
            if (const auto done = marked_number())
                return *done;
        if (zoned_ && !now.spaced && t_[i_ - 1].word()) { // EST5EDT
            ++i_;
            return true;
        }
        if (dated() && !timed_ && sign_at(1, '.') && number_at(2) && !peek(2)->spaced && peek(2)->digits() == 2 &&
            now.digits() <= 2) { // 10.30
            i_ += 3;
            return set_time(static_cast<int>(now.value), static_cast<int>(t_[i_ - 1].value), 0);
        }
        if (dated() && now.spaced) {
            if (!timed_ && now.digits() <= 2) { // an hour alone
                ++i_;
                return set_time(static_cast<int>(now.value), 0, 0);
            }
            if (timed_ && zone_next_ && now.digits() == 4) { // an offset without its sign
                m_.east = std::chrono::hours{v(0) / 100} + minutes{v(0) % 100};
                zoned_ = true;
                ++i_;
                return true;
            }
        }
        if (after_t() && !timed_ && (now.digits() == 6 || now.digits() == 4 || now.digits() == 2)) { // T101455
            const int all = static_cast<int>(now.digits() == 2   ? now.value * 10'000
                                             : now.digits() == 4 ? now.value * 100
                                                                 : now.value);
            ++i_;
            return set_time(all / 10'000, all / 100 % 100, all % 100);
        }
        numbers_.push_back({now.text, v(0), numbers_.empty() ? ' ' : last_sign_});
        last_sign_ = ' ';
        zone_next_ = false;
        ++i_;
        return numbers_.size() <= 3;
    }

    // The hour that follows the day without a sign between them becomes a number of its own.
    void split_hour() {
        token hour = t_[i_];
        token& day = t_[i_];
        day.text.resize(day.text.size() - 2);
        day.value /= 100;
        hour.text.erase(0, hour.text.size() - 2);
        hour.value %= 100;
        hour.spaced = true;
        t_.insert(t_.begin() + static_cast<std::ptrdiff_t>(i_) + 1, hour);
    }

    bool after_t() const { return i_ > 0 && t_[i_ - 1].word() && t_[i_ - 1].text == "t"; }

    // A number whose word says what it is: 2004년, 11h30, 7 PM, 3rd.
    std::optional<bool> marked_number() {
        const int value = static_cast<int>(std::min<std::int64_t>(t_[i_].value, 99'999));
        const std::string& word = t_[i_ + 1].text;
        static constexpr std::array<std::pair<std::string_view, char>, 12> marks{{{"년", 'y'},
                                                                                  {"年", 'y'},
                                                                                  {"월", 'm'},
                                                                                  {"月", 'm'},
                                                                                  {"일", 'd'},
                                                                                  {"日", 'd'},
                                                                                  {"시", 'H'},
                                                                                  {"時", 'H'},
                                                                                  {"时", 'H'},
                                                                                  {"분", 'M'},
                                                                                  {"分", 'M'},
                                                                                  {"秒", 'S'}}};
        for (const auto& [mark, field] : marks)
            if (word.starts_with(mark)) {
                asian_ = word.starts_with("년") || word.starts_with("年") ? (word[0] == '\xEB' ? 9 : 8) : asian_;
                t_[i_ + 1].text.erase(0, mark.size());
                i_ += t_[i_ + 1].text.empty() ? 2 : 1;
                return set_field(field, value);
            }
        if (word == "초") {
            i_ += 2;
            return set_field('S', value);
        }
        if (t_[i_ + 1].spaced ? (word == "am" || word == "pm") && !timed_ && month_or_numbers()
                              : word == "am" || word == "pm") {
            ++i_;
            return set_time(value, 0, 0);
        }
        if (word == "h" && !t_[i_ + 1].spaced && value < 24) {
            const bool more = number_at(2) && !peek(2)->spaced;
            const int minute = more ? static_cast<int>(std::min<std::int64_t>(peek(2)->value, 99)) : 0;
            i_ += more ? 3 : 2;
            return set_time(value, minute, 0);
        }
        if (!t_[i_ + 1].spaced &&
            (word == "st" || word == "nd" || word == "rd" || word == "th" || word == "er" || word == "re")) {
            numbers_.push_back({t_[i_].text, value, last_sign_});
            i_ += 2;
            return numbers_.size() <= 3;
        }
        return std::nullopt;
    }

    bool month_or_numbers() const { return month_ != 0 || numbers_.size() >= 2; }

    bool set_field(char field, int value) {
        switch (field) {
        case 'y':
            m_.year = full_year(value, value < 100 ? 2 : 4);
            fields_ |= 1;
            break;
        case 'm':
            m_.month = value;
            fields_ |= 2;
            break;
        case 'd':
            m_.day = value;
            fields_ |= 4;
            break;
        case 'H': return set_time(value, 0, 0);
        case 'M': m_.minute = value; break;
        default: m_.second = value; break;
        }
        return true;
    }

    bool a_word() {
        const std::string word = t_[i_].text;
        const bool first = i_ == 0;
        const bool comma = sign_at(1, ',') || (sign_at(1, '.') && sign_at(2, ','));
        ++i_;
        if (word == "t")
            return true;
        if (first && (comma || (weekday_named(word) && month_named(word) == 0)))
            return true;
        if ((word == "a" || word == "p") && sign_at(0, '.') && peek(1) != nullptr && peek(1)->text == "m") { // "p.m."
            half_ = word == "a" ? 1 : 2;
            i_ += 2;
            return true;
        }
        if (half_of_day(word))
            return true;
        if (zone_next_ || timed_)
            if (const auto east = zone_named(word)) {
                m_.east = zoned_ ? m_.east : *east;
                zoned_ = true;
                zone_next_ = true; // "GMT+01:00"
                return true;
            }
        if (const int month = month_named(word); month != 0 && (month_ == 0 || month_may_be_weekday_)) {
            month_may_be_weekday_ = month_ == 0 && weekday_named(word);
            month_ = month;
            return true;
        }
        if (weekday_named(word) || noise(word))
            return true;
        if (timed_ && !zoned_ && word.size() <= 5) { // a zone nobody knows counts as UTC
            zoned_ = true;
            zone_next_ = true;
            return true;
        }
        return complete(); // what follows a whole date does not make it less of one
    }

    bool complete() const { return timed_ && dated(); }
    bool dated() const { return numbers_.size() + (month_ != 0 ? 1 : 0) >= 3; }

    bool half_of_day(std::string_view word) {
        const bool before = word == "am" || word == "오전" || word == "午前" || word == "上午" || word == "πμ";
        const bool after = word == "pm" || word == "오후" || word == "午後" || word == "下午" || word == "μμ";
        if (word.starts_with("오"))
            asian_ = 9;
        if (!before && !after)
            return false;
        half_ = before ? 1 : 2;
        return true;
    }

    bool take_time_half() {
        if (half_ == 0 || !timed_)
            return true;
        if (half_ == 2 && m_.hour < 12)
            m_.hour += 12;
        else if (half_ == 1 && m_.hour == 12)
            m_.hour = 0;
        return true;
    }

    std::optional<moment> finish() {
        take_time_half();
        if (asian_ != 0 && !zoned_)
            m_.east = std::chrono::hours{asian_};
        if (fields_ != 0)
            return (fields_ & 1) != 0 ? std::optional(m_) : std::nullopt;
        return set_date(m_, numbers_, month_) ? std::optional(m_) : std::nullopt;
    }

    std::vector<token> t_;
    std::size_t i_ = 0;
    moment m_;
    std::vector<date_number> numbers_;
    char last_sign_ = ' ';
    int month_ = 0;
    bool month_may_be_weekday_ = false;
    bool timed_ = false;
    bool zoned_ = false;
    bool zone_next_ = false;
    int half_ = 0;
    int asian_ = 0;
    int fields_ = 0;
};

} // namespace

std::optional<domain::instant> parse_feed_date(std::string_view text) {
    const std::string_view blanks = " \t\r\n";
    const auto from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos || text.size() > 200)
        return std::nullopt;
    text = text.substr(from, text.find_last_not_of(blanks) - from + 1);
    if (const auto stamp = since_1970(text))
        return stamp;
    const auto read = date_reader(tokens_of(without_weeks(text))).read();
    return read ? instant_of(*read) : std::nullopt;
}

} // namespace whynow::sources::documents
