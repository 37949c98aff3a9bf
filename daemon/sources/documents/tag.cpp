#include "sources/documents/tag.hpp"

#include <algorithm>

namespace whynow::sources::documents {

namespace {

constexpr std::size_t most_attributes = 64;
constexpr std::size_t longest_name = 200;

bool in_name(char c) { return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

class tag_reader {
  public:
    tag_reader(std::string_view text, std::size_t at, tag& out) : text_(text), at_(at), out_(out) {}

    std::size_t read() {
        ++at_;
        out_.name = name_at(text_, at_);
        out_.attributes.clear();
        out_.faults.clear();
        out_.empty = false;
        for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
            if (text_[at_] == '>') {
                ++at_;
                break;
            }
            if (text_.compare(at_, 2, "/>") == 0) {
                at_ += 2;
                out_.empty = true;
                break;
            }
            if (text_[at_] == '<') {
                fault("a tag is not closed");
                break;
            }
            const tag::attribute a = attribute_here();
            if (out_.attributes.size() < most_attributes &&
                std::any_of(out_.attributes.begin(), out_.attributes.end(),
                            [&](const tag::attribute& b) { return b.name == a.name; }))
                fault("an attribute stands twice");
            if (!a.name.empty() && out_.attributes.size() < most_attributes)
                out_.attributes.push_back(a);
            else if (!a.name.empty())
                fault("too many attributes; the rest is not read");
        }
        return at_;
    }

  private:
    void fault(std::string_view what) {
        if (out_.faults.size() < most_faults)
            out_.faults.push_back(what);
    }

    void skip_blanks() {
        while (at_ < text_.size() && blank(text_[at_]))
            ++at_;
    }

    std::string_view quoted_value() {
        const char quote = text_[at_];
        const auto end = text_.find_first_of(quote == '"' ? "\"<" : "'<", at_ + 1);
        if (end != std::string_view::npos && text_[end] == quote) {
            const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end + 1;
            return value;
        }
        fault("an attribute's quote is not closed");
        const std::size_t from = at_ + 1;
        const auto stop = text_.find_first_of("> \t\r\n<", from);
        at_ = stop == std::string_view::npos ? text_.size() : stop;
        std::string_view value = text_.substr(from, at_ - from);
        if (value.ends_with('/') && at_ < text_.size() && text_[at_] == '>') {
            value.remove_suffix(1);
            --at_;
        }
        return value;
    }

    std::string_view bare_value() {
        fault("an attribute's value has no quotes");
        const std::size_t from = at_;
        while (at_ < text_.size() && !blank(text_[at_]) && text_[at_] != '>' && text_[at_] != '<' &&
               text_.compare(at_, 2, "/>") != 0)
            ++at_;
        return text_.substr(from, at_ - from);
    }

    // One attribute; without name where the tag ends or something else stands here.
    tag::attribute attribute_here() {
        tag::attribute a;
        a.name = name_at(text_, at_);
        if (a.name.empty()) {
            fault("a tag cannot be read");
            ++at_;
            return a;
        }
        skip_blanks();
        if (at_ >= text_.size() || text_[at_] != '=') {
            fault("an attribute has no value");
            return a;
        }
        ++at_;
        skip_blanks();
        if (at_ < text_.size())
            a.value = text_[at_] == '"' || text_[at_] == '\'' ? quoted_value() : bare_value();
        return a;
    }

    std::string_view text_;
    std::size_t at_;
    tag& out_;
};

} // namespace

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string_view name_at(std::string_view text, std::size_t& at) {
    const std::size_t from = at;
    while (at < text.size() && in_name(text[at]))
        ++at;
    return text.substr(from, std::min(at - from, longest_name));
}

std::size_t read_start_tag(std::string_view text, std::size_t at, tag& out) { return tag_reader(text, at, out).read(); }

} // namespace whynow::sources::documents
