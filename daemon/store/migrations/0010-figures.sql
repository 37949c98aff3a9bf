-- Figures are counted from narrow rows: a year of a thousand reps is read from these indexes alone.
-- Whose feed told the reason of a card, as it was when the card was made; empty: no feed did.
ALTER TABLE cards ADD COLUMN source text NOT NULL DEFAULT '';
UPDATE cards SET source = coalesce((SELECT coalesce(g.source, e.source) FROM events e LEFT JOIN signals g ON g.id = e.signal
    WHERE e.id = CAST(substr(cards.reason_key, 7) AS bigint)), '') WHERE reason_key LIKE 'event:%';
-- Whether a rep wants their own week told on its last working day.
ALTER TABLE reps ADD COLUMN own_digest smallint NOT NULL DEFAULT 1;

DROP INDEX outcomes_rep;
CREATE INDEX outcomes_rep ON outcomes (rep, day, undone, disposition, results, card);
DROP INDEX outcomes_contact;
CREATE INDEX outcomes_contact ON outcomes (contact, undone, disposition, day, told_at);
CREATE INDEX outcomes_meetings ON outcomes (rep, undone, day, disposition, follow_up_date, follow_up_from, card, contact, told_at) WHERE results LIKE '%meeting_booked%';
CREATE INDEX briefs_figures ON briefs (rep, day, budget);
CREATE INDEX cards_figures ON cards (brief, state, kind, scope, source, probability);
CREATE INDEX referrals_figures ON referrals (rep, named_on, withdrawn, outcome, generation, referred);
CREATE INDEX drafts_figures ON drafts (rep, kind, outcome, state);
CREATE INDEX facts_figures ON facts (kind, withdrawn, learned_at);
CREATE INDEX nurture_figures ON nurture (rep, state, promised);
CREATE INDEX signals_source ON signals (source, received);
