#include "cli/calls_files.hpp"
#include "cli/commands.hpp"
#include "cli/stop.hpp"
#include "cli/writing.hpp"
#include "domain/calls/rehearsal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>

namespace whynow::cli {
namespace {

calls::purpose told_by(const calls_command& c) {
    calls::purpose p{c.outcome, c.key, c.day, c.after_call, c.before_call, c.success};
    for (auto* names : {&p.after_call, &p.before_call}) {
        std::ranges::sort(*names);
        const auto doubled = std::ranges::unique(*names);
        names->erase(doubled.begin(), doubled.end());
    }
    for (const auto* special : {&p.outcome, &p.key})
        if (!special->empty() && std::ranges::find(p.after_call, *special) != p.after_call.end())
            throw stop(exit_code::usage, "--after-call: \"" + *special +
                                             "\" is the outcome or the key, which is no input anyway; leave it out");
    if (!p.key.empty() && p.key == p.outcome)
        throw stop(exit_code::usage,
                   "--key and --outcome name the same column; the key tells calls apart, the outcome says what came");
    for (const auto& name : p.before_call)
        if (std::ranges::find(p.after_call, name) != p.after_call.end())
            throw stop(exit_code::usage,
                       "\"" + name +
                           "\" cannot be known before and only after the call; leave out one of the two flags");
    return p;
}

std::string joined(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ",")); }

// What is told now must be what was told when it was learned; what is left out now is taken from there.
void agree(const calls::purpose& now, const calls::purpose& then, const std::string& state) {
    const auto differs = [&](std::string_view flag, const std::string& a, const std::string& b) {
        if (!a.empty() && a != b)
            throw stop(exit_code::usage,
                       fmt::format("{} {}: {} was learned with {} {}; say the same, or use another --state", flag, a,
                                   state, flag, b.empty() ? "left out" : b));
    };
    differs("--outcome", now.outcome, then.outcome);
    differs("--key", now.key, then.key);
    differs("--day", joined(now.day), joined(then.day));
    differs("--after-call", joined(now.after_call), joined(then.after_call));
    differs("--before-call", joined(now.before_call), joined(then.before_call));
    differs("--success", now.success, then.success);
}

calls::table_learner learner_for(const calls_command& c) {
    const auto told = told_by(c);
    if (auto known = learner_in(c.state)) {
        agree(told, known->told(), c.state);
        return *std::move(known);
    }
    if (told.outcome.empty() || told.key.empty())
        throw stop(exit_code::usage,
                   c.state + ": nothing was learned here yet; name the columns with --outcome and --key");
    return calls::table_learner(told, rules_of_tables());
}

calls::ranking_wish wish_of(const calls_command& c) { return {c.budget, c.explore, c.seed, c.why}; }

std::string quoted(std::string_view cell) {
    if (cell.find_first_of(";\"\r\n") == cell.npos)
        return std::string(cell);
    std::string out = "\"";
    for (const char c : cell)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

// Declared columns that are nowhere: allowed, since a list of calls to make has none of them, but perhaps a slip.
void note_absent(const calls::sheet& s, const calls_command& c) {
    for (const auto& name : c.after_call)
        if (calls::position(s.header, name) == calls::nowhere)
            std::cerr << "whynow: note: " << c.file << " has no column \"" << name << "\" (--after-call)\n";
}

} // namespace

int calls_learn(const calls_command& c) {
    auto learner = learner_for(c);
    const auto sheet = sheet_in(c.file, learner.told().outcome);
    note_absent(sheet, c);
    if (sheet.rows.empty() && learner.calls() > 0) { // a day on which nobody was called
        std::cout << c.file << " has no calls; nothing was changed\n";
        return 0;
    }
    calls::learned_rows report;
    stop_for(learner.learn(sheet, report), c.file, "was not learned, the state is as it was");
    if (report.again) {
        std::cout << "these calls were learned before; nothing was changed\n";
        return 0;
    }
    write_whole(c.state, learner.save(), lasting::yes);
    std::cout << fmt::format("learned {} calls of {} days, {} of them successes; {} in all, {} successes\n",
                             report.calls, report.days, report.hits, learner.calls(), learner.hits());
    if (report.unknown > 0)
        std::cout << fmt::format("{} rows without an outcome were passed over\n", report.unknown);
    if (learner.hits() == 0 || learner.hits() == learner.calls())
        std::cout << "every outcome so far is the same: until another one comes, all calls look alike\n";
    if (c.columns) {
        std::cout << fmt::format("looked at: {}\n", fmt::join(report.used, ", "));
        std::cout << fmt::format("not looked at: {}\n", fmt::join(report.unused, ", "));
    }
    return 0;
}

int calls_rank(const calls_command& c) {
    auto learner = learner_for(c);
    if (learner.calls() == 0)
        throw stop(exit_code::usage,
                   c.state + ": nothing was learned here yet; first `whynow calls learn FILE --state " + c.state + "`");
    const auto sheet = sheet_in(c.file, learner.told().outcome);
    std::vector<calls::ranked_row> rows;
    stop_for(learner.rank(sheet, wish_of(c), rows), c.file, "was not ranked");
    std::string out = c.explore > 0 ? "row;p;call;propensity" : "row;p;call";
    out += c.why ? ";why\n" : "\n";
    for (const auto& r : rows) {
        fmt::format_to(std::back_inserter(out), "{};{:.9g};{}", quoted(r.key), r.probability, r.call ? 1 : 0);
        if (c.explore > 0)
            fmt::format_to(std::back_inserter(out), ";{:.9g}", r.propensity);
        out += c.why ? ";" + quoted(r.why) + "\n" : "\n";
    }
    write_whole(c.out, out, lasting::no);
    if (learner.may_add())
        add_behind(c.state, learner.added());
    else
        write_whole(c.state, learner.save(), lasting::yes);
    return 0;
}

int calls_rehearse(const calls_command& c) {
    const auto told = told_by(c);
    const auto sheet = sheet_in(c.file, told.outcome);
    const auto walked =
        calls::rehearse(sheet, calls::table_learner(told, rules_of_tables()), {c.history, wish_of(c), c.all_outcomes});
    if (const auto* problems = std::get_if<std::vector<calls::problem>>(&walked))
        stop_for(*problems, c.file, "cannot be rehearsed");
    const auto f = calls::figures_of(std::get<std::vector<calls::foretold>>(walked));
    std::cout << fmt::format("{} calls of {} days, {} successes\n", f.calls, f.days, f.hits);
    const auto line = [](std::string_view what, double share) {
        std::cout << fmt::format("{:<52}{:6.1f} %\n", what, share * 100);
    };
    line("successes in the better half of each day's calls", f.day_half);
    line("successes in the best half of all", f.half);
    line("  … of each tenth of the time", f.block_half);
    line("successes in the best quarter", f.quarter);
    line("successes in the best tenth", f.tenth);
    std::cout << fmt::format(
        "AUC {:.3f} (of one day {:.3f}), Brier {:.4f}, log loss {:.4f}, calibration error {:.3f}\n", f.auc, f.day_auc,
        f.brier, f.log_loss, f.calibration);
    return 0;
}

} // namespace whynow::cli
