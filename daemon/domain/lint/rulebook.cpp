#include "domain/lint/rulebook.hpp"

#include "domain/text/utf8.hpp"

#include <array>

namespace whynow::domain::lint {
namespace {

using rules::node;

constexpr std::array<std::string_view, 25> rule_ids{"too_long",
                                                    "too_short",
                                                    "not_about_them_first",
                                                    "me_story",
                                                    "asks_for_meeting",
                                                    "jargon",
                                                    "name_drop",
                                                    "budget_question",
                                                    "timeline_qualification",
                                                    "product_pitch",
                                                    "own_urgency",
                                                    "delegation_escape",
                                                    "no_question",
                                                    "closed_question_only",
                                                    "ungrounded",
                                                    "flattery_or_how_are_you",
                                                    "awards",
                                                    "no_outcome",
                                                    "header_injection",
                                                    "no_thanks",
                                                    "filler",
                                                    "several_recipients",
                                                    "names_referrer",
                                                    "advertising_de",
                                                    "wrong_name"};

class reader {
  public:
    std::variant<rulebook, rules_problem> run(const node& config) {
        limits(config["limits"]);
        shared(config);
        for (const auto& [code, entry] : config["language"].entries())
            one_language(code, entry, config["language"]["all"]);
        if (book_.languages.empty())
            fail(config, "no [language.…] is given");
        for (const auto& s : config["find"].items())
            one_search(s);
        for (auto& l : book_.languages)
            mark(l);
        for (const auto& [rule, text] : config["why"].entries())
            book_.why[rule] = text.text();
        for (const auto id : rule_ids)
            if (!book_.why.contains(id))
                fail(config["why"], "[why] has no sentence for " + std::string(id));
        if (problem_)
            return *problem_;
        return std::move(book_);
    }

  private:
    void fail(const node& at, std::string why) {
        if (!problem_)
            problem_ = rules_problem{at.at(), std::move(why)};
    }

    void limits(const node& n) {
        book_.words_per_minute = n["words_per_minute"].number(150);
        const auto size = [&](std::string_view key, std::size_t fallback) {
            const auto value = n[key].integer(static_cast<std::int64_t>(fallback));
            if (value < 0)
                fail(n[key], std::string(key) + " is below zero");
            return static_cast<std::size_t>(std::max<std::int64_t>(value, 0));
        };
        book_.most_words = size("most_words", 85);
        book_.least_words = size("least_words", 12);
        book_.best_from = size("best_from", 50);
        book_.best_to = size("best_to", 75);
        book_.advertising_countries = n["advertising_needs_consent_in"].texts();
        book_.open_results = n["results_that_go_on"].texts();
        if (book_.words_per_minute <= 0)
            fail(n["words_per_minute"], "words_per_minute is not above zero");
    }

    // "a b c" or ["a", "b c"]: every blank-separated word, folded.
    std::vector<std::string> folded_words(const node& n) {
        std::vector<std::string> out;
        for (const auto& line : n.texts()) {
            const auto folded = text::folded(line);
            for (std::size_t at = 0; at < folded.size();) {
                const auto end = std::min(folded.find_first_of(" \n", at), folded.size());
                if (end > at)
                    out.push_back(folded.substr(at, end - at));
                at = end + 1;
            }
        }
        return out;
    }

    template <class Map>
    void words_by_value(const node& n, Map& out) {
        for (const auto& [value, words] : n.entries())
            for (const auto& w : folded_words(words))
                out[w] = static_cast<typename Map::mapped_type>(std::strtod(value.c_str(), nullptr));
    }

    void set_of(const node& n, std::unordered_set<std::string>& out) {
        for (auto& w : folded_words(n))
            out.insert(std::move(w));
    }

    void shared(const node& config) {
        words_by_value(config["months"], book_.months);
        words_by_value(config["weekdays"], book_.weekdays);
        words_by_value(config["scales"], book_.scales);
        words_by_value(config["feasts"], book_.feasts);
        words_by_value(config["spans"], book_.spans);
        const auto& names = config["names"];
        set_of(names["never"], book_.never_names);
        set_of(names["given"], book_.surely_names);
        set_of(names["places"], book_.surely_names);
        set_of(names["companies"], book_.surely_names);
        set_of(names["legal_forms"], book_.legal_forms);
        set_of(names["harmless_numbers"], book_.harmless_numbers);
        book_.noun_ends = folded_words(names["german_noun_ends"]);
    }

