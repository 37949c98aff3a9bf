// Who is named in a reply: whom it is about, whom we are sent to. Private to this room.
#pragma once

#include "domain/outcomes/rules.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::outcomes {

class people {
  public:
    // `silent`: nothing in the reply says how the call went, so a bare "Jo Hill, HR director" is a referral.
    // `names`: folded words of the names of those it may be about.
    people(const reply_rules& rules, const std::vector<token>& tokens, std::string_view text,
           std::span<const std::string> names, bool silent);

    const std::optional<subject>& who() const { return who_; }
    const std::vector<referral_heard>& referrals() const { return referrals_; }
    // Is the token part of a name, title or contact that was read?
    bool used(std::size_t i) const { return i < used_.size() && used_[i]; }

  private:
    struct piece {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::string text;
    };
    std::optional<piece> name_at(std::size_t i, bool lower_allowed) const;
    bool name_token(std::size_t i, bool first, bool lower_allowed) const;
    bool known_person(const piece& name) const;
    bool expected(std::size_t i) const;
    std::optional<piece> expected_name(std::size_t i) const;
    bool names_a_place(std::size_t end) const;
    std::optional<piece> title_at(std::size_t i, bool closing = false) const;
    std::optional<piece> wide_title(std::size_t i) const;
    bool title_word(const token& t) const;
    std::optional<piece> title_behind(std::size_t i) const;
    std::size_t skip_articles(std::size_t i) const;
    std::string written(std::size_t begin, std::size_t end) const;

    void find_subject();
    bool leading_number();
    void leading_name();
    void find_referrals(bool silent);
    void titled(std::size_t& i);
    void introduced(std::size_t& i);
    void named_first(std::size_t i, bool silent);
    bool add(const piece& name, std::optional<piece> title, std::size_t from, double sure, bool need_more);
    void more_names(std::size_t i);
    void contacts();
    bool of_the_customer(std::size_t k) const;
    void permission();
    bool is_mark(std::size_t i, std::string_view marks) const;

    const reply_rules& rules_;
    const std::vector<token>& t_;
    std::string_view text_;
    std::span<const std::string> names_;
    bool all_lower_ = true;
    bool all_upper_ = true;
    std::vector<bool> used_;
    std::vector<bool> about_; // tokens of the words that say whom the call was with
    std::optional<subject> who_;
    std::vector<referral_heard> referrals_;
    std::vector<std::size_t> ends_; // token behind each referral's name and title
};

} // namespace whynow::domain::outcomes
