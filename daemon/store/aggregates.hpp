// The ports of the store, one per aggregate. Each is a thin view on a session: make it where it is needed, keep it no
// longer than the session. All calls block and belong to the thread that runs the unit of work. Infrastructure failures
// throw store::failure (sql/connection.hpp) and undo the unit.
#pragma once

#include "domain/signals/signal.hpp"
#include "domain/triggers/event.hpp"
#include "store/records.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace whynow::store {

namespace sql {
class connection;
}

// One unit of work.
class session {
  public:
    explicit session(sql::connection& db) : db_(&db) {}
    sql::connection& db() { return *db_; }

  private:
    sql::connection* db_;
};

enum class upserted { inserted, updated, unchanged };

class reps {
  public:
    explicit reps(session& s) : s_(s) {}
    // By e-mail. `rep.id` is filled in. Fields that are empty in `r` keep what is stored.
    upserted upsert(book::rep& r);
    std::optional<book::rep> find(rep_id id);
    std::optional<book::rep> by_email(std::string_view email);
    // By slack_user or teams_user of the book (first contact of a person).
    std::optional<book::rep> by_platform_user(std::string_view platform, std::string_view user);
    std::vector<book::rep> all();
    void set_brief_at(rep_id id, std::optional<minute_of_day> at);
    void set_paused_until(rep_id id, std::optional<local_date> until);
    // What a rep sets for themselves: time of the brief, pause, most calls, language, their own week.
    void set_own(const book::rep& r);
    void set_zone(rep_id id, std::string_view zone);

  private:
    session& s_;
};

class identities {
  public:
    explicit identities(session& s) : s_(s) {}
    // By (platform, tenant, user); empty fields keep what is stored; clears `gone` unless set.
    void upsert(const chat_identity& who);
    std::optional<chat_identity> find(std::string_view platform, std::string_view tenant, std::string_view user);
    std::vector<chat_identity> of(rep_id rep);
    void mark_gone(std::string_view platform, std::string_view tenant,
                   std::string_view user);                              // empty user: the whole tenant
    void mark_back(std::string_view platform, std::string_view tenant); // the whole tenant: installed again

  private:
    session& s_;
};

class accounts {
  public:
    explicit accounts(session& s) : s_(s) {}
    // By domain where both have one, else by folded name. `a.id` is filled in. Fields that are empty in `a` keep what
    // is stored.
    upserted upsert(book::account& a);
    std::optional<book::account> find(account_id id);
    std::optional<book::account> by_name(std::string_view name); // folded, also aliases and former names
    std::vector<book::account> all();
    std::vector<book::account> owned_by(rep_id rep);
    // Accounts that name this one as competitor / customer, or share the industry.
    std::vector<account_id> with_competitor(std::string_view name);
    std::vector<account_id> with_customer(std::string_view name);
    std::vector<account_id> in_industry(std::string_view industry);
    std::int64_t revision(); // grows with every change: matchers are rebuilt when it moved

  private:
    session& s_;
};

class contacts {
  public:
    explicit contacts(session& s) : s_(s) {}
    // By e-mail where both have one, else by account and folded name. `c.id` is filled in. Fields that are empty in `c`
    // keep what is stored; do_not_contact and left_company are only ever set here, close() and its kin take them back.
    upserted upsert(book::contact& c);
    std::optional<book::contact> find(contact_id id);
    std::optional<book::contact> by_email(std::string_view email);
    std::optional<book::contact> by_name(account_id account, std::string_view name);
    std::vector<book::contact> of_account(account_id account);
    void close(contact_id id, bool do_not_contact); // false opens again
    void set_left_company(contact_id id, bool left);
    bool set_email(contact_id id, std::string_view email); // false: another contact has it; nothing changed
    // Only one that nothing refers to but its referral and drafts that never left (undo); false: it stays.
    bool remove(contact_id id);

  private:
    session& s_;
};

class signal_log {
  public:
    explicit signal_log(session& s) : s_(s) {}
    // Nothing where the fingerprint is known already.
    std::optional<signal_id> add(const signals::signal& item, instant received);
    std::optional<signals::signal> find(signal_id id);
    std::vector<signals::signal> recent(instant since, int most); // published since then, newest first
    std::int64_t count();

  private:
    session& s_;
};

// An event with every source that told it.
struct told_event {
    triggers::trigger_event event;
    int sources = 1;                                        // independent publishers
    std::vector<std::pair<std::string, std::string>> links; // source, url; the first is the one that proved it
    instant seen_at{};
};

