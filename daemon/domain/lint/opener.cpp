#include "domain/lint/opener.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace whynow::domain::lint {
namespace {

constexpr double least_telling = 4;             // a smaller number may be any: "one thing", "two questions"
constexpr std::size_t longest_aside = 4;        // "I'll keep to that."
constexpr int most_about_nobody = 4;            // sentences before one is about them
constexpr std::size_t reach_of_perceiving = 10; // words after "I" in which "saw", "read", "noticed" may stand

constexpr std::size_t weight_of_ours = 2;   // of a sentence about our doings; one about the caller alone weighs 1
constexpr std::size_t least_of_a_story = 3; // such weights

// A life told at length, in words up to where it comes to the customer, by how many things it tells.
constexpr std::size_t long_with_one_thing = 22, long_with_two = 15, many_things = 3;

class opener_check {
  public:
    opener_check(checker& c) : c_(c), words_(c.read().words()), told_(words_.size()) {
        for (const auto& q : c.quantities())
            if (const bool any = q.what == quantity::kind::number && !q.strong && q.values.front() < least_telling;
                !any && c.facts().has(q))
                std::fill(told_.begin() + std::ptrdiff_t(q.at.from), told_.begin() + std::ptrdiff_t(q.at.to), true);
    }

    void run() {
        them_first();
        const auto own = weighed();
        biography(own);
        questions();
        offer();
        me_story(own);
    }

  private:
    // "I saw that you …", "Mir ist aufgefallen, …", "I'm calling because …": the seller only as the one who looks.
    bool perceives(std::size_t at, span in) const {
        const auto& m = c_.read().match();
        const auto from = at > in.from + 2 ? at - 2 : in.from;
        const auto to = std::min(at + reach_of_perceiving, in.to);
        const auto verbs =
            c_.is("us", at) ? "noticed" : "perceive"; // "we look at renewals" is about us, "I look at" is not
        for (auto i = from; i < to; ++i) {
            const bool reflexive = i > at && (i == at + 1 || words_[i].folded == words_[at].folded); // "wir uns"
            const bool deed =
                c_.is("own_deed", i) && !(i + 1 < to && c_.is("perceive", i + 1)); // "can't help noticing"
            if (i > at && ((c_.is_self(i) && !reflexive) || deed))
                return false;
            if (m.match_class(verbs, i, in.to) || m.match_class("shared_deed", i, in.to) ||
                (i < at && c_.is("told_us", i))) // "they tell us", not "we tell you"
                return true;
        }
        return false;
    }

    // "I help …", "I'd like to introduce …": what the caller does, and no mere "I wonder", "I'd guess", "I live near".
    bool own_affair(std::size_t at, span s) const {
        const auto& m = c_.read().match();
        if (m.match_class("us", at, s.to)) // "my company"
            return true;
        for (auto i = at; i < std::min(at + reach_of_perceiving, s.to); ++i) {
            if (m.match_class("own_affair", i, s.to))
                return true;
            if (c_.is("own_deed", i) && !(i + 1 < s.to && c_.is("likewise", i + 1))) // not "I sell, too"
                return true;
            if (i > at && (words_[i].opens_clause || (c_.is_them(i) && !only_called(i, s))))
                return false;
        }
        return false;
    }

    // The first word after greeting, names and "this is Dana from Acme".
    std::size_t after_greeting(span s) const {
        const auto& m = c_.read().match();
        auto at = s.from;
        while (at < s.to) {
            if (c_.introduces(at) || (at > s.from && c_.introduces(at - 1) && c_.is("joint", at))) {
                ++at;
            } else if (const auto end = m.match_class("intro", at, s.to)) {
                at = end_of_intro(*end, s);
            } else if (const auto hello = m.match_class("greeting", at, s.to)) {
                at = *hello;
            } else if (const auto company = at > s.from && c_.is("of_company", at)
                                                ? m.match_class("company", at + 1, s.to)
                                                : std::nullopt) {
                at = *company;
            } else if (const auto name =
                           at > s.from && words_[at].opens_clause ? m.match_class("company", at, s.to) : std::nullopt;
                       name && (*name == s.to || words_[*name].opens_clause)) {
                at = *name; // "Neil Carter, Quantis."
            } else if (c_.is("contact", at) || c_.is("honorific", at) || c_.is("rep", at) || vocative(at, s)) {
                ++at;
            } else {
                break;
            }
        }
        return at;
    }

