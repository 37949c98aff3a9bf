#include "domain/outcomes/reply_reader.hpp"

#include "domain/outcomes/cues.hpp"
#include "domain/outcomes/follow_up.hpp"
#include "domain/outcomes/judgement.hpp"
#include "domain/outcomes/learned.hpp"
#include "domain/outcomes/people.hpp"
#include "domain/outcomes/wishes.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace whynow::domain::outcomes {

namespace {

constexpr std::size_t longest_reply = 8192; // bytes; behind them only the wish not to be called is looked for
constexpr std::size_t most_cards = 100;     // no brief has so many
constexpr double sure_of_a_wish = 0.9;

bool any_how(const cues& c) {
    return std::ranges::any_of(c.all(),
                               [](const cue& x) { return x.how.has_value() && x.how != disposition::connected; });
}

// Where each part of a reply about several cards begins: a line or clause that begins with a card's number.
std::vector<std::size_t> card_starts(std::string_view text) {
    std::vector<std::size_t> out;
    bool fresh = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' || c == ';' || c == ',') {
            fresh = true;
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\r')
            continue;
        if (!std::exchange(fresh, false))
            continue;
        std::size_t d = i + (c == '#' ? 1 : 0);
        const auto digits_from = d, digits_most = std::min(text.size(), d + 3);
        while (d < digits_most && text[d] >= '0' && text[d] <= '9')
            ++d;
        const bool number = d > digits_from && d - digits_from <= 2;
        const bool closed = d < text.size() && (text[d] == ':' || text[d] == ')' || (text[d] == ' ' && c == '#'));
        const bool clock = d + 1 < text.size() && text[d] == ':' && text[d + 1] >= '0' && text[d + 1] <= '9';
        if (number && closed && !clock)
            out.push_back(i);
    }
    return out;
}

void shift(understood& u, std::size_t by) {
    const auto move = [by](span& s) { s = {s.from + by, s.to + by}; };
    if (u.how)
        move(u.how->at);
    for (auto& r : u.results)
        move(r.at);
    if (u.follow_up) {
        move(u.follow_up->at);
        move(u.follow_up->value.at);
    }
    for (auto& r : u.referrals)
        move(r.at);
    for (auto* f : {&u.learned.challenge, &u.learned.timeline, &u.learned.vendor, &u.learned.budget, &u.learned.tried})
        if (*f)
            move((*f)->at);
    if (u.wanted)
        move(u.wanted->at);
    if (u.who)
        move(u.who->at);
}

// The words of full names, folded, without "de la" and the like.
std::vector<std::string> words_of_names(const reply_rules& rules, std::span<const std::string> people) {
    std::vector<std::string> out;
    for (const auto& name : people)
        for (const auto& t : tokens_of(name))
            if (t.is == token::sort::word && !t.digits && t.text.size() > 1 && !rules.particles.contains(t.text) &&
                !rules.salutations.contains(t.text))
                out.push_back(t.text);
    return out;
}

} // namespace

reply_reader::reply_reader(const rules::node& rules, const dates::reader& dates)
    : rules_(std::make_unique<const reply_rules>(rules)), dates_(&dates) {}
reply_reader::~reply_reader() = default;
reply_reader::reply_reader(reply_reader&&) noexcept = default;
reply_reader& reply_reader::operator=(reply_reader&&) noexcept = default;

understood reply_reader::read(std::string_view text, local_time now, std::string_view zone, const zones& clocks,
                              std::span<const std::string> people) const {
    if (text.size() <= longest_reply)
        return read_whole(text, now, zone, clocks, people);
    const auto cut = text.find_last_of(" \n", longest_reply);
    const auto head = text.substr(0, cut == std::string_view::npos || cut == 0 ? longest_reply : cut);
    auto out = read_whole(head, now, zone, clocks, people);
    if (!out.has(result::do_not_contact))
        if (const auto wish = wish_in(text, head.size())) {
            out.how = heard<disposition>{disposition::connected, *wish, sure_of_a_wish};
            out.guess.reset();
            out.results.assign(1, {result::do_not_contact, *wish, sure_of_a_wish});
            out.wanted = heard<action>{action::remove, *wish, sure_of_a_wish};
        }
    return out;
}

// Where the text from `from` on says that nobody is to call again.
std::optional<span> reply_reader::wish_in(std::string_view text, std::size_t from) const {
    constexpr std::size_t part = 4096, overlap = 200;
    for (; from < text.size(); from += part) {
        const auto begin = from > overlap ? from - overlap : 0;
        auto tokens = tokens_of(text.substr(begin, part + overlap));
        rules_->write_out(tokens);
        rules_->number(tokens);
        if (const auto wish = first_wish(*rules_, tokens))
            return span{begin + wish->from, begin + wish->to};
    }
    return std::nullopt;
}

understood reply_reader::read_whole(std::string_view text, local_time now, std::string_view zone, const zones& clocks,
                                    std::span<const std::string> people) const {
    auto tokens = tokens_of(text);
    if (tokens.empty())
        return {};
    rules_->write_out(tokens);
    auto mended = tokens;
    rules_->mend(mended);
    rules_->number(tokens);
    rules_->number(mended);
    const cues found(*rules_, mended);
    const auto names = words_of_names(*rules_, people);
    const outcomes::people named(*rules_, tokens, text, names, !any_how(found));
    const learning facts_heard(*rules_, mended, text, named, found);
    const dates::standpoint here{
        .now = now, .zone = zone, .day_first = rules_->zone_is_day_first(zone), .lang = {}, .names = names};
    auto learned = facts_heard.read();
    auto when = read_follow_up(*rules_, *dates_, mended, text, found, learned.vendor, here, clocks);
    return judged(mended, *rules_, found, named, std::move(learned), std::move(when), now.date);
}

std::vector<understood> reply_reader::read_each(std::string_view text, local_time now, std::string_view zone,
                                                const zones& clocks, std::span<const std::string> people) const {
    const auto starts = card_starts(text);
    std::vector<understood> out;
    if (starts.size() < 2 || starts.size() > most_cards ||
        text.substr(0, starts.front()).find_first_not_of(" \t\r\n") != std::string_view::npos) {
        out.push_back(read(text, now, zone, clocks, people));
        return out;
    }
    for (std::size_t k = 0; k < starts.size(); ++k) {
        const auto end = k + 1 < starts.size() ? starts[k + 1] : text.size();
        out.push_back(read(text.substr(starts[k], end - starts[k]), now, zone, clocks, people));
        shift(out.back(), starts[k]);
    }
    return out;
}

} // namespace whynow::domain::outcomes
