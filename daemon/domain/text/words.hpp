// Words and sentences of a text in English, German, French or Spanish, each with its place in the bytes as written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace whynow::domain::text {

// A run of letters and digits. Apostrophes and hyphens part words ("we've" = we + ve, "one-stop" = one + stop,
// "l'équipe" = l + equipe); a number keeps its separators ("1,200", "3.5", "10:30", "2026-02-12", "12/02").
struct word {
    std::string folded;   // text::folded of it, but "où", which is another word than "ou", keeps its accent
    std::size_t from = 0; // bytes in the text
    std::size_t to = 0;
    bool capital = false;      // begins with an upper-case letter
    bool shouted = false;      // two letters or more, all upper-case
    bool number = false;       // begins with a digit
    bool percent = false;      // a number before %
    bool quoted = false;       // between quotation marks, both of them there
    bool opens_clause = false; // the first of its sentence, or after , ; : – ( " ¿ ¡
    char before = ' '; // the sign just before it that is no letter, as ASCII: ' ' , - ' " ( $ € is 'E', £ is 'L'
};

struct sentence {
    std::size_t from = 0;  // bytes
    std::size_t to = 0;    // behind its closing sign
    std::size_t first = 0; // words [first, last)
    std::size_t last = 0;
    char end = 0; // '.', '?', '!' or 0 where the line or the text ended
};

struct words_and_sentences {
    std::vector<word> words;
    std::vector<sentence> sentences; // none is without words
};

// Sentences end at . ! ? … and at line breaks; not after an ordinal number ("12. Februar"), an initial or one of the
// usual abbreviations ("Dr.", "Mio.", "z. B.").
words_and_sentences read_words(std::string_view text);

// What a person would count: runs between blanks that hold a letter or a digit.
std::size_t count_words(std::string_view text);
// The text up to the end of its n-th word, counted so; all of it where it has no more.
std::string_view first_words(std::string_view text, std::size_t n);

} // namespace whynow::domain::text
