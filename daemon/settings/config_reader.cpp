#include "settings/config_reader.hpp"

#include "domain/compliance/calling_hours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

namespace whynow::settings {
namespace {

std::string upper(std::string_view t) {
    std::string out;
    for (const char c : t)
        out += char(c >= 'a' && c <= 'z' ? c - 32 : c);
    return out;
}

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::optional<std::string> whole_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return std::nullopt;
    std::ostringstream all;
    all << in.rdbuf();
    auto text = all.str();
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        auto rest = line.substr(0, line.find('#'));
        while (!rest.empty()) {
            auto part = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(part.size() + 1, rest.size()));
            while (!part.empty() && std::string_view(" \t\r").find(part.front()) != std::string_view::npos)
                part.remove_prefix(1);
            while (!part.empty() && std::string_view(" \t\r").find(part.back()) != std::string_view::npos)
                part.remove_suffix(1);
            if (!part.empty())
                out.emplace_back(part);
        }
    }
    return out;
}

} // namespace

bool is_address(std::string_view t) {
    const auto at = t.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < t.size() &&
           t.find_first_of(" \r\n") == std::string_view::npos;
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const auto& k : known)
        if (const auto d = distance(word, k); d < least) {
            least = d;
            best = k;
        }
    return best;
}

config_reader::config_reader(const rules::node& root, std::string_view file, const environment& env,
                             std::vector<mistake>& mistakes)
    : root_(root), file_(file), env_(env), mistakes_(mistakes) {}

bool config_reader::has(std::string_view section) const {
    if (!root_[section].missing())
        return true;
    const auto prefix = fmt::format("WHYNOW_{}__", upper(section));
    return std::ranges::any_of(env_, [&](const auto& e) { return e.first.starts_with(prefix); });
}

void config_reader::enter(std::string_view section) {
    section_ = section;
    table_ = &root_[section];
    indexed_ = false;
    asked_.clear();
    before_ = mistakes_.size();
    if (!table_->missing() && !std::holds_alternative<rules::table>(table_->value()))
        mistakes_.push_back({table_->at(), fmt::format("[{}]", section),
                             fmt::format("this is {}, not a section", table_->kind()),
                             fmt::format("write a line [{}] and its keys below it", section)});
}

void config_reader::enter(std::string_view section, const rules::node& table, std::size_t) {
    section_ = section;
    table_ = &table;
    indexed_ = true;
    asked_.clear();
    before_ = mistakes_.size();
}

rules::place config_reader::place_of(std::string_view key) const {
    const auto& n = (*table_)[key];
    if (!n.missing())
        return n.at();
    return table_->missing() ? rules::place{rules::kept_name(file_), 1, 1} : table_->at();
}

std::string config_reader::shown(std::string_view key) const {
    return indexed_ ? fmt::format("[[{}]] {}", section_, key) : fmt::format("[{}] {}", section_, key);
}

std::string config_reader::beside(const std::string& path) const {
    if (path.empty() || path.front() == '/')
        return path;
    const auto slash = file_.rfind('/');
    return slash == std::string::npos ? path : file_.substr(0, slash + 1) + path;
}

void config_reader::wrong(std::string_view key, std::string what, std::string cure) {
    mistakes_.push_back({place_of(key), shown(key), std::move(what), std::move(cure)});
}

void config_reader::missing(std::string_view key, std::string what, std::string cure) {
    const auto plain = shown(key), by_file = plain + "_file";
    for (auto i = before_; i < mistakes_.size(); ++i)
        if (mistakes_[i].key == plain || mistakes_[i].key == by_file)
            return;
    wrong(key, std::move(what), std::move(cure));
}

std::optional<config_reader::raw> config_reader::take(std::string_view key) {
    asked_.emplace_back(key);
    const auto file_key = fmt::format("{}_file", key);
    asked_.push_back(file_key);
    const auto& plain = (*table_)[key];
    const auto& by_file = (*table_)[file_key];
    if (!indexed_) {
        const auto name = fmt::format("WHYNOW_{}__{}", upper(section_), upper(key));
        if (const auto it = env_.find(name); it != env_.end())
            return raw{it->second, nullptr};
        if (const auto it = env_.find(name + "_FILE"); it != env_.end()) {
            if (auto text = whole_file(it->second))
                return raw{std::move(text), nullptr};
            wrong(key, fmt::format("the file that {}_FILE names cannot be read", name),
                  "check the path and its permissions");
            return std::nullopt;
        }
    }
    if (!plain.missing() && !by_file.missing()) {
        wrong(file_key, fmt::format("both {} and {} are given", key, file_key), "keep one of them");
        return std::nullopt;
    }
    if (!by_file.missing()) {
        const auto* path = std::get_if<std::string>(&by_file.value());
        if (!path) {
            wrong(file_key, fmt::format("this is {}, it must be a path", by_file.kind()),
                  fmt::format("write {} = \"/path/to/file\"", file_key));
            return std::nullopt;
        }
        if (auto text = whole_file(beside(*path)))
            return raw{std::move(text), nullptr};
        wrong(file_key, fmt::format("the file {} cannot be read", *path), "check the path and its permissions");
        return std::nullopt;
    }
    if (plain.missing())
        return std::nullopt;
    return raw{std::nullopt, &plain};
}

