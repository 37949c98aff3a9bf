#include "domain/digests/digest.hpp"
#include "domain/digests/words.hpp"

namespace whynow::domain::digests {

cards::message own_week(const figures& f, std::string_view first, std::string_view language, local_date today,
                        const text::phrasebook& book) {
    const figure_words words(language, today, book);
    text::slots s;
    s.set("first", std::string(first));
    words.count(s, "calls", "one_call", f.all.calls);
    words.count(s, "conversations", "one_conversation", f.all.conversations);
    words.count(s, "hits", "one_hit", f.all.hits);
    words.count(s, "usual", "one_usual", f.usual_calls);
    words.count_if_any(s, "saved", "one_saved", f.saved());
    words.count(s, "referrals", "one_referral", f.all.referrals);
    words.count(s, "meetings", "one_meeting", f.all.meetings);
    words.count(s, "unlogged", "one_unlogged", f.unlogged);
    words.count(s, "overdue", "one_overdue", f.overdue_count);
    words.count(s, "letters", "one_letter", f.thanks_owed - f.thanks_sent);

    cards::message out{words.say("own_week.fallback", s), {cards::heading{words.say("own_week.title", s)}}};
    const auto line = [&](std::string_view key) { out.blocks.push_back(paragraph(words.say(key, s))); };
    line(f.all.calls == 0           ? "own_week.no_calls"
         : f.all.conversations == 0 ? "own_week.no_conversation"
                                    : "own_week.calls");
    if (f.all.meetings > 0)
        line("own_week.meetings");
    if (f.all.referrals > 0)
        line("own_week.referrals");
    if (f.all.calls > 0 && f.saved() > 0)
        line("own_week.saved");
    if (f.thanks_owed > f.thanks_sent)
        line("own_week.letters");
    if (f.unlogged > 0)
        line("own_week.unlogged");
    if (f.overdue_count > 0) {
        line("own_week.overdue");
        cards::facts rows;
        for (const auto& p : f.overdue)
            rows.rows.push_back(
                {p.who,
                 {{words.say("digest.overdue_row",
                             text::slots{}.set("account", p.account).set("day", words.day(p.promised)).set("rep", "")),
                   "", false, false}}});
        out.blocks.emplace_back(std::move(rows));
    }
    out.blocks.push_back(subtle(words.say("own_week.private")));
    return out;
}

} // namespace whynow::domain::digests
