#include "domain/outcomes/rules.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace whynow::domain::outcomes {

namespace {

constexpr std::size_t shortest_mended = 6, shortest_swapped = 4;

// The words of a list, those of its phrases one by one.
std::unordered_set<std::string> word_set(const rules::node& n) {
    std::unordered_set<std::string> out;
    for (const auto& phrase : n.texts()) {
        const auto folded = text::folded(phrase);
        for (std::size_t from = 0; from < folded.size();) {
            const auto to = std::min(folded.find(' ', from), folded.size());
            if (to > from)
                out.insert(folded.substr(from, to - from));
            from = to + 1;
        }
    }
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& w : words)
        out += (out.empty() ? "" : "|") + text::folded(w);
    return out;
}

// Two letters the wrong way round.
bool swapped(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    std::size_t i = 0;
    while (i < a.size() && a[i] == b[i])
        ++i;
    return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}

// One letter too many, too few or another; but a longer end or another last letter mostly makes another form of it.
bool one_off(std::string_view typed, std::string_view word) {
    std::size_t i = 0;
    while (i < typed.size() && i < word.size() && typed[i] == word[i])
        ++i;
    if (typed.size() + 1 == word.size())
        return typed.substr(i) == word.substr(i + 1);
    if (typed.size() == word.size() + 1)
        return i < word.size() ? typed.substr(i + 1) == word.substr(i) : typed[i] == typed[i - 1];
    return typed.size() == word.size() && i + 1 < typed.size() && typed.substr(i + 1) == word.substr(i + 1);
}

bool begins_with_any(std::string_view text, const std::vector<std::string>& heads) {
    return std::ranges::any_of(heads, [text](const auto& h) { return text.starts_with(h); });
}

} // namespace

reply_rules::reply_rules(const rules::node& rules) {
    word_lists lists;
    for (const auto& [name, list] : rules["words"].entries())
        lists[name] = joined(list.texts());
    const auto set = [&](std::string_view table, std::string_view key) {
        return pattern_set(rules[table][key].texts(), lists, words_);
    };
    for (std::size_t i = 0; i < how.size(); ++i)
        how[i] = set("how", to_string(static_cast<disposition>(i)));
    for (std::size_t i = 0; i < what.size(); ++i)
        what[i] = set("what", to_string(static_cast<result>(i)));
    hint = {.meeting = set("hint", "meeting"),
            .assent = set("hint", "assent"),
            .retry = set("hint", "retry"),
            .follow = set("hint", "follow"),
            .busy = set("hint", "busy"),
            .correction = set("hint", "correction"),
            .negation = set("hint", "negation"),
            .not_a_wish = set("wish", "not_a_wish"),
            .no_wish_asked = set("wish", "no_wish_asked"),
            .past_verb = set("hint", "past_verb"),
            .timeline = set("hint", "timeline"),
            .hard_gate = set("hint", "hard_gate"),
            .weak_voice = set("hint", "weak_voice"),
            .contract = set("hint", "contract"),
            .promise = set("hint", "third_person_promise"),
            .until = set("hint", "until"),
            .wait = set("hint", "wait"),
            .for_now = set("hint", "for_now"),
            .chosen = set("hint", "chosen"),
            .somebody = set("hint", "somebody"),
            .today = set("hint", "today"),
            .not_wanted = set("hint", "not_wanted"),
            .sitting = set("hint", "sitting"),
            .mood = set("hint", "mood"),
            .act = set("hint", "act"),
            .no_day_behind = set("hint", "no_day_behind"),
            .no_day_before = set("hint", "no_day_before"),
            .customer_asks = set("hint", "customer_asks"),
            .passed_on = set("hint", "passed_on"),
            .acts_behind = set("hint", "acts_behind"),
            .ponder = set("hint", "ponder"),
            .reported = set("hint", "reported"),
            .too_much = set("hint", "too_much"),
            .back_then = set("hint", "back_then"),
            .successor = set("hint", "successor"),
            .let_in = set("hint", "let_in"),
            .came_back = set("hint", "came_back"),
            .second_call = set("hint", "second_call"),
            .ahead = set("hint", "ahead"),
            .polite_no = set("hint", "polite_no"),
            .involve = set("hint", "involve"),
            .approval = set("hint", "approval"),
            .bound = set("hint", "bound")};
    wish = {.not_inside = set("wish", "not_inside"),
            .not_before = set("wish", "not_before"),
            .others = set("wish", "others"),
            .for_good = set("wish", "for_good"),
            .asked_of_us = set("wish", "asked_of_us"),
            .removal = set("wish", "removal"),
            .plain_verb = set("wish", "plain_verb"),
            .asked = set("wish", "asked"),
            .closing = set("wish", "closing"),
            .instead = set("wish", "instead"),
            .whom = set("wish", "whom"),
            .channel = set("wish", "channel"),
            .both_ways = set("wish", "both_ways"),
            .list_words = set("wish", "list_words"),
            .again = set("wish", "again")};
    referral = {.strong = set("referral", "strong"),
                .weak = set("referral", "weak"),
                .behind = set("referral", "behind"),
                .may_name = set("referral", "may_name"),
                .may_not_name = set("referral", "may_not_name"),
                .between = set("referral", "between"),
                .speaks = set("referral", "speaks"),
                .after_name = set("referral", "after_name")};
    idle = set("idle", "phrases");
    subject_before = set("subject", "before_name");
    fact = {.challenge = set("fact", "challenge"),
            .tried = set("fact", "tried"),
            .vendor = set("fact", "vendor"),
            .budget = set("fact", "budget_before"),
            .no_budget = set("fact", "no_budget"),
            .budget_said = set("fact", "budget_said"),
            .stop = set("stop", "fact"),
            .thing = set("fact", "thing"),
            .not_tried = set("stop", "tried"),
            .user = set("fact", "user")};
    articles = word_set(rules["stop"]["articles"]);
    vendor_words = word_set(rules["stop"]["vendor_words"]);
    const auto& person = rules["person"];
    departments = word_set(person["departments"]);
    title_links = word_set(person["title_links"]);
    particles = word_set(person["particles"]);
    salutations = word_set(person["salutations"]);
    no_name = word_set(person["no_name"]);
    after_with = word_set(rules["subject"]["after_with"]);
    bosses = word_set(person["bosses"]);
    given = word_set(person["given"]);
    no_slip = word_set(rules["stop"]["no_slip"]);
    hesitations = word_set(rules["stop"]["hesitations"]);
    firm_words = word_set(person["firm_words"]);
    after_place = word_set(person["after_place"]);
    gate_titles = word_set(person["gate_titles"]);
    relations = word_set(person["relations"]);
    soft_titles = word_set(person["soft_titles"]);
    for (const auto& [short_form, full] : rules["abbreviations"].entries())
        abbreviations[short_form] = full.text();
    titles = set("person", "titles");
    department_links = set("person", "department_links");
    title_words = titles.words();
    for (const auto& link : title_links) // "head of" makes no title of "of"
        title_words.erase(link);
    month_first = rules["dates"]["month_first"].texts();
    day_first = rules["dates"]["day_first"].texts();
    before_day = rules["dates"]["before_day"].texts();
    for (const auto& s : how)
        cue_words.insert(s.words().begin(), s.words().end());
    for (const auto& s : what)
        cue_words.insert(s.words().begin(), s.words().end());
    for (const auto* s : {&fact.challenge, &fact.tried, &referral.strong, &titles})
        cue_words.insert(s->words().begin(), s->words().end());
    for (const auto& w : cue_words)
        if (w.size() >= shortest_swapped)
            vocabulary[{w[0], w.size()}].push_back(w);
    for (auto& [shape, words] : vocabulary)
        std::ranges::sort(words);
}

