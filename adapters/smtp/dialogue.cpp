#include "adapters/smtp/dialogue.hpp"

#include <algorithm>

namespace whynow::smtp {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

bool begins(std::string_view line, std::string_view command) {
    return line.size() >= command.size() &&
           std::equal(command.begin(), command.end(), line.begin(),
                      [](char c, char l) { return c == (l >= 'a' && l <= 'z' ? l - 32 : l); });
}

// "5.1.1" at the front of a reply's text (RFC 3463), or nothing.
std::string enhanced_of(std::string_view text) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    const bool shape = word.size() >= 5 && word.size() <= 9 && (word[0] == '2' || word[0] == '4' || word[0] == '5') &&
                       word[1] == '.' && std::count(word.begin(), word.end(), '.') == 2 && digit(word.back()) &&
                       std::all_of(word.begin(), word.end(), [](char c) { return digit(c) || c == '.'; });
    return shape ? std::string(word) : std::string();
}

template <class Each>
void each_line(std::string_view text, Each each) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!line.empty())
            each(line);
    }
}

} // namespace

void dialogue::enter(stage s) {
    stage_ = s;
    code_ = 0;
    enhanced_.clear();
    reply_.clear();
}

void dialogue::said(std::string_view lines) {
    leaving_ = lines == "QUIT\r\n";
    if (stage_ == stage::body || stage_ == stage::whole)
        return; // the mail's own lines are no commands
    each_line(lines, [this](std::string_view line) {
        if (begins(line, "MAIL FROM:"))
            enter(stage::sender);
        else if (begins(line, "RCPT TO:"))
            enter(stage::recipient);
        else if (begins(line, "DATA"))
            enter(stage::data);
        else if (begins(line, "AUTH ") || begins(line, "STARTTLS"))
            enter(stage::login);
    });
}

void dialogue::heard(std::string_view lines) {
    if (leaving_)
        return; // a goodbye is no answer to the mail
    each_line(lines, [this](std::string_view line) {
        if (stage_ == stage::over || line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, digit))
            return;
        code_ = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        const auto text = line.substr(std::min<std::size_t>(4, line.size()));
        enhanced_ = enhanced_of(text);
        reply_ = text.substr(0, 200);
        // The first whole answer to the mail is the answer; a goodbye after it changes nothing.
        if (stage_ == stage::whole && (line.size() == 3 || line[3] == ' '))
            stage_ = stage::over;
    });
}

void dialogue::body_whole() { enter(stage::whole); }

mail_result dialogue::refused() const {
    const auto about_address = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"};
    const bool named = std::find(about_address.begin(), about_address.end(), enhanced_) != about_address.end();
    const bool plainly =
        enhanced_.empty() && stage_ == stage::recipient && (code_ == 550 || code_ == 551 || code_ == 553);
    return rejected{code_, enhanced_, named || plainly, reply_};
}

mail_result dialogue::outcome(std::string_view trouble) const {
    if (stage_ == stage::over && code_ >= 200 && code_ < 300)
        return sent{reply_};
    if (stage_ == stage::whole)
        return unknown{};
    if (stage_ == stage::body)
        return not_sent{0, {}, trouble.empty() ? "broken" : std::string(trouble)};
    const bool about_mail = stage_ >= stage::sender;
    if (about_mail && code_ >= 500)
        return refused();
    if (about_mail && code_ >= 400)
        return not_sent{code_, enhanced_, "temporary"};
    if (code_ >= 400)
        return not_sent{code_, enhanced_, stage_ == stage::login ? "login" : "server"};
    return not_sent{0, {}, trouble.empty() ? "broken" : std::string(trouble)};
}

} // namespace whynow::smtp
