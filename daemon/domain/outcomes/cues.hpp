// Which dispositions, results and hints the words of a reply show. Private to this room.
#pragma once

#include "domain/outcomes/rules.hpp"

#include <optional>
#include <vector>

namespace whynow::domain::outcomes {

struct cue {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<disposition> how;
    std::optional<result> what;
    bool weak = false; // said by somebody unnamed, or somebody only away
};

class cues {
  public:
    cues(const reply_rules& rules, const std::vector<token>& tokens);

    const std::vector<cue>& all() const { return cues_; }
    const cue* first(disposition d) const;
    const cue* first(result r) const;
    bool has(disposition d) const { return first(d) != nullptr; }
    bool has(result r) const { return first(r) != nullptr; }
    // The first match of a hint; nothing where there is none.
    std::optional<span> hint(const pattern_set& set) const;
    // A meeting that is spoken of, not one somebody sits in.
    std::optional<span> meeting() const;
    // Somebody asked to be called; the rep's own "will call again" does not count.
    bool asked_back() const;
    bool strong_connected() const;
    bool spoke_after(disposition d, bool weakly) const; // "hung up. called back, had a chat"
    bool begins_with(disposition d) const;              // is it the first of all dispositions?
    bool hard_gate() const { return hard_gate_; }
    // Every "no" is one for the time being: "not interested this year".
    bool put_off() const;
    // Every "no" is one until something happens.
    bool bounded() const;

  private:
    void scan();
    void scan_connected();
    void let_in();
    void second_call();
    void gate_talk();
    void corrections();
    bool negated(std::size_t i) const;
    bool begins_negative(std::size_t i) const;
    bool sat_in(std::size_t begin, std::size_t end) const;
    bool vetoed(const cue& c) const;
    bool takes_none(std::size_t begin, std::size_t end) const;
    std::vector<cue> at(std::size_t i) const;

    const reply_rules& rules_;
    const std::vector<token>& t_;
    std::vector<cue> cues_;
    std::vector<bool> taken_; // tokens of cues before the one looked at
    std::vector<span> idle_;  // tokens that only look like a cue
    bool hard_gate_ = false;
};

} // namespace whynow::domain::outcomes