class events {
  public:
    explicit events(session& s) : s_(s) {}
    // A new event, or one more source of the one with the same story (or the same kind and account within 4 days whose
    // evidence comes from another source): then the state may rise to confirmed (the confirming source then gives the
    // evidence) or fall to withdrawn. A withdrawn event stays withdrawn; a confirmation under another story is a new
    // event.
    event_id add(const triggers::trigger_event& e, instant seen);
    std::optional<told_event> find(event_id id);
    // Not withdrawn, happened on or after `since`, touching one of the account's rows.
    std::vector<told_event> of_account(account_id account, local_date since);
    std::vector<told_event> recent(local_date since, int most); // every state, newest first
    // Market shifts and events of other companies that touch accounts by industry, competitor or customer are stored
    // with one row per touched account and its scope.
    void touch(event_id id, account_id account, triggers::scope scope);
    void withdraw(std::string_view story);
    void mark_wrong(event_id id, rep_id by); // "not a reason"
    int wrong_marks(event_id id);

  private:
    session& s_;
};

class briefs {
  public:
    explicit briefs(session& s) : s_(s) {}
    // One per rep and local date: nothing where it exists already.
    std::optional<brief_id> create(const brief& b);
    std::optional<brief> find(brief_id id);
    std::optional<brief> of(rep_id rep, local_date date);
    std::optional<brief> latest(rep_id rep);
    std::optional<brief> by_message(std::string_view platform, std::string_view conversation,
                                    std::string_view message_id);
    void set_message(brief_id id, std::string_view platform, std::string_view conversation,
                     std::string_view message_id);
    void set_open_card(brief_id id, card_id card);
    card_id add_card(const card& c);
    std::optional<card> find_card(card_id id);
    std::vector<card> cards(brief_id id); // by number
    void set_card_state(card_id id, card_state state);
    void set_card_content(card_id id, std::string_view content);
    void add_left_out(const left_out& l);
    std::vector<left_out> left_out_of(brief_id id);
    // Was this reason ever shown for this person?
    bool reason_used(contact_id contact, std::string_view reason_key);
    std::optional<local_date> last_shown(contact_id contact);
    // Is this account in somebody else's brief of that day?
    bool account_taken(account_id account, local_date date, rep_id other_than);
    // Of the briefs of this rep since that day, newest first: their day, how many cards, the sum of their
    // probabilities.
    std::vector<std::tuple<local_date, int, double>> days_of(rep_id rep, local_date since);
    // Cards made from `from` to `to`, both included, for digests.
    std::vector<std::pair<brief, card>> between(local_date from, local_date to);

  private:
    session& s_;
};

class outcomes {
  public:
    explicit outcomes(session& s) : s_(s) {}
    // Nothing where `source_ref` is known already (the same click, the same message).
    std::optional<outcome_id>
    record(const outcome& o);      // `o.day` not given: its brief's day, else the UTC day of `o.at`
    void revise(const outcome& o); // by id; revision grows
    void undo(outcome_id id);
    std::optional<outcome> find(outcome_id id);
    std::optional<outcome> by_source(std::string_view source_ref);
    std::optional<outcome> of_card(card_id card); // the standing one
    std::optional<outcome> by_message(std::string_view conversation, std::string_view message_id);
    void set_message(outcome_id id, std::string_view conversation, std::string_view message_id);
    std::vector<outcome> of_contact(contact_id contact); // newest first, not undone
    std::vector<outcome> of_account(account_id account);
    std::vector<outcome> between(instant from, instant to);    // not undone
    std::vector<outcome> of_rep(rep_id rep, local_date since); // not undone, oldest first
    // Calls logged per local day by this rep on the last `days` days that had any, newest first. Neither undone ones
    // nor "not_called" count.
    std::vector<std::pair<local_date, int>> daily_calls(rep_id rep, int days);

  private:
    session& s_;
};

class facts {
  public:
    explicit facts(session& s) : s_(s) {}
    fact_id add(const fact& f);
    std::vector<fact> of_account(account_id account); // standing ones, newest first
    void withdraw(outcome_id outcome);                // all that this outcome taught

  private:
    session& s_;
};

class referrals {
  public:
    explicit referrals(session& s) : s_(s) {}
    referral_id add(const referral& r);
    void update(const referral& r);
    std::optional<referral> find(referral_id id);
    std::vector<referral> of_outcome(outcome_id outcome);    // not withdrawn
    std::optional<referral> to_contact(contact_id referred); // the newest that led to this contact
    std::vector<referral> open_of(rep_id rep);               // became a contact, no call made yet
    std::vector<referral> between(local_date from, local_date to);

  private:
    session& s_;
};

