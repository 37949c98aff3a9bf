#include "domain/text/words.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain::text;

namespace {

std::string joined(std::string_view text) {
    const auto w = read_words(text);
    std::string out;
    for (const auto& s : w.sentences) {
        for (auto i = s.first; i < s.last; ++i)
            out += w.words[i].folded + (i + 1 < s.last ? " " : "");
        out += s.end ? std::string(1, s.end) : "|";
    }
    return out;
}

} // namespace

TEST_CASE("words are folded and parted at apostrophes and hyphens, numbers keep their separators") {
    CHECK(joined("We've a one-stop shop.") == "we ve a one stop shop.");
    CHECK(joined("L’équipe à Zürich grew 3.5 % to 1,200 on 2026-02-12 at 10:30") ==
          "l equipe a zurich grew 3.5 to 1,200 on 2026-02-12 at 10:30|");
    const auto w = read_words("Ärger bei SAP, oder?");
    CHECK(w.words[0].capital);
    CHECK_FALSE(w.words[1].capital);
    CHECK(w.words[2].shouted);
    CHECK(w.words[3].opens_clause);
    CHECK(w.words[2].from == 11);
}

TEST_CASE("sentences end where a reader ends them") {
    CHECK(joined("Am 12. Februar kam Dr. Weber. Und nun? Gut!") == "am 12 februar kam dr weber.und nun?gut!");
    CHECK(joined("Mr. J. Smith left on Nov. 12. How do you cope?") == "mr j smith left on nov 12.how do you cope?");
    CHECK(joined("line one\nline two") == "line one|line two|");
    CHECK(joined("Sie nehmen 3 Mio. Euro ein. Wie?") == "sie nehmen 3 mio euro ein.wie?");
    CHECK(joined("Really?! Yes... fine") == "really?yes fine|");
    CHECK(joined("¿Cómo lo llevan? Bien.") == "como lo llevan?bien.");
    CHECK(joined("") == "");
    CHECK(joined("It was 2025. Then it changed.") == "it was 2025.then it changed.");
}

TEST_CASE("words are counted as a person counts them") {
    CHECK(count_words("How do you cope with 14 % churn - really?") == 8);
    CHECK(count_words("l'équipe  d’Anna\n\tnow") == 3);
    CHECK(count_words("") == 0);
    CHECK(count_words("… – ?") == 0);
}

TEST_CASE("bytes that are no text do no harm") {
    const std::string bytes = "\xff\xfe a\xc3 b\xe2\x82 12.";
    const auto w = read_words(bytes);
    for (const auto& s : w.sentences)
        CHECK(s.to <= bytes.size());
}
