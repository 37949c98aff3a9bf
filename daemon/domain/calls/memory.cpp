// What a table learner has learned, as text: tab-separated lines, a fingerprint of all before it at the end.
#include "domain/calls/table_learner.hpp"
#include "domain/core/lines.hpp"

#include <fmt/format.h>

namespace whynow::domain::calls {
namespace {

constexpr std::string_view head = "whynow-calls 1\n";

using lines::reader;
using lines::writer;

void write(writer& w, const foretelling& f) {
    w.number(f.won);
    w.number(f.pairs);
    w.number(f.yes);
    w.number(f.no);
    w.number(f.days);
}

foretelling read_foretelling(reader& r) {
    foretelling f;
    f.won = r.number<double>();
    f.pairs = r.number<double>();
    f.yes = r.number<std::int64_t>();
    f.no = r.number<std::int64_t>();
    f.days = r.number<std::int64_t>();
    return f;
}

column read_column(reader& r, foretelling& as_number, foretelling& as_value) {
    column c;
    c.name = r.word();
    const auto kind_number = r.number<int>();
    r.good = r.good && kind_number >= 0 && kind_number <= int(kind::word);
    c.kind = calls::kind(kind_number);
    c.told_after_call = r.number<int>() != 0;
    c.of_day = r.number<int>() != 0;
    c.passing = r.number<int>() != 0;
    c.count = r.number<std::int64_t>();
    c.mean = r.number<double>();
    c.squares = r.number<double>();
    c.steady = r.word();
    c.steady_days = r.number<std::int64_t>();
    c.days = r.number<std::int64_t>();
    c.varied = r.number<std::int64_t>();
    as_number = read_foretelling(r);
    as_value = read_foretelling(r);
    return c;
}

void write(writer& w, const ranked_list& l) {
    w.word("list");
    w.number(l.of);
    w.number(l.owed);
    for (const auto k : l.keys)
        w.number(k);
    w.end();
}

ranked_list read_list(reader& r) {
    ranked_list l;
    l.of = r.number<std::uint64_t>();
    l.owed = r.number<double>();
    l.keys = r.numbers<std::uint64_t>();
    return l;
}

// The line that ends a text that is whole: no other begins so.
constexpr std::string_view seal = "end\t";
std::size_t end_of(std::string_view text) {
    const auto at = text.find("\nend\t");
    return at == text.npos ? at : at + 1;
}
std::string sealed(std::string_view text) { return fmt::format("{}{:016x}\n", seal, fingerprint(text)); }

} // namespace

std::string table_learner::save() const {
    writer w(head);
    w.words("told", {told_.outcome, told_.key, told_.success});
    w.words("day", told_.day);
    w.words("after_call", told_.after_call);
    w.words("before_call", told_.before_call);
    w.line_of("calls", std::initializer_list<std::int64_t>{calls_, hits_, columns_.met()});
    w.word("last_day");
    w.word(last_day_);
    w.end();
    w.line_of("owed", std::initializer_list<double>{owed_});
    w.line_of("sheets", learned_);
    for (std::size_t n = 0; n < columns_.all().size(); ++n) {
        const auto& c = columns_.all()[n];
        w.word("column");
        w.word(c.name);
        w.number(int(c.kind));
        w.number(int(c.told_after_call));
        w.number(int(c.of_day));
        w.number(int(c.passing));
        w.number(c.count);
        w.number(c.mean);
        w.number(c.squares);
        w.word(c.steady);
        w.number(c.steady_days);
        w.number(c.days);
        w.number(c.varied);
        const auto& [as_number, as_value] = n < watch_.size() ? watch_[n] : std::pair<foretelling, foretelling>();
        write(w, as_number);
        write(w, as_value);
        w.end();
    }
    for (std::size_t f = 1; f < columns_.features().size(); ++f) {
        const auto& name = columns_.features()[f];
        w.word("feature");
        w.number(name.column);
        w.number(int(name.what));
        w.word(name.level);
        w.end();
    }
    ranking::write(w, learner_.all());
    for (const auto& l : lists_)
        write(w, l);
    w.out += sealed(w.out);
    return std::move(w.out);
}

std::string table_learner::added() const {
    if (new_lists_ == 0)
        return {};
    writer w("");
    for (auto n = lists_.size() - std::min(new_lists_, lists_.size()); n < lists_.size(); ++n)
        write(w, lists_[n]);
    w.line_of("owed", std::initializer_list<double>{owed_});
    return w.out + sealed(w.out);
}

// What rank() added behind the memory, piece by piece; the first piece that is not whole ends it.
bool table_learner::take_added(std::string_view text) {
    while (!text.empty()) {
        const auto end = end_of(text);
        const auto piece = text.substr(0, end);
        const auto whole = end == text.npos ? 0 : end + sealed(piece).size();
        if (whole == 0 || text.substr(0, whole) != std::string(piece) + sealed(piece))
            return false;
        reader r(piece);
        while (r.good && r.next_line()) {
            const auto what = r.field();
            if (what == "list")
                keep_list(read_list(r));
            else if (what == "owed")
                owed_ = r.number<double>();
            else
                r.good = false;
        }
        if (!r.good)
            return false;
        text.remove_prefix(whole);
    }
    return true;
}

std::variant<table_learner, std::string> table_learner::restore(std::string_view text, table_rules rules) {
    using bad = std::string;
    if (!text.starts_with(head))
        return text.starts_with("whynow-calls ") ? bad("was written by another version of whynow")
                                                 : bad("is no memory of calls");
    const auto end = end_of(text);
    if (end == text.npos)
        return bad("is damaged or cut short");
    const auto sealing = sealed(text.substr(0, end));
    if (text.substr(end, sealing.size()) != sealing)
        return bad("is damaged or cut short");
    table_learner out({}, std::move(rules));
    out.columns_ = {};
    std::vector<ranking::mixture::learned> experts;
    reader r(text.substr(head.size(), end - head.size()));
    while (r.good && r.next_line()) {
        const auto what = r.field();
        if (what == "told") {
            out.told_.outcome = r.word();
            out.told_.key = r.word();
            out.told_.success = r.word();
        } else if (what == "day") {
            out.told_.day = r.words();
        } else if (what == "after_call") {
            out.told_.after_call = r.words();
        } else if (what == "before_call") {
            out.told_.before_call = r.words();
        } else if (what == "calls") {
            out.calls_ = r.number<std::int64_t>();
            out.hits_ = r.number<std::int64_t>();
            out.columns_.put_met(r.number<std::int64_t>());
        } else if (what == "last_day") {
            out.last_day_ = r.word();
        } else if (what == "owed") {
            out.owed_ = r.number<double>();
        } else if (what == "sheets") {
            out.learned_ = r.numbers<std::uint64_t>();
        } else if (what == "column") {
            auto& [as_number, as_value] = out.watch_.emplace_back();
            out.columns_.put(read_column(r, as_number, as_value));
        } else if (what == "feature") {
            feature_name f;
            f.column = r.number<std::uint32_t>();
            f.what = feature_name::part(r.number<int>());
            f.level = r.word();
            r.good = r.good && out.columns_.put(std::move(f));
        } else if (ranking::read_learned(what, r, experts)) {
            continue;
        } else if (what == "list") {
            out.lists_.push_back(read_list(r));
        } else {
            r.good = false;
        }
    }
    if (!r.good)
        return bad("is damaged or cut short");
    if (!out.learner_.restore(experts) || out.learner_.size() != out.columns_.features().size())
        return bad("was learned under other rules ([table] in ranking.toml)");
    const auto added = text.substr(end + sealing.size());
    out.may_add_ = out.take_added(added) && added.size() < end;
    out.new_lists_ = 0;
    return out;
}

} // namespace whynow::domain::calls