    sequence pattern(const node& at, const std::string& text) {
        if (auto s = read_pattern(text))
            return std::move(*s);
        fail(at, "\"" + text + "\" is no pattern: a bracket does not close, or it is empty");
        return {};
    }

    void classes(const node& n, vocabulary& out) {
        for (const auto& [name, entries] : n.entries())
            for (const auto& text : entries.texts())
                for (auto& line : lines(text))
                    if (auto s = pattern(entries, line); !s.elements.empty())
                        out[name].add(std::move(s));
    }

    // An entry may hold several patterns parted by commas, so that a class reads as a paragraph.
    static std::vector<std::string> lines(const std::string& text) {
        std::vector<std::string> out;
        for (std::size_t at = 0; at <= text.size();) {
            const auto end = std::min(text.find(',', at), text.size());
            if (text.find_first_not_of(" \n", at) < end)
                out.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        return out;
    }

    void one_language(const std::string& code, const node& n, const node& all) {
        if (code == "all")
            return;
        language l;
        l.code = code;
        set_of(n["common"], l.common);
        classes(all["classes"], l.classes);
        classes(n["classes"], l.classes);
        words_by_value(n["numbers"], l.numbers);
        words_by_value(n["ordinals"], l.ordinals);
        words_by_value(n["shares"], l.shares);
        for (const auto& [word, value] : l.numbers)
            if (value > 2)
                l.classes["number_word"].words.insert(word);
        book_.languages.push_back(std::move(l));
    }

    std::vector<sequence> patterns(const node& n) {
        std::vector<sequence> out;
        for (const auto& text : n.texts())
            for (auto& line : lines(text))
                if (auto s = pattern(n, line); !s.elements.empty())
                    out.push_back(std::move(s));
        return out;
    }

    void one_search(const node& n) {
        search s;
        s.rule = n["rule"].text();
        if (!known(s.rule))
            fail(n, "\"" + s.rule + "\" is no rule");
        const auto on = n["on"].text("both");
        s.in_openers = on != "mail";
        s.in_mails = on != "opener";
        constexpr std::array<std::pair<std::string_view, act>, 9> acts{{{"any", act::any},
                                                                        {"question", act::question},
                                                                        {"closed", act::closed},
                                                                        {"open", act::open},
                                                                        {"request", act::request},
                                                                        {"statement", act::statement},
                                                                        {"not open", act::not_open},
                                                                        {"ours", act::ours},
                                                                        {"asking", act::asking}}};
        const auto when = n["when"].text("any");
        bool found = false;
        for (const auto& [word, value] : acts)
            if (word == when)
                s.when = value, found = true;
        if (!found)
            fail(n["when"], "when is any, question, closed, open, not open, request, statement, ours or asking");
        s.any = patterns(n["any"]);
        for (const auto key : {"also", "also2"})
            if (!n[key].missing())
                s.also.push_back(patterns(n[key]));
        s.unless = patterns(n["unless"]);
        s.excused_by_facts = n["excused_by_facts"].truth(false);
        s.unsolicited = n["unsolicited"].truth(false);
        if (s.any.empty())
            fail(n, "a [[find]] needs any = [patterns]");
        const auto lang = n["lang"].text("all");
        bool placed = false;
        for (auto& l : book_.languages)
            if (lang == "all" || lang == l.code)
                l.searches.push_back(s), placed = true;
        if (!placed)
            fail(n["lang"], "there is no language \"" + lang + "\"");
    }

    static void mark(language& l) {
        std::vector<sequence*> all;
        for (auto& s : l.searches) {
            for (auto* list : {&s.any, &s.unless})
                for (auto& p : *list)
                    all.push_back(&p);
            for (auto& list : s.also)
                for (auto& p : list)
                    all.push_back(&p);
        }
        l.known.read(l.classes, all);
    }

    static bool known(std::string_view rule) {
        for (const auto id : rule_ids)
            if (id == rule)
                return true;
        return false;
    }

    rulebook book_;
    std::optional<rules_problem> problem_;
};

} // namespace

std::variant<rulebook, rules_problem> rulebook::from(const node& config) { return reader().run(config); }

} // namespace whynow::domain::lint
