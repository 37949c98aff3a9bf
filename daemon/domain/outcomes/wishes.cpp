#include "domain/outcomes/wishes.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

namespace {

class wish {
  public:
    wish(const reply_rules& rules, const std::vector<token>& t, std::size_t begin, std::size_t end)
        : rules_(rules), t_(t), begin_(begin), end_(end) {}

    bool stands() const {
        if (inside(rules_.wish.not_inside) || bounded_before() || bounded_behind() || ours() || of_others())
            return false;
        const auto& last = t_[end_ - 1].text;
        if (end_ - begin_ == 1 && begin_ > 0 && (t_[begin_].hyphened || negative(begin_ - 1)))
            return false; // "non-stop", "couldn't stop"
        if (last == "stop" && !closes(end_))
            return false; // "stop by Tuesday"
        return !negative_removal() && !of_somebody_else() && !of_other_list();
    }

  private:
    bool inside(const pattern_set& set) const {
        for (auto i = begin_; i < end_; ++i)
            if (set.match(t_, i) > i)
                return true;
        return false;
    }
    bool negative(std::size_t i) const { return rules_.hint.negation.match(t_, i) > i; }
    bool closes(std::size_t i) const {
        return i >= t_.size() || t_[i].is != token::sort::word || rules_.wish.closing.match(t_, i) > i;
    }

    // "today don't call any more"
    bool bounded_before() const {
        for (std::size_t back = 1; back <= 3 && back <= begin_; ++back) {
            if (t_[begin_ - back].is == token::sort::mark)
                return false;
            if (rules_.wish.not_before.match(t_, begin_ - back) > begin_ - back)
                return true;
        }
        return false;
    }

    // "don't call before ten"; but "remove her from the list today" is a wish.
    bool bounded_behind() const {
        return end_ < t_.size() && t_[end_].is == token::sort::word && !inside(rules_.wish.for_good) &&
               rules_.hint.not_a_wish.match(t_, end_) > end_;
    }

    // "I did not call again"; but "asked that we don't call" is a wish.
    bool ours() const {
        for (std::size_t back = 1; back <= 4 && back <= begin_; ++back) {
            const auto i = begin_ - back;
            if (ends_clause(t_[i]))
                return false;
            if (rules_.hint.no_wish_asked.match(t_, i) > i && !wished_of_us(i))
                return true;
        }
        return false;
    }
    bool wished_of_us(std::size_t i) const {
        if (t_[i].text != "we" && t_[i].text != "i" && t_[i].text != "wir" && t_[i].text != "ich")
            return false;
        for (std::size_t back = 1; back <= 3 && back <= i; ++back)
            if (rules_.wish.asked_of_us.match(t_, i - back) > i - back)
                return true;
        return false;
    }

    // "their leads ask not to be called"
    bool of_others() const {
        for (std::size_t back = 1; back <= 3 && back <= begin_ && !ends_clause(t_[begin_ - back]); ++back)
            if (rules_.wish.others.match(t_, begin_ - back) > begin_ - back)
                return true;
        return rules_.wish.others.match(t_, begin_) > begin_;
    }

    // "don't drop him, he's warm"
    bool negative_removal() const {
        return !negative(begin_) && begin_ > 0 && t_[begin_ - 1].is == token::sort::word && negative(begin_ - 1) &&
               rules_.wish.removal.match(t_, begin_) > begin_;
    }

    // "don't call the CFO", "don't call him Bob", "don't email, call", "don't call us, we'll call you"
    bool of_somebody_else() const {
        if (!negative(begin_) || inside(rules_.wish.for_good) || inside(rules_.wish.again))
            return false;
        const auto behind = end_ + (end_ < t_.size() && (t_[end_].text == "," || t_[end_].text == "-") ? 1 : 0);
        if (const auto other = rules_.wish.instead.match(t_, behind);
            other > behind && (behind > end_ || other > behind + 1))
            return true;
        if (inside(rules_.wish.asked))
            return false;
        if (inside(rules_.wish.channel) && rules_.wish.plain_verb.match(t_, begin_ + 1) == begin_ + 1)
            return false;
        if (inside(rules_.wish.both_ways))
            return false; // "don't email or call"
        const bool channel = rules_.wish.channel.match(t_, end_ - 1) == end_ ||
                             (end_ > 1 && rules_.wish.channel.match(t_, end_ - 2) == end_ - 1);
        if (channel)
            return true;
        if (inside(rules_.wish.whom))
            return end_ < t_.size() && t_[end_].is == token::sort::word && t_[end_].capital && t_[end_].text != "i";
        for (auto i = begin_; i < end_; ++i)
            if (rules_.wish.plain_verb.match(t_, i) == end_)
                return !closes(end_) && !(i + 1 == end_ && t_[end_].capital && closes(end_ + 1));
        return false;
    }

    // "off the list of approvers"
    bool of_other_list() const {
        return end_ < t_.size() && t_[end_].text == "of" && rules_.wish.list_words.match(t_, end_ - 1) == end_;
    }

    const reply_rules& rules_;
    const std::vector<token>& t_;
    std::size_t begin_, end_;
};

} // namespace

bool wish_stands(const reply_rules& rules, const std::vector<token>& tokens, std::size_t begin, std::size_t end) {
    return wish(rules, tokens, begin, end).stands();
}

std::optional<span> first_wish(const reply_rules& rules, const std::vector<token>& tokens) {
    const auto& wishes = rules.what[static_cast<std::size_t>(result::do_not_contact)];
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (const auto end = wishes.match(tokens, i); end > i && wish_stands(rules, tokens, i, end))
            return span{tokens[i].at.from, tokens[end - 1].at.to};
    return std::nullopt;
}

} // namespace whynow::domain::outcomes
