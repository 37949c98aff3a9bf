// What openers and mails have in common: the searches of the rule book, the names, and the grounding.
#pragma once

#include "domain/lint/lint.hpp"
#include "domain/lint/own_words.hpp"
#include "domain/lint/quantities.hpp"
#include "domain/lint/reading.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::lint {

class checker {
  public:
    // All arguments outlive this. `base` is where `text` begins in what the person wrote; `facts` are every text that
    // grounds something.
    checker(std::string_view text, const rulebook& rules, const named_facts& named,
            const std::vector<std::string_view>& facts, std::size_t base = 0);

    const reading& read() const { return reading_; }
    const std::vector<quantity>& quantities() const { return quantities_; } // in the order of the text
    const fact_index& facts() const { return facts_; }
    const rulebook& rules() const { return rules_; }

    // `excused` says which sentence a search may not judge.
    void searches(bool mail, const std::function<bool(const search&, const sentence_act&)>& excused = {});
    void customers();
    // The product by its name, but where `excused` says so.
    void product(const std::function<bool(const sentence_act&)>& excused = {});
    // The first place where a class is said: not disclaimed, not denied, and not in the words of the facts.
    std::optional<span> claims(std::string_view word_class) const;
    // Every quantity and name that is not in the facts; `ends_before` is the first word that is a signature. A text
    // that is `titled` begins with a subject line, in which nobody is called.
    void grounding(std::size_t ends_before, strictness how, bool titled = false);

    bool is(std::string_view word_class, std::size_t at) const { return reading_.match().is(word_class, at); }
    // The customer, by pronoun or by name.
    bool is_them(std::size_t at) const;
    // The seller, by pronoun, by verb or by name.
    bool is_self(std::size_t at) const;
    // "Acme shows …", not "from Acme", "Dana Fox, Acme" or "Acme and I".
    bool company_acts(std::size_t at, span sentence) const;
    // A word of the clause that says who is calling: "Dana Fox from Acme in Kent", "le habla Dana", "I work for Acme".
    bool introduces(std::size_t at) const { return introducing_[at]; }
    // What it says that the seller will not do: "I don't want to sell you anything". Up to the end of the clause.
    bool disclaimed(span at) const;
    // A word of a quotation whose words are in the facts: it counts as told, whatever it says.
    bool quotes_facts(std::size_t at) const;

    void found(std::string_view rule, span words);
    // Bytes of what the person wrote.
    void found_at(std::string_view rule, std::size_t from, std::size_t to);
    bool has(std::string_view rule) const;
    // Whether a finding begins inside these words.
    bool found_inside(span words) const;
    // The findings in the order of the text; this is empty afterwards.
    std::vector<finding> take();

  private:
    checker(std::string_view text, std::vector<text::words_and_sentences> read, const rulebook& rules,
            const named_facts& named, const std::vector<std::string_view>& facts, std::size_t base);
    bool sentence_fits(const search& s, const sentence_act& a) const;
    // The first place where it is said and not disclaimed.
    std::optional<span> said(const sequence& p, span in) const;
    // "A third" where the facts say 31 %, or "2,100, of them 640".
    bool share_told(span said) const;
    // The word before or behind denies it: "no meeting", "ohne Termin", "bravo is hardly the word".
    bool denied(span said) const;
    // A word of "none of my business".
    bool aside(std::size_t at) const;
    void find_disclaimers();
    void find_introductions();
    bool introduction(span clause, span sentence) const;
    // "l'origine", "die Sparkasse": a word of a name that is only a word here.
    bool only_a_word(std::size_t at) const;
    bool noun_of_german(std::size_t at) const;
    bool stray_german_name(std::size_t at, span sentence) const;
    // A capital word that names somebody or something that the facts do not know.
    bool stray_name(std::size_t at, span sentence, bool titled) const;
    void grounded_names(std::size_t ends_before, strictness how, bool titled);
    void grounded_quantities(std::size_t ends_before, strictness how);
    // A question with "if" or "when" in it.
    bool supposes(const sentence_act& a) const;
    // Speaks of the customer, or of what the facts say.
    bool touches_them(span sentence) const;
    bool speaks_to_them(span sentence) const;
    // "I have seen three closures": what the caller tells of nobody but the caller.
    bool told_of_caller(std::size_t at, span sentence) const;
    bool by_the_way(const quantity& q) const;
    bool harmless(const quantity& q) const;
    // Said to be no exact number ("nearly fifty"), or too large to be told exactly in words.
    bool roughly(const quantity& q) const;
    bool wished(const quantity& q) const;
    // Only a name of the facts: "Early Bird Systems" is no early bird, "Monsieur Brillant" is no praise.
    bool signs(span at) const;

    const rulebook& rules_;
    const std::size_t base_;
    const language& lang_;
    vocabulary own_;
    fact_index facts_;
    reading reading_;
    std::vector<quantity> quantities_;
    std::vector<span> disclaimers_;
    std::vector<bool> introducing_; // by word
    std::vector<finding> findings_;
};

} // namespace whynow::domain::lint