class drafts {
  public:
    explicit drafts(session& s) : s_(s) {}
    // A standing draft of the same outcome, kind and referral stays as it is and its id is returned (nurture touches
    // and discarded drafts never stand in the way).
    draft_id add(const draft& d);
    std::optional<draft> find(draft_id id);
    std::vector<draft> of_outcome(outcome_id outcome);
    std::vector<draft> of_rep(rep_id rep, int most);
    // New text, next revision; back to proposed.
    void revise(draft_id id, std::string_view to, std::string_view subject, std::string_view body);
    // proposed (or failed) at exactly this revision → approved; false where it is not so any more.
    bool approve(draft_id id, int revision);
    void set_state(draft_id id, draft_state state, std::string_view problem = {});
    void set_message(draft_id id, std::string_view conversation, std::string_view message_id);
    std::vector<draft> between(instant from, instant to);

  private:
    session& s_;
};

class nurture {
  public:
    explicit nurture(session& s) : s_(s) {}
    nurture_id schedule(const nurture_step& n);
    std::vector<nurture_step> due(rep_id rep, local_date up_to); // waiting ones
    std::vector<nurture_step> overdue(local_date before);        // shown or waiting, promised before that day, not done
    std::vector<nurture_step> of_outcome(outcome_id outcome);
    std::optional<nurture_step> find(nurture_id id);
    void set_state(nurture_id id, std::string_view state);
    void move(nurture_id id, local_date due);

  private:
    session& s_;
};

class inbox {
  public:
    explicit inbox(session& s) : s_(s) {}
    // Nothing where (channel, event id) or (channel, business key) is known already; an empty key never collides.
    std::optional<inbox_id> accept(const inbox_item& item);
    void done(inbox_id id);
    void failed(inbox_id id, std::string_view why);
    std::vector<inbox_item> undone(int most); // after a restart, oldest first
    int forget_before(instant when);          // done rows only

  private:
    session& s_;
};

class outbox {
  public:
    explicit outbox(session& s) : s_(s) {}
    // The row of that unique key, made if it was not there.
    outbox_id put(const outbox_item& item);
    // Due rows of the channel, oldest first, at most one per order key and none whose order key has an older unsettled
    // row; they become `sending` and count one more try.
    std::vector<outbox_item> claim(std::string_view channel, instant now, int most);
    // Rows left `sending` by a crash: whether they went out is not known.
    std::vector<outbox_item> stranded(std::string_view channel);
    // The oldest row whose fate is to be looked up now (`ambiguous`, problem "look"); its problem becomes "looking".
    std::optional<outbox_item> to_look_up(std::string_view channel, instant now);
    // After a crash: look-ups that were under way begin again.
    void look_again(std::string_view channel);
    std::vector<outbox_item> with_state(outbox_state state, int most);
    std::optional<outbox_item> find(outbox_id id);
    void settle(outbox_id id, outbox_state state, std::string_view problem = {});
    void again(outbox_id id, instant due, std::string_view problem, bool counts_as_try);
    // A person's word about a row that ended unsent: it is sent as if it were new, or never. False where it has not
    // ended so, and for a mail's revival: a mail is only ever approved anew, at its draft.
    bool revive(outbox_id id, instant now);
    bool drop(outbox_id id);
    std::optional<instant> next_due(std::string_view channel);
    std::map<std::string, std::int64_t> counts(); // by "channel/state"

  private:
    session& s_;
};

class sources {
  public:
    explicit sources(session& s) : s_(s) {}
    std::optional<source_cursor> find(std::string_view source);
    void put(const source_cursor& c);
    std::vector<source_cursor> all();

  private:
    session& s_;
};

class suppressions {
  public:
    explicit suppressions(session& s) : s_(s) {}
    void add(std::string_view email, std::string_view why, instant at);
    void remove(std::string_view email);
    bool has(std::string_view email);

  private:
    session& s_;
};

// What is kept of people only for a while ([privacy] keep_months).
class retention {
  public:
    explicit retention(session& s) : s_(s) {}
    // Takes out what was learned before `when` (`day` is the same in the team's zone), `most` rows of each kind at
    // most, oldest first: facts, the words of answers, referrals and returns that are over, the text of settled drafts
    // and messages, made cards, who was considered, signals that made no event. Rows that figures are counted from
    // stay, without words. Gives how many rows were touched: 0 when nothing is left to do.
    int forget_before(instant when, local_date day, int most);

  private:
    session& s_;
};

// Small named documents: the last digest of a manager, one-time marks.
class documents {
  public:
    explicit documents(session& s) : s_(s) {}
    void put(std::string_view name, std::string_view text);
    std::optional<std::string> get(std::string_view name);
    // True for the first caller ever: "digest:7:2026-W47".
    bool first(std::string_view name, instant at);
    bool marked(std::string_view name); // was there a first caller?

  private:
    session& s_;
};

} // namespace whynow::store
