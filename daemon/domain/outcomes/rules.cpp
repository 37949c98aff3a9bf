#include "domain/outcomes/rules.hpp"

#include "domain/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace whynow::domain::outcomes {

namespace {

constexpr std::size_t shortest_mended = 6;

std::unordered_set<std::string> word_set(const rules::node& n) {
    std::unordered_set<std::string> out;
    for (const auto& w : n.texts())
        out.insert(text::folded(w));
    return out;
}

bool near(std::string_view a, std::string_view b) {
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > 1)
        return false;
    std::size_t i = 0;
    while (i < a.size() && a[i] == b[i])
        ++i;
    if (a.size() < b.size())
        return a.substr(i) == b.substr(i + 1);
    if (a.substr(std::min(i + 1, a.size())) == b.substr(std::min(i + 1, b.size())))
        return true;
    return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}

bool begins_with_any(std::string_view text, const std::vector<std::string>& heads) {
    return std::ranges::any_of(heads, [text](const auto& h) { return text.starts_with(h); });
}

} // namespace

reply_rules::reply_rules(const rules::node& rules) {
    const auto set = [&rules](std::string_view table, std::string_view key) {
        return pattern_set(rules[table][key].texts());
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
            .not_a_wish = set("hint", "not_a_wish"),
            .no_wish_asked = set("hint", "no_wish_asked"),
            .past_verb = set("hint", "past_verb"),
            .timeline = set("hint", "timeline"),
            .hard_gate = set("hint", "hard_gate"),
            .weak_voice = set("hint", "weak_voice"),
            .contract = set("hint", "contract"),
            .promise = set("hint", "third_person_promise")};
    referral = {.strong = set("referral", "strong"),
                .weak = set("referral", "weak"),
                .behind = set("referral", "behind"),
                .may_name = set("referral", "may_name"),
                .may_not_name = set("referral", "may_not_name")};
    subject_before = set("subject", "before_name");
    fact = {.challenge = set("fact", "challenge"),
            .tried = set("fact", "tried"),
            .vendor = set("fact", "vendor"),
            .budget = set("fact", "budget_before"),
            .no_budget = set("fact", "no_budget"),
            .budget_said = set("fact", "budget_said"),
            .stop = set("stop", "fact"),
            .not_tried = set("stop", "tried")};
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
    titles = pattern_set(person["titles"].texts());
    department_links = pattern_set(person["department_links"].texts());
    collect_words(titles, title_words);
    month_first = rules["dates"]["month_first"].texts();
    day_first = rules["dates"]["day_first"].texts();
    for (const auto& s : how)
        collect_words(s, cue_words);
    for (const auto& s : what)
        collect_words(s, cue_words);
    for (const auto* s : {&fact.challenge, &fact.tried, &referral.strong, &titles})
        collect_words(*s, cue_words);
    for (const auto& w : cue_words)
        if (w.size() >= shortest_mended)
            vocabulary.push_back(w);
    std::ranges::sort(vocabulary);
}

bool reply_rules::zone_is_day_first(std::string_view zone) const {
    return begins_with_any(zone, day_first) || !begins_with_any(zone, month_first);
}

void reply_rules::mend(std::vector<token>& tokens) const {
    for (auto& t : tokens) {
        if (t.is != token::sort::word || t.text.size() < shortest_mended || t.digits || t.capital ||
            cue_words.contains(t.text) || no_name.contains(t.text) || departments.contains(t.text) ||
            title_words.contains(t.text))
            continue;
        const std::string* found = nullptr;
        for (const auto& w : vocabulary)
            if (w[0] == t.text[0] && near(w, t.text)) {
                found = &w;
                break;
            }
        if (found)
            t.text = *found;
    }
}

} // namespace whynow::domain::outcomes