std::optional<std::string> config_reader::take_text(std::string_view key, std::string_view example) {
    auto r = take(key);
    if (!r)
        return std::nullopt;
    if (r->text)
        return r->text;
    if (const auto* s = std::get_if<std::string>(&r->node->value()))
        return *s;
    wrong(key, fmt::format("this is {}, it must be a string", r->node->kind()),
          fmt::format("write {} = \"{}\"", key, example));
    return std::nullopt;
}

void config_reader::text(std::string_view key, std::string& into) {
    if (auto t = take_text(key, "…"))
        into = std::move(*t);
}

std::string config_reader::file(std::string_view key, std::string& into) {
    text(key, into);
    if (into.empty() || into.starts_with("-----BEGIN"))
        return into;
    into = beside(into);
    auto held = whole_file(into);
    if (!held)
        wrong(key, fmt::format("the file {} cannot be read", into), "check the path and its permissions");
    return held.value_or("");
}

void config_reader::hidden(std::string_view key, secret& into) {
    auto t = take_text(key, "…");
    if (!t)
        return;
    if (t->empty())
        return wrong(key, "this secret is empty", fmt::format("give a value, or leave {} out", key));
    into = secret(std::move(*t));
}

void config_reader::texts(std::string_view key, std::vector<std::string>& into) {
    auto r = take(key);
    if (!r)
        return;
    if (r->text) { // from the environment or a file: separated by commas or lines
        into = parts_of(*r->text);
        return;
    }
    const auto& items = r->node->items();
    const bool list = std::holds_alternative<rules::list>(r->node->value());
    if (!list ||
        std::ranges::any_of(items, [](const auto& n) { return !std::holds_alternative<std::string>(n.value()); }))
        return wrong(
            key,
            fmt::format("this is {}, it must be a list of strings", list ? "a list of other things" : r->node->kind()),
            fmt::format("write {} = [\"…\", \"…\"]", key));
    into = r->node->texts();
}

void config_reader::choice(std::string_view key, std::string& into, std::span<const std::string_view> allowed) {
    const auto t = take_text(key, *allowed.begin());
    if (!t)
        return;
    if (std::ranges::find(allowed, std::string_view(*t)) == allowed.end())
        return wrong(key, fmt::format("\"{}\" is not known here", *t),
                     fmt::format("use one of: {}", fmt::join(allowed, ", ")));
    into = *t;
}

void config_reader::truth(std::string_view key, bool& into) {
    const auto r = take(key);
    if (!r)
        return;
    if (r->text) {
        if (*r->text != "true" && *r->text != "false")
            return wrong(key, fmt::format("\"{}\" is neither true nor false", *r->text), "use true or false");
        into = *r->text == "true";
        return;
    }
    if (!std::holds_alternative<bool>(r->node->value()))
        return wrong(key, fmt::format("this is {}, it must be true or false", r->node->kind()),
                     fmt::format("write {} = true (without quotes)", key));
    into = r->node->truth(into);
}

void config_reader::number(std::string_view key, double& into, double least, double most) {
    const auto r = take(key);
    if (!r)
        return;
    double value = 0;
    if (r->text) {
        const auto e = std::from_chars(r->text->data(), r->text->data() + r->text->size(), value);
        if (e.ec != std::errc{} || e.ptr != r->text->data() + r->text->size())
            return wrong(key, fmt::format("\"{}\" is not a number", *r->text), "give a plain number");
    } else if (std::holds_alternative<std::int64_t>(r->node->value()) ||
               std::holds_alternative<double>(r->node->value())) {
        value = r->node->number(0);
    } else {
        return wrong(key, fmt::format("this is {}, it must be a number", r->node->kind()),
                     fmt::format("write {} = {} (without quotes)", key, least));
    }
    if (!(value >= least && value <= most))
        return wrong(key, fmt::format("{} is out of range", value),
                     fmt::format("use a number from {} to {}", least, most));
    into = value;
}

void config_reader::whole(std::string_view key, int& into, int least, int most) {
    double value = into;
    const auto before = mistakes_.size();
    number(key, value, least, most);
    if (mistakes_.size() != before)
        return;
    if (value != double(int(value)))
        return wrong(key, fmt::format("{} is not a whole number", value),
                     fmt::format("use a whole number from {} to {}", least, most));
    into = int(value);
}

