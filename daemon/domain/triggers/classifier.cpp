#include "domain/triggers/classifier.hpp"

#include "domain/text/utf8.hpp"
#include "domain/triggers/filing.hpp"
#include "domain/triggers/reading.hpp"

#include <algorithm>

namespace whynow::domain::triggers {
namespace {

constexpr std::size_t most_sentences = 8; // of a summary; news comes first
constexpr double doubt_of_a_word = 1.5;   // "fans", "concert": a headline that names nobody may say so in play

void add_once(std::vector<account_id>& to, account_id id) {
    if (id && std::find(to.begin(), to.end(), id) == to.end())
        to.push_back(id);
}

void note_mentions(const sentence& s, classification& out) {
    for (const auto& m : s.mentions)
        if (!m.match.ambiguous)
            add_once(out.mentioned, m.match.account);
}

class judge {
  public:
    judge(const rulebook& rules, const signals::signal& item, const companies& accounts)
        : rules_(rules), item_(item), accounts_(accounts) {
        out_.happened_on = local_date{std::chrono::floor<std::chrono::days>(item.published)};
    }

    classification run() {
        if (!filed() && !texts(without_mark(item_.title), item_.summary))
            nothing();
        return std::move(out_);
    }

  private:
    // "UPDATE 2-Whole Foods cuts …", "RPT-UPDATE 1-…": how often an agency told it is no part of a name.
    std::string_view without_mark(std::string_view title) const {
        for (bool marked = true; marked;) {
            marked = false;
            for (const auto& mark : rules_.series_marks) {
                if (!title.starts_with(mark))
                    continue;
                const auto end = title.find_first_not_of("0123456789 ", mark.size());
                if (end == std::string_view::npos || (title[end] != '-' && title[end] != ':'))
                    continue;
                title.remove_prefix(std::min(title.find_first_not_of(' ', end + 1), title.size()));
                marked = true;
            }
        }
        return title;
    }

    // Title first; where it says nothing either way, the sentences below it. False where neither tells an event.
    bool texts(std::string_view title, std::string_view summary) {
        auto head = read_sentence(title, accounts_);
        note_mentions(head, out_);
        const auto sentences = split_sentences(summary);
        std::vector<sentence> body;
        headline_ = &head, body_ = &body;
        for (const auto text : sentences) {
            if (body.size() == most_sentences)
                break;
            if (text == title)
                continue;
            body.push_back(read_sentence(text, accounts_));
            note_mentions(body.back(), out_);
        }
        const auto first = read_clauses(rules_, head);
        if (take(first, head, 1.0) || named_below(first, head, body) || told_below(first, head, body, rules_.speaks))
            return true;
        const bool told = first.suspected != kind::none || first.what != kind::none;
        if (told || (!first.against.empty() && (!head.mentions.empty() || first.against_weight > doubt_of_a_word))) {
            doubt(first);
            return false;
        }
        auto topic = only_account(head);
        for (auto& s : body) {
            const auto own = only_account(s);
            const auto r = read_clauses(rules_, s, topic.account ? &topic : nullptr);
            if (r.what != kind::market_shift && take(r, s, 0.85))
                return true;
            if (out_.suspected == kind::none && r.suspected != kind::none)
                doubt(r);
            if (own.account)
                topic = own;
        }
        return told_below(first, head, body, rules_.tells_itself);
    }

    // "Brewer to close two plants", and the first sentence below says which brewer.
    bool named_below(const reading& first, sentence& head, std::vector<sentence>& body) {
        if (!head.mentions.empty() || body.empty() || first.against_weight > 1 || first.suspected != kind::none)
            return false;
        const auto subject = only_account(body.front());
        if (!subject.account)
            return false;
        const company_match somebody;
        auto r = read_clauses(rules_, head, &somebody);
        if (!r.event() || r.mentions.empty())
            return false;
        for (const auto m : r.mentions)
            head.mentions[m].match = subject;
        return take(r, head, 0.8);
    }