    // "Kaixo, Íñigo, …": a first capital word apart, that names neither of us.
    bool vocative(std::size_t at, span s) const {
        return at == s.from && at + 2 < s.to && words_[at].capital && words_[at + 1].opens_clause && !c_.is_them(at) &&
               !c_.is_self(at) && !c_.facts().has_word(words_[at].folded);
    }

    std::size_t end_of_intro(std::size_t at, span s) const {
        while (at < s.to && !words_[at].opens_clause && !c_.is("joint", at))
            ++at;
        return at;
    }

    // "I'm calling you …", "je vous contacte …": they are only who is rung.
    bool only_called(std::size_t at, span s) const {
        const bool beside = (at + 1 < s.to && c_.is("calls", at + 1)) || (at > s.from && c_.is("calls", at - 1));
        return beside && at > s.from && c_.is_them(at) && !c_.is("account", at);
    }

    enum class opening { about_them, about_us, about_nobody, open_yet };

    opening judge(span s, std::size_t& where) const {
        const auto& m = c_.read().match();
        bool event = false, dated = false, named = false;
        const auto begin = after_greeting(s);
        auto anyone = begin; // the end of "everywhere you look"
        for (auto at = begin; at < s.to; ++at) {
            where = at;
            anyone = std::max(anyone, m.match_class("of_nobody", at, s.to).value_or(anyone));
            if (only_called(at, s) || c_.introduces(at) || at < anyone)
                continue;
            if (at > 0 && c_.introduces(at - 1) && m.match_class("trade", at, s.to))
                return opening::about_us; // "Dana from Acme, a company that …"
            if (c_.is_them(at))
                return opening::about_them;
            if (c_.is_self(at)) {
                if (!perceives(at, s) && (!c_.is("speaker", at) || own_affair(at, s)))
                    return event ? opening::about_them : opening::about_us;
                continue;
            }
            dated = dated || told_[at]; // says little, so that a word about us still comes first
            const bool told = words_[at].folded.size() >= 4 && !c_.is("lead_in", at) &&
                              c_.facts().mentions(words_[at].folded) && !c_.is("rep", at) && !c_.is("contact", at);
            event = event || told || c_.quotes_facts(at);
            named = named || (told && words_[at].capital && at > begin) || c_.quotes_facts(at);
        }
        if (!dated && !named && m.find_class("generality", {begin, s.to}))
            return where = begin, opening::about_nobody; // "Margins are thin everywhere"
        return event || dated ? opening::about_them : opening::open_yet;
    }

    // "I'll be brief", "I have nothing to sell", "If this is a bad moment, just say so": of no account.
    bool asks_leave(span s, std::size_t from) const {
        const auto& m = c_.read().match();
        return m.find_class("permission", s) || m.find_class("disclaimer", s) || exit_offered(s, from);
    }

    // "If this is a bad moment, just say so."
    bool exit_offered(span s, std::size_t from) const {
        return c_.is("easy_exit_head", from) && c_.read().match().find_class("easy_exit", s).has_value();
    }

    // What is left when no search found its words: a sentence about what we do for you, or for others.
    void offer() {
        if (c_.has("product_pitch") || c_.has("me_story") || c_.has("asks_for_meeting") || c_.has("name_drop"))
            return;
        for (const auto& a : c_.read().sentences()) {
            const auto from = after_greeting(a.words);
            if (from >= a.words.to || c_.found_inside(a.words) || asks_leave(a.words, from))
                continue;
            std::optional<std::size_t> us;
            bool others = false;
            for (auto at = from; at < a.words.to; ++at) {
                if (c_.introduces(at))
                    continue;
                const bool named = c_.is("company", at) && at > 0 && // "somebody from Acme", "vor einem Drehkreuz"
                                   (c_.is("of_company", at - 1) || c_.is("indefinite", at - 1));
                if (!us && !named && c_.is("us", at) && !perceives(at, a.words))
                    us = at;
                others = others || c_.company_acts(at, a.words);
                others = others || c_.is_them(at) || c_.is("customers_word", at);
            }
            if (us && (others || !a.question) && !a.open && !c_.read().match().find_class("mutual", a.words))
                return c_.found("product_pitch", a.words);
        }
    }

    void them_first() {
        int looked = 0;
        for (const auto& a : c_.read().sentences()) {
            const auto from = after_greeting(a.words);
            if (a.courtesy || from >= a.words.to || asks_leave(a.words, from))
                continue;
            std::size_t where = from;
            const auto o = judge(a.words, where);
            if (o == opening::about_them)
                return;
            const bool aside = a.words.to - from <= longest_aside && o == opening::about_us && !c_.is("us", where);
            if ((o == opening::about_us && !aside) || o == opening::about_nobody || ++looked == most_about_nobody)
                return c_.found("not_about_them_first", {where, std::min(where + 3, a.words.to)});
        }
    }

