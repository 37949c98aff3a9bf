// Whom we are sent to: "talk to Ann Lee in ops", "ops mgr is Tina Fox now", "Jo Hill, HR director, jo@…".
#include "domain/outcomes/people.hpp"
#include "domain/text/utf8.hpp"

#include <algorithm>

namespace whynow::domain::outcomes {

namespace {
constexpr double sure = 0.9, fairly = 0.7;
constexpr std::size_t contact_reach = 14;

bool is_link(const token& t) {
    return t.text == "is" || t.text == "=" || t.text == ":" || t.text == "ist" || t.text == "est" || t.text == "es" ||
           t.text == "now" || t.text == "heisst" || t.text == "named" || t.text == "called" || t.text == "," ||
           t.text == "will" || t.text == "be" || t.text == "s" || t.text == "jetzt" || t.text == "(" || t.text == "-";
}
bool is_reach(const token& t) { return t.is == token::sort::email || t.is == token::sort::phone; }
} // namespace

bool people::add(const piece& name, std::optional<piece> title, std::size_t from, double how_sure, bool need_more) {
    const auto end = name.end;
    const auto all_in = [this](const piece& p, const std::unordered_set<std::string>& words) {
        return std::all_of(t_.begin() + static_cast<std::ptrdiff_t>(p.begin),
                           t_.begin() + static_cast<std::ptrdiff_t>(p.end),
                           [&words](const token& w) { return words.contains(w.text); });
    };
    auto behind = title_behind(end);
    if (behind && all_in(*behind, rules_.soft_titles))
        behind.reset();
    if (behind && (!title || all_in(*title, rules_.relations))) // "his colleague Dave in IT"
        title = behind;
    auto last = title && title->begin >= end ? title->end : end;
    bool reachable = false;
    for (auto k = end; k < t_.size() && k < last + 4; ++k)
        reachable = reachable || is_reach(t_[k]);
    const bool two_words = name.end - name.begin > 1;
    if (need_more && !two_words && !title && !reachable)
        return false;
    const auto folded = text::folded(name.text);
    if (who_ && who_->name) {
        const auto about = text::folded(*who_->name);
        if (about == folded || about.starts_with(folded + " ") || folded.starts_with(about + " "))
            return false;
    }
    for (std::size_t k = 0; k < referrals_.size(); ++k) {
        auto& r = referrals_[k];
        const auto before = text::folded(r.name);
        if (before == folded)
            return false;
        if (folded.starts_with(before + " ")) { // "his sister Pam does it, Pam Dolan"
            r.name = name.text;
            ends_[k] = end;
            std::fill(used_.begin() + static_cast<std::ptrdiff_t>(from),
                      used_.begin() + static_cast<std::ptrdiff_t>(end), true);
            return false;
        }
    }
    referral_heard r;
    r.name = name.text;
    r.title = title ? title->text : std::string{};
    r.at = {t_[from].at.from, t_[last - 1].at.to};
    r.confidence = how_sure;
    referrals_.push_back(r);
    ends_.push_back(last);
    for (auto k = from; k < last; ++k)
        used_[k] = true;
    return true;
}

// Two words or a first name: not just any word with a capital.
bool people::known_person(const piece& name) const {
    return name.end - name.begin > 1 || rules_.given.contains(t_[name.begin].text) ||
           (name.begin > 0 && rules_.salutations.contains(t_[name.begin - 1].text));
}

// "… and Bob Ray (IT)"
void people::more_names(std::size_t i) {
    while (i < t_.size()) {
        auto j = i;
        bool joined = false;
        while (j < t_.size() &&
               (is_mark(j, ",/+") || t_[j].text == ")" || is_reach(t_[j]) || t_[j].text == "&" || t_[j].text == "and" ||
                t_[j].text == "or" || t_[j].text == "und" || t_[j].text == "oder" || t_[j].text == "et" ||
                t_[j].text == "ou" || t_[j].text == "y" || t_[j].text == "o" || t_[j].text == "also" ||
                t_[j].text == "plus")) {
            joined = joined || t_[j].is == token::sort::word;
            ++j;
        }
        if (joined && j < t_.size() && (t_[j].text == "at" || t_[j].text == "to" || t_[j].text == "with"))
            ++j;
        if (j == i)
            return;
        auto k = skip_articles(j);
        std::optional<piece> title = title_at(k);
        if (title)
            k = is_mark(title->end, ",") ? title->end + 1 : title->end;
        const auto name = name_at(k, false);
        if (!name || about_[name->begin] || (!joined && !known_person(*name)) || !add(*name, title, j, fairly, !joined))
            return;
        i = ends_.back();
    }
}

// A title, then a name: "COO Max Berg", "ops mgr is Tina Fox now", "boss = Hal Moss"
void people::titled(std::size_t& i) {
    const auto title = title_at(i);
    if (!title || std::all_of(t_.begin() + static_cast<std::ptrdiff_t>(title->begin),
                              t_.begin() + static_cast<std::ptrdiff_t>(title->end),
                              [this](const token& w) { return rules_.gate_titles.contains(w.text); }))
        return; // "his PA Linda took a message"
    if (i > 0 &&
        (rules_.hint.negation.match(t_, i - 1) == i || (i > 1 && rules_.hint.negation.match(t_, i - 2) == i - 1)))
        return; // "he's not the buyer - Teresa Kim is"
    const bool role = std::any_of(t_.begin() + static_cast<std::ptrdiff_t>(title->begin),
                                  t_.begin() + static_cast<std::ptrdiff_t>(title->end),
                                  [this](const token& w) { return rules_.title_words.contains(w.text); });
    auto k = title->end;
    std::size_t links = 0;
    while (k < t_.size() && is_link(t_[k]) && links < 3)
        ++k, ++links;
    const bool spoken = links > 0 && !is_mark(title->end, ",(-");
    const auto name = name_at(k, spoken && all_lower_);
    const bool comma_list = links > 0 && !spoken;
    if (!name || about_[name->begin] || used_[name->begin] || (!role && links == 0))
        return; // "a customer of Marlo"
    const bool before_subject = i > 0 && about_[i - 1];
    if (rules_.referral.speaks.match(t_, name->end) > name->end)
        return; // "sales director Nick Amato picked up instead"
    if (before_subject || (comma_list && i == 0))
        return;
    if (comma_list && name->end - name->begin < 2)
        return;
    if (add(*name, title, i, sure, false)) {
        i = ends_.back();
        more_names(i);
    }
}

void people::introduced(std::size_t& i) {
    const auto strong = rules_.referral.strong.match(t_, i);
    const auto weak = strong > i ? i : rules_.referral.weak.match(t_, i);
    const auto behind = std::max(strong, weak);
    if (behind == i)
        return;
    for (std::size_t back = 1; strong == i && back <= 3 && back <= i; ++back)
        if (rules_.fact.vendor.match(t_, i - back) >= behind)
            return; // "renewed with Blue Ledger"
    auto k = behind;
    while (k < t_.size() && (is_mark(k, ":=-(,>") || t_[k].text == "→" || t_[k].text == "with" || t_[k].text == "to" ||
                             t_[k].text == "is"))
        ++k;
    k = skip_articles(k);
    std::optional<piece> title = title_at(k);
    if (title) {
        k = title->end;
        while (k < t_.size() && is_link(t_[k]))
            ++k;
    }
    if (!title && strong > i) { // "the bursar, Mrs Pryce": a title nobody knows
        auto comma = k;
        while (comma < t_.size() && comma < k + 3 && t_[comma].is == token::sort::word && !t_[comma].capital &&
               !rules_.no_name.contains(t_[comma].text) && !rules_.cue_words.contains(t_[comma].text) &&
               !rules_.given.contains(t_[comma].text))
            ++comma;
        if (comma > k && is_mark(comma, ",") && name_at(comma + 1, false)) {
            title = piece{k, comma, written(k, comma)};
            k = comma + 1;
        }
    }
    if (!title && k + 1 < t_.size() && t_[k].shout && t_[k].text.size() <= 4 && !t_[k + 1].shout &&
        rules_.given.contains(t_[k + 1].text) && t_[k + 1].capital) // "FD Roz Hale"
        title = piece{k, k + 1, written(k, k + 1)}, ++k;
    const bool to_somebody = strong > i && t_[behind - 1].text.size() > 1;
    auto name = name_at(k, to_somebody && all_lower_);
    if (!name || about_[name->begin] || used_[name->begin])
        return;
    const auto& lead_in = t_[behind - 1].text; // "handled by Leeds", "goes through Purchasing"
    if (!known_person(*name) && (lead_in == "by" || lead_in == "through" || lead_in == "via" || lead_in == "with"))
        return;
    if (!title && strong > i && i > 1 && (t_[i - 1].text == "is" || t_[i - 1].text == "are"))
        title = title_at(i - 2);   // "facilities is run by Bo Larsen"
    const auto lead = title_at(i); // "boss = Hal Moss"
    if (!title && lead && lead->end <= behind && strong > i && rules_.bosses.contains(t_[i].text))
        title = lead;
    if (add(*name, title, i, strong > i ? sure : fairly, strong == i)) {
        i = ends_.back();
        more_names(i);
    }
}

// "Ann Lee handles this", "Jo Hill, HR director, jo@…"
void people::named_first(std::size_t i, bool silent) {
    const auto name = name_at(i, false);
    if (!name || about_[name->begin] || used_[i] || used_[name->begin] ||
        (i > 0 && t_[i - 1].capital && t_[i - 1].is == token::sort::word && !rules_.no_name.contains(t_[i - 1].text)))
        return;
    for (std::size_t back = 1; back <= 3 && back <= i; ++back)
        if (rules_.hint.contract.match(t_, i - back) > i - back)
            return; // "the contract with Blue Ledger runs out"
    std::size_t j = name->end;
    while (j < t_.size() && is_mark(j, ","))
        ++j;
    auto said = j; // "Mike Dunn (VP Ops) decides"
    if (const auto title = title_behind(name->end))
        for (said = title->end; is_mark(said, "),");)
            ++said;
    const auto& behind = rules_.referral.behind;
    const auto acts = behind.match(t_, j) > j ? behind.match(t_, j) : behind.match(t_, said);
    const bool does = acts > said || behind.match(t_, j) > j;
    if (does && !(acts < t_.size() && rules_.hint.negation.match(t_, acts) > acts)) { // "macht das nicht mehr"
        add(*name, std::nullopt, i, fairly, name->begin == i && rules_.cue_words.contains(t_[i].text));
        return;
    }
    const auto lead = name->begin > 1 && is_mark(name->begin - 1, ".") ? name->begin - 2 : name->begin - 1;
    const bool apart = lead > 0 && lead < t_.size() &&
                       (t_[lead - 1].is == token::sort::mark || t_[lead - 1].text == "a" || is_link(t_[lead - 1]));
    if (silent && referrals_.empty() && apart && rules_.salutations.contains(t_[lead].text)) { // "…, a Mr. Pryce"
        add(*name, std::nullopt, i, fairly, false);
        return;
    }
    const bool starts = i == 0 || is_mark(i - 1, ".;!?\n,:-") || used_[i - 1];
    if (!starts || name->end - name->begin < 2)
        return;
    const auto title = title_behind(name->end);
    if (silent && name->end + 1 < t_.size() && (t_[name->end].text == "or" || t_[name->end].text == "and") &&
        name_at(name->end + 1, false)) { // "Maria Jensen or Ken Lowe"
        if (add(*name, title, i, fairly, true))
            more_names(name->end);
        return;
    }
    bool reachable = false;
    for (auto k = name->end; k < t_.size() && k < name->end + contact_reach && !ends_clause(t_[k]); ++k)
        reachable = reachable || is_reach(t_[k]);
    if (reachable || (title && silent))
        add(*name, title, i, fairly, true);
}

void people::find_referrals(bool silent) {
    for (std::size_t i = 0; i < t_.size(); ++i) {
        if (about_[i] || used_[i])
            continue;
        const auto before = i;
        introduced(i);
        if (i == before)
            titled(i);
        if (i != before)
            --i;
    }
    for (std::size_t i = 0; i < t_.size(); ++i)
        if (!used_[i])
            named_first(i, silent);
}

// "use her cell 212-555-0199": a number of whom the call was for.
bool people::of_the_customer(std::size_t k) const {
    for (std::size_t back = 1; back <= 4 && back <= k && !ends_clause(t_[k - back]); ++back) {
        const auto& w = t_[k - back].text;
        if (w == "his" || w == "her" || w == "use" || w == "try" || w == "their")
            return true;
    }
    return false;
}

void people::contacts() {
    std::vector<bool> taken(t_.size(), false);
    for (std::size_t r = 0; r < referrals_.size(); ++r) {
        std::size_t stop = t_.size();
        for (std::size_t o = 0; o < referrals_.size(); ++o)
            if (referrals_[o].at.from > referrals_[r].at.from)
                for (std::size_t k = ends_[r]; k < stop; ++k)
                    if (t_[k].at.from >= referrals_[o].at.from)
                        stop = k;
        std::size_t phone = t_.size();
        for (auto k = ends_[r]; k < std::min(stop, ends_[r] + contact_reach); ++k) {
            if (t_[k].is == token::sort::email) {
                phone = k;
                break;
            }
            if (t_[k].is == token::sort::phone && phone == t_.size())
                phone = k;
        }
        if (phone < t_.size()) {
            referrals_[r].contact = written(phone, phone + 1);
            taken[phone] = used_[phone] = true;
            if (const auto title = title_behind(phone + 1); title && referrals_[r].title.empty())
                referrals_[r].title = title->text; // "…'s number is 555-0101, she heads up facilities"
        }
    }
    std::size_t free = t_.size(), count = 0;
    for (std::size_t k = 0; k < t_.size(); ++k)
        if (is_reach(t_[k]) && !taken[k] && !of_the_customer(k))
            free = k, ++count;
    if (referrals_.size() == 1 && referrals_[0].contact.empty() && count == 1)
        referrals_[0].contact = written(free, free + 1);
}

void people::permission() {
    std::optional<bool> may;
    for (std::size_t i = 0; i < t_.size() && may != false; ++i) {
        if (rules_.referral.may_not_name.match(t_, i) > i)
            may = false;
        else if (rules_.referral.may_name.match(t_, i) > i)
            may = true;
    }
    for (auto& r : referrals_)
        r.may_name = may;
}

} // namespace whynow::domain::outcomes