    // "Container ship runs aground", and below: "Lindqvist Shipping said nobody was hurt." Who speaks first is meant.
    bool told_below(const reading& first, const sentence& head, const std::vector<sentence>& body,
                    std::uint16_t verbs) {
        if (!head.mentions.empty() || body.empty() || first.against_weight > 1 || first.suspected != kind::none)
            return false;
        const auto subject = only_account(body.front());
        const auto& lead = body.front();
        if (!subject.account || lead.mentions.front().first > 1)
            return false;
        const auto seen = rules_.words.look(lead);
        const auto next = lead.mentions.front().last + 1;
        if (next >= lead.tokens.size() || seen.lengths(verbs, next) == 0)
            return false;
        const auto spelled = subject.as_written + " " + std::string(head.text);
        auto about = read_sentence(spelled, accounts_);
        if (!take(read_clauses(rules_, about), about, 0.6))
            return false;
        out_.evidence = std::string(head.text);
        return true;
    }

    // The one account that a sentence names; account 0 where it names none or several.
    static company_match only_account(const sentence& s) {
        company_match out;
        for (const auto& m : s.mentions) {
            if (m.match.ambiguous || (out.account && out.account != m.match.account))
                return {};
            out = m.match;
        }
        return out;
    }

    bool take(const reading& r, const sentence& s, double trust) {
        if (!r.event())
            return false;
        if (r.what != kind::market_shift && r.mentions.empty()) {
            out_.ambiguous_company = out_.ambiguous_company || r.ambiguous;
            return false;
        }
        out_.kind = out_.suspected = r.what;
        out_.none_reason.clear();
        out_.ambiguous_company = r.ambiguous;
        for (const auto m : r.mentions)
            belongs_to(s.mentions[m].match.account);
        out_.scope = rules_.kinds[static_cast<std::size_t>(r.what)].scope;
        out_.evidence = std::string(s.text);
        out_.happened_on = day_of(s);
        out_.rule = r.rule;
        const bool own_word = r.stated || own_statement();
        out_.state = own_word && !r.sourced ? state::confirmed : state::reported;
        if (r.called_off)
            out_.state = state::withdrawn;
        const double margin = r.weight - r.against_weight;
        out_.confidence = trust * std::clamp(0.55 + 0.15 * margin + (r.sourced ? -0.1 : 0.0), 0.3, 0.97);
        return true;
    }

    // Of the sentence itself, else of the first ones below the headline, else that of publication.
    local_date day_of(const sentence& s) const {
        const auto published = out_.happened_on;
        const auto named = [&](const sentence& in) {
            return day_named(in, rules_.words.look(in), rules_.dates, published, &in != headline_);
        };
        if (const auto day = named(s))
            return *day;
        for (std::size_t i = 0; body_ != nullptr && i < std::min<std::size_t>(2, body_->size()); ++i)
            if (const auto& below = (*body_)[i]; of_the_same(below, s))
                if (const auto day = named(below))
                    return *day;
        return published;
    }

    // "On December 30, 2024, the Board …", in the text of a filing.
    local_date day_in(std::string_view text) const {
        for (const auto one : split_sentences(text)) {
            const auto s = read_sentence(one, accounts_);
            if (const auto day = day_named(s, rules_.words.look(s), rules_.dates, out_.happened_on, false))
                return *day;
        }
        return out_.happened_on;
    }

    // A sentence that names nobody but those of the evidence.
    static bool of_the_same(const sentence& below, const sentence& evidence) {
        return std::all_of(below.mentions.begin(), below.mentions.end(), [&](const mention& m) {
            return evidence.mentions.empty() ||
                   std::any_of(evidence.mentions.begin(), evidence.mentions.end(),
                               [&](const mention& e) { return e.match.account == m.match.account; });
        });
    }

    void belongs_to(account_id id) {
        if (std::find(out_.accounts.begin(), out_.accounts.end(), id) != out_.accounts.end())
            return;
        out_.accounts.push_back(id);
        out_.companies.emplace_back(accounts_.name_of(id));
    }

    void doubt(const reading& r) {
        if (!r.against.empty())
            out_.none_reason = r.against;
        else if (!r.doubt.empty())
            out_.none_reason = r.doubt;
        out_.suspected = r.suspected != kind::none ? r.suspected : r.what;
        out_.state = out_.none_reason == "denial" ? state::withdrawn : state::reported;
    }