bool reply_rules::zone_is_day_first(std::string_view zone) const {
    return begins_with_any(zone, day_first) || !begins_with_any(zone, month_first);
}

void reply_rules::write_out(std::vector<token>& tokens) const {
    constexpr std::size_t longest_sound = 5;
    std::erase_if(tokens, [this](const token& t) {
        return t.is == token::sort::word && t.text.size() <= longest_sound && hesitations.contains(t.text);
    });
    for (auto& t : tokens)
        if (const auto at = abbreviations.find(t.text);
            at != abbreviations.end() && t.is == token::sort::word && !(t.capital && t.text.size() == 1))
            t.text = at->second;
}

void reply_rules::mend(std::vector<token>& tokens) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto& t = tokens[i];
        if (i > 0 && given.contains(tokens[i - 1].text))
            continue; // a surname is no slip
        if (t.is != token::sort::word || t.text.size() < shortest_swapped || t.digits || t.capital ||
            cue_words.contains(t.text) || no_name.contains(t.text) || departments.contains(t.text) ||
            title_words.contains(t.text) || given.contains(t.text) || no_slip.contains(t.text))
            continue;
        if (const auto* word = meant_by(t.text))
            t.text = *word;
    }
}

const std::string* reply_rules::meant_by(const std::string& slip) const {
    for (const auto size : {slip.size(), slip.size() + 1, slip.size() - 1}) {
        const auto alike = vocabulary.find({slip[0], size});
        if (alike == vocabulary.end())
            continue;
        const bool long_enough = std::min(slip.size(), size) >= shortest_mended;
        for (const auto& w : alike->second)
            if (swapped(w, slip) || (long_enough && one_off(slip, w)))
                return &w;
    }
    return nullptr;
}

void reply_rules::number(std::vector<token>& tokens) const {
    for (auto& t : tokens)
        t.number = words_.number(t.text);
}

} // namespace whynow::domain::outcomes