void config_reader::share(std::string_view key, double& into) {
    const auto& n = (*table_)[key];
    const auto* written = std::get_if<std::string>(&n.value());
    const auto name = fmt::format("WHYNOW_{}__{}", upper(section_), upper(key));
    const auto from_env = env_.find(name);
    if (!written && from_env == env_.end())
        return number(key, into, 0.05, 1);
    asked_.emplace_back(key);
    auto t = from_env != env_.end() ? from_env->second : *written;
    const bool percent = !t.empty() && t.back() == '%';
    if (percent)
        t.pop_back();
    double value = 0;
    const auto e = std::from_chars(t.data(), t.data() + t.size(), value);
    if (e.ec != std::errc{} || e.ptr != t.data() + t.size())
        return wrong(key, fmt::format("\"{}\" is not a share", t), "write \"50%\" or 0.5");
    value /= percent ? 100 : 1;
    if (value < 0.05 || value > 1)
        return wrong(key, fmt::format("{:.0f} % is out of range", value * 100), "use a share from 5% to 100%");
    into = value;
}

void config_reader::clock(std::string_view key, minute_of_day& into) {
    const auto t = take_text(key, "08:00");
    if (!t)
        return;
    const auto at = parse_clock(*t);
    if (!at)
        return wrong(key, fmt::format("\"{}\" is not a time of day", *t),
                     "write hours and minutes of a 24 hour clock, like \"08:00\"");
    into = *at;
}

void config_reader::span(std::string_view key, std::chrono::seconds& into, std::chrono::seconds least) {
    const auto t = take_text(key, "15m");
    if (!t)
        return;
    int n = 0;
    const auto e = std::from_chars(t->data(), t->data() + t->size(), n);
    const std::string_view unit(e.ptr, t->data() + t->size());
    const int seconds = unit == "s"                    ? 1
                        : unit == "m" || unit == "min" ? 60
                        : unit == "h"                  ? 3600
                        : unit == "d"                  ? 86400
                                                       : 0;
    if (e.ec != std::errc{} || seconds == 0 || n <= 0 || n > 100'000)
        return wrong(key, fmt::format("\"{}\" is not a length of time", *t),
                     "write a number and s, m, h or d, like \"15m\"");
    if (std::chrono::seconds{n * seconds} < least)
        return wrong(key, fmt::format("{} is too short", *t), fmt::format("use {} s or more", least.count()));
    into = std::chrono::seconds{n * seconds};
}

void config_reader::zone(std::string_view key, std::string& into, const zones& clocks) {
    const auto t = take_text(key, "Europe/Berlin");
    if (!t)
        return;
    if (!clocks.known(*t))
        return wrong(key, fmt::format("there is no time zone \"{}\"", *t),
                     "use a name of the tz database, like \"Europe/Berlin\" or \"America/New_York\"");
    into = *t;
}

void config_reader::url(std::string_view key, std::string& into) {
    const auto t = take_text(key, "https://…");
    if (!t)
        return;
    const bool good = (t->starts_with("https://") && t->size() > 8) || (t->starts_with("http://") && t->size() > 7);
    if (!good || t->find_first_of(" \t\n\"<>") != std::string::npos)
        return wrong(key, fmt::format("\"{}\" is not an address", *t),
                     "write a whole address that begins with https:// (or http://)");
    into = *t;
}

void config_reader::days(std::string_view key, std::bitset<7>& into) {
    const auto t = take_text(key, "Mon-Fri");
    if (!t)
        return;
    const auto d = compliance::parse_days(*t);
    if (!d)
        return wrong(key, fmt::format("\"{}\" are not days of the week", *t), "write \"Mon-Fri\" or \"Mon,Tue,Thu\"");
    into = *d;
}

void config_reader::leave() {
    for (const auto& [key, value] : table_->entries()) {
        if (std::ranges::find(asked_, key) != asked_.end())
            continue;
        const auto near = nearest(key, asked_);
        std::vector<std::string> keys;
        std::ranges::copy_if(asked_, std::back_inserter(keys), [](const auto& k) { return !k.ends_with("_file"); });
        mistakes_.push_back({value.at(), shown(key), "there is no such key",
                             near.empty() ? fmt::format("the keys here are: {}", fmt::join(keys, ", "))
                                          : fmt::format("did you mean {}?", near)});
    }
}

void config_reader::unknown_sections(std::initializer_list<std::string_view> known) {
    const std::vector<std::string> names(known.begin(), known.end());
    for (const auto& [key, value] : root_.entries())
        if (std::ranges::find(known, std::string_view(key)) == known.end()) {
            const auto near = nearest(key, names);
            mistakes_.push_back({value.at(), fmt::format("[{}]", key), "there is no such section",
                                 near.empty() ? fmt::format("the sections are: {}", fmt::join(known, ", "))
                                              : fmt::format("did you mean [{}]?", near)});
        }
}

} // namespace whynow::settings