    void nothing() {
        if (!out_.none_reason.empty())
            return;
        out_.none_reason = out_.mentioned.empty() ? "no_account" : "nothing";
    }

    bool own_statement() const {
        const auto publisher = text::folded(item_.publisher.empty() ? item_.source : item_.publisher);
        return std::any_of(rules_.wires.begin(), rules_.wires.end(),
                           [&](const auto& wire) { return publisher.find(wire) != std::string::npos; });
    }

    // True where this is a filing with item codes: then they have decided.
    bool filed() {
        const auto form = read_filing(item_);
        if (form.codes.empty())
            return false;
        const auto code = most_telling(form, rules_.telling_items);
        const auto found = rules_.items.find(code);
        const auto by_code = found == rules_.items.end() ? kind::none : found->second;
        below_ = text_below(form, item_);
        if (needs_text(code) && texts({}, below_)) {
            out_.state = state::confirmed;
            out_.accounts.clear();
            out_.companies.clear();
        } else {
            const auto day = out_.happened_on;
            out_ = {};
            out_.happened_on = day;
            out_.kind = out_.suspected = by_code;
            out_.rule = "Item " + code;
            out_.confidence = by_code == kind::none ? 0 : 0.95;
            out_.evidence = by_code == kind::none ? std::string{} : heading_of(form, item_, code);
            if (by_code != kind::none)
                out_.happened_on = day_in(below_);
        }
        filer();
        return true;
    }

    void filer() {
        const auto head = read_sentence(without_mark(item_.title), accounts_);
        note_mentions(head, out_);
        const auto hinted = accounts_.exactly(item_.account_hint);
        if (hinted)
            add_once(out_.mentioned, hinted);
        if (out_.kind == kind::none) {
            out_.none_reason = "nothing";
            return;
        }
        if (hinted)
            belongs_to(hinted);
        else if (!head.mentions.empty() && !head.mentions.front().match.ambiguous)
            belongs_to(head.mentions.front().match.account);
        else
            out_.ambiguous_company = !head.mentions.empty();
        if (out_.accounts.empty()) {
            out_.kind = kind::none;
            out_.none_reason = "no_account";
            out_.evidence.clear();
            return;
        }
        out_.state = state::confirmed;
        out_.scope = rules_.kinds[static_cast<std::size_t>(out_.kind)].scope;
    }

    bool needs_text(const std::string& code) const {
        return std::find(rules_.items_by_text.begin(), rules_.items_by_text.end(), code) != rules_.items_by_text.end();
    }

    const rulebook& rules_;
    const signals::signal& item_;
    const companies& accounts_;
    classification out_;
    const sentence* headline_ = nullptr;
    const std::vector<sentence>* body_ = nullptr;
    std::string below_; // the summary of a filing without its headings
};

} // namespace

classifier::classifier(const rules::node& triggers_toml) : rulebook_(std::make_unique<const rulebook>(triggers_toml)) {}
classifier::~classifier() = default;
classifier::classifier(classifier&&) noexcept = default;
classifier& classifier::operator=(classifier&&) noexcept = default;

classification classifier::classify(const signals::signal& item, const companies& accounts) const {
    return judge(*rulebook_, item, accounts).run();
}
const kind_rules& classifier::rules_of(kind k) const { return rulebook_->kinds[static_cast<std::size_t>(k)]; }
const signals::story_rules& classifier::story_rules() const { return rulebook_->stories; }
const std::vector<std::string>& classifier::problems() const { return rulebook_->problems; }

trigger_event to_event(const classification& what, const signals::signal& item) {
    trigger_event e;
    e.kind = what.kind;
    e.scope = what.scope;
    e.accounts = what.accounts;
    e.companies = what.companies;
    e.happened_on = what.happened_on;
    e.evidence = what.evidence;
    e.rule = what.rule;
    e.state = what.state;
    e.confidence = item.activity ? std::min(what.confidence, 0.3) : what.confidence;
    e.title = item.title;
    e.url = item.url;
    e.source = item.publisher.empty() ? item.source : item.publisher;
    e.signal = item.id;
    e.activity = item.activity;
    return e;
}

} // namespace whynow::domain::triggers