    // "I grew up on a farm, which is why I ask": one thing out of a life is no story.
    bool only_why_i_ask(span biography, std::size_t weight) const {
        const auto& m = c_.read().match();
        const auto first = m.find_class("career", biography);
        return weight < 2 && first && !m.find_class("career", {first->to, c_.read().all().to});
    }

    // How much of the statements is about the caller, and whether it is a life told at length.
    struct about_self {
        std::size_t statements = 0, selfish = 0, weight = 0, self_words = 0, them_words = 0;
        const sentence_act* first = nullptr;
        const sentence_act* life = nullptr;
    };

    about_self weighed() const {
        about_self out;
        for (const auto& a : c_.read().sentences()) {
            const auto from = after_greeting(a.words);
            if (from >= a.words.to)
                continue;
            bool them = false, self = false, ours = false;
            for (auto at = from; at < a.words.to; ++at) {
                if (c_.introduces(at))
                    continue;
                if (c_.is_them(at))
                    them = true, ++out.them_words;
                else if (c_.is_self(at) && !perceives(at, a.words)) {
                    ++out.self_words, self = self || !them;
                    ours = ours || !c_.is("speaker", at) || own_affair(at, a.words);
                }
            }
            out.statements += a.question ? 0 : 1;
            if (self && !a.question && !c_.is("easy_exit_head", from) &&
                !c_.read().match().find_class("disclaimer", a.words)) {
                ++out.selfish, out.weight += ours ? weight_of_ours : 1;
                out.first = out.first ? out.first : &a;
            }
            if (!a.question && tells_a_life({from, a.words.to}))
                out.life = &a;
        }
        return out;
    }

    // "My folks had a shop when I was a kid, and I was the one who …": long before it comes to the customer.
    bool tells_a_life(span s) const {
        const auto& m = c_.read().match();
        const auto first = m.find_class("own_life", s);
        if (!first)
            return false;
        for (auto at = first->from; at < s.to; ++at)
            if (c_.is_them(at) && (words_[at].capital || !c_.is("account", at)))
                s.to = at;
        std::size_t things = 0;
        for (auto rest = s; const auto next = m.find_class("own_life", rest); rest.from = next->to)
            ++things;
        const auto length = s.to - first->from;
        return things >= many_things || length >= (things > 1 ? long_with_two : long_with_one_thing);
    }

    void biography(const about_self& own) {
        const auto bio = c_.read().match().find_class("biography", c_.read().all());
        if (bio && !only_why_i_ask(*bio, own.weight) &&
            (own.weight >= least_of_a_story || own.selfish * 2 >= own.statements))
            return c_.found("me_story", *bio);
        if (own.life)
            c_.found("me_story", own.life->words);
    }

    void me_story(const about_self& own) {
        if (own.first && ((own.weight >= least_of_a_story && own.selfish * 2 >= own.statements) ||
                          (own.self_words >= 5 && own.self_words > own.them_words)))
            c_.found("me_story", own.first->words);
    }

    void questions() {
        const auto& all = c_.read().sentences();
        const sentence_act* last = nullptr;
        bool open = false;
        for (const auto& a : all)
            if (a.question && !(a.courtesy && !a.open))
                last = &a, open = open || a.open;
        if (!last) {
            const auto end = words_.size();
            return c_.found("no_question", {end > 3 ? end - 3 : 0, end});
        }
        if (!open)
            return c_.found("closed_question_only", last->words);
        const auto& end = all.back();
        if (&end - last > 2)
            c_.found("no_question", end.words);
    }

    checker& c_;
    const std::vector<text::word>& words_;
    std::vector<bool> told_; // the words of the numbers and dates that stand in the facts
};

} // namespace

void check_opener(checker& c) { opener_check(c).run(); }

void check_length(checker& c, std::string_view text, verdict& v) {
    const auto& rules = c.rules();
    v.words = text::count_words(text);
    v.seconds = int(std::lround(double(v.words) * 60.0 / rules.words_per_minute));
    if (v.words > rules.most_words)
        c.found_at("too_long", 0, text.size());
    else if (v.words < rules.least_words)
        c.found_at("too_short", 0, text.size());
    else if ((v.words < rules.best_from || v.words > rules.best_to) && rules.why.contains("advice"))
        v.advice = rules.why.find("advice")->second;
}

} // namespace whynow::domain::lint
