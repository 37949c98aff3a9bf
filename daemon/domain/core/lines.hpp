// What was learned, kept as text: tab-separated lines that a person can read and a diff can show.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <vector>

namespace whynow::domain::lines {

// Writes line by line. A word may hold anything; numbers come back as the same numbers.
class writer {
  public:
    explicit writer(std::string_view head) : out(head) {}
    void word(std::string_view w) {
        separate();
        for (const char c : w)
            switch (c) {
            case '\t': out += "\\t"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\\': out += "\\\\"; break;
            default: out += c;
            }
    }
    template <class N>
    void number(N n) {
        separate();
        fmt::format_to(std::back_inserter(out), "{}", n);
    }
    template <class Numbers>
    void line_of(std::string_view name, const Numbers& numbers) {
        word(name);
        for (const auto n : numbers)
            number(n);
        end();
    }
    void words(std::string_view name, const std::vector<std::string>& all) {
        word(name);
        for (const auto& w : all)
            word(w);
        end();
    }
    void end() {
        out += '\n';
        fresh_ = true;
    }
    std::string out;

  private:
    bool fresh_ = true;
    void separate() {
        if (!fresh_)
            out += '\t';
        fresh_ = false;
    }
};

// Line by line, field by field; `good` turns false at the first thing that is not as written.
class reader {
  public:
    explicit reader(std::string_view text) : rest_(text) {}
    bool good = true;

    bool next_line() {
        const auto end = rest_.find('\n');
        if (end == rest_.npos)
            return false;
        line_ = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        more_ = true;
        return true;
    }
    bool more() const { return more_; }
    // Was everything read? What follows the last line feed was not.
    bool at_end() const { return rest_.empty(); }
    std::string_view field() {
        if (!more_) {
            good = false;
            return {};
        }
        const auto end = line_.find('\t');
        const auto out = line_.substr(0, end);
        more_ = end != line_.npos;
        line_.remove_prefix(more_ ? end + 1 : line_.size());
        return out;
    }
    std::string word() {
        const auto raw = field();
        std::string out;
        for (std::size_t i = 0; i < raw.size(); ++i)
            if (raw[i] != '\\' || i + 1 == raw.size())
                out += raw[i];
            else
                switch (raw[++i]) {
                case 't': out += '\t'; break;
                case 'n': out += '\n'; break;
                case 'r': out += '\r'; break;
                default: out += raw[i];
                }
        return out;
    }
    template <class N>
    N number() {
        const auto raw = field();
        N n{};
        const auto r = std::from_chars(raw.data(), raw.data() + raw.size(), n);
        good = good && r.ec == std::errc{} && r.ptr == raw.data() + raw.size();
        if constexpr (std::is_floating_point_v<N>)
            good = good && std::isfinite(n);
        return n;
    }
    template <class N>
    std::vector<N> numbers() {
        std::vector<N> out;
        while (more_ && good)
            out.push_back(number<N>());
        return out;
    }
    std::vector<std::string> words() {
        std::vector<std::string> out;
        while (more_)
            out.push_back(word());
        return out;
    }

  private:
    std::string_view rest_, line_;
    bool more_ = false;
};

} // namespace whynow::domain::lines
