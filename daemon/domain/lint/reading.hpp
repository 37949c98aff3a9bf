// A text as the rules see it: its language, its sentences and what each of them does.
#pragma once

#include "domain/lint/facts.hpp"
#include "domain/lint/pattern.hpp"
#include "domain/lint/rulebook.hpp"

#include <string_view>
#include <vector>

namespace whynow::domain::lint {

struct sentence_act {
    span words;
    bool question = false; // asks something, with or without its sign
    bool open = false;     // cannot be answered with yes or no
    bool request = false;  // a closed question, a wish or a proposal
    bool courtesy = false; // "how are you?"
};

// What capital letters say in a text: names and, in German, nouns and courtesy; or nothing, where there are none or
// nothing else.
enum class capitals { tell, missing, shouted };

class reading {
  public:
    // `read` are the words of `text`; `text`, `lang` and `own` must outlive this. `own` holds the classes that come
    // from the facts: <account> <contact> <customer> <product> <company> <rep>.
    reading(std::string_view text, text::words_and_sentences read, const language& lang, const vocabulary& own);

    const std::vector<text::word>& words() const { return read_.words; }
    const std::vector<sentence_act>& sentences() const { return acts_; }
    const language& lang() const { return lang_; }
    const matcher& match() const { return match_; }
    std::string_view text() const { return text_; }
    capitals casing() const { return casing_; }
    span all() const { return {0, read_.words.size()}; }
    // Bytes of words [from, to).
    std::pair<std::size_t, std::size_t> bytes(span words) const;

  private:
    struct part {
        span words;
        char end = 0;
        bool cut = false; // out of a sentence that was spoken without a stop
    };
    void judge(const part& p);
    std::vector<part> parts(const text::sentence& s);
    bool asks_without_sign(std::size_t at, std::size_t last) const;
    bool open_question(span words) const;

    std::string_view text_;
    const language& lang_;
    text::words_and_sentences read_;
    sightings seen_;
    matcher match_;
    std::vector<sentence_act> acts_;
    capitals casing_ = capitals::tell;
    bool dictated_ = false; // no sign but line breaks and the last
};

// The language whose small words the text uses most; the fallback where none does.
const language& language_of(const std::vector<text::words_and_sentences>& texts, const rulebook& rules);

// A class whose members are the given names and their distinctive parts.
void add_name(word_class& out, std::string_view name);

} // namespace whynow::domain::lint
