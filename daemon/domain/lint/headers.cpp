#include "domain/lint/headers.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace whynow::domain::lint {
namespace {

constexpr std::array<std::string_view, 17> header_names{"bcc",
                                                        "cc",
                                                        "to",
                                                        "from",
                                                        "reply-to",
                                                        "sender",
                                                        "content-type",
                                                        "mime-version",
                                                        "content-transfer-encoding",
                                                        "return-path",
                                                        "received",
                                                        "resent-to",
                                                        "list-unsubscribe",
                                                        "message-id",
                                                        "content-disposition",
                                                        "disposition-notification-to",
                                                        "subject"};

constexpr std::size_t most_addresses = 16; // two are too many already

std::string lower(std::string_view s) {
    std::string out(s);
    for (auto& c : out)
        c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    return out;
}

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t'))
        s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r'))
        s.remove_suffix(1);
    return s;
}

// The name before the colon of a header-like line, or nothing.
std::string header_name(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0)
        return {};
    const auto name = trimmed(line.substr(0, colon));
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
            return {};
    return lower(name);
}

// Characters by which a value could become another header once it is written somewhere else.
bool dangerous(std::string_view value) {
    for (std::size_t at = 0; at < value.size();) {
        const auto c = text::next_code_point(value, at);
        if ((c < ' ' && c != '\t') || c == 0x7F || c == 0x85 || c == 0x2028 || c == 0x2029)
            return true;
    }
    const auto l = lower(value);
    constexpr std::array<std::string_view, 7> tricks{"%0a", "%0d", "\\n", "\\r", "=?", "&#10;", "&#13;"};
    return std::ranges::any_of(tricks, [&](std::string_view t) { return l.find(t) != std::string::npos; });
}

class head_reader {
  public:
    explicit head_reader(std::string_view text) : text_(text) {}

    mail_head run() {
        std::size_t at = 0;
        bool ended = false;
        while (at < text_.size() && !ended) {
            const auto end = std::min(text_.find('\n', at), text_.size());
            auto line = text_.substr(at, end - at);
            if (!line.empty() && line.back() == '\r')
                line.remove_suffix(1);
            if (trimmed(line).empty())
                ended = true;
            else
                header(line, at);
            at = std::min(end + 1, text_.size());
        }
        out_.body_at = at;
        if (!ended || !has_to_ || !has_subject_)
            refuse(0);
        recipients();
        body(at);
        return std::move(out_);
    }

  private:
    void refuse(std::size_t at) {
        if (!out_.injected)
            out_.injected = true, out_.injected_at = at;
    }

    void header(std::string_view line, std::size_t at) {
        const auto name = header_name(line);
        const auto value = name.empty() ? std::string_view{} : trimmed(line.substr(line.find(':') + 1));
        if (line.front() == ' ' || line.front() == '\t' || dangerous(line))
            refuse(at);
        if (name == "to") {
            out_.many = out_.many || has_to_;
            has_to_ = true;
            out_.to = value;
        } else if (name == "subject") {
            if (has_subject_)
                refuse(at);
            has_subject_ = true;
            out_.subject = value;
            out_.subject_at = static_cast<std::size_t>(value.data() - text_.data());
        } else {
            refuse(at);
            out_.many = out_.many || name == "cc" || name == "bcc";
        }
    }

    void recipients() {
        const auto to = out_.to;
        for (std::size_t at = to.find('@'); at != std::string_view::npos && out_.addresses.size() < most_addresses;
             at = to.find('@', at + 1)) {
            constexpr std::string_view around = " \t<>,;\"'()";
            const auto before = to.find_last_of(around, at);
            const auto from = before == std::string_view::npos ? 0 : before + 1;
            const auto end = std::min(to.find_first_of(around, at), to.size());
            out_.addresses.push_back(to.substr(from, end - from));
        }
        bool quoted = false, name_part = out_.addresses.size() == 1 && to.find('<') != std::string_view::npos;
        std::size_t commas = 0;
        const auto name_end = to.find('<');
        for (std::size_t i = 0; i < to.size(); ++i) {
            quoted = to[i] == '"' ? !quoted : quoted;
            const bool in_name = name_part && i < name_end;
            commas += !quoted && (to[i] == ';' || (to[i] == ',' && !in_name)) ? 1 : 0;
        }
        out_.many = out_.many || out_.addresses.size() > 1 || commas > 0;
    }

    // A body whose lines look like headers would be one after the next careless step.
    void body(std::size_t at) {
        while (at < text_.size()) {
            const auto end = std::min(text_.find('\n', at), text_.size());
            auto line = text_.substr(at, end - at);
            if (!line.empty() && line.back() == '\r')
                line.remove_suffix(1);
            const auto name = header_name(line);
            if (std::ranges::find(header_names, name) != header_names.end() ||
                line.find('\r') != std::string_view::npos || line.find('\0') != std::string_view::npos)
                refuse(at);
            at = end + 1;
        }
    }

    std::string_view text_;
    mail_head out_;
    bool has_to_ = false, has_subject_ = false;
};

} // namespace

mail_head read_head(std::string_view text) { return head_reader(text).run(); }

} // namespace whynow::domain::lint
