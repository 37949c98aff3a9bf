-- The working day: briefs and their cards, what came out of the calls, what was learned, who comes back when.
CREATE TABLE briefs (
    id @identity@,
    rep bigint NOT NULL REFERENCES reps (id),
    day text NOT NULL,
    planned_at bigint NOT NULL,
    budget integer NOT NULL,
    candidates integer NOT NULL,
    platform text NOT NULL,
    conversation text NOT NULL,
    message_id text NOT NULL,
    open_card bigint,
    late smallint NOT NULL
);
CREATE UNIQUE INDEX briefs_one_a_day ON briefs (rep, day);
CREATE INDEX briefs_day ON briefs (day);
CREATE INDEX briefs_message ON briefs (conversation, message_id);

CREATE TABLE cards (
    id @identity@,
    brief bigint NOT NULL REFERENCES briefs (id),
    number integer NOT NULL,
    contact bigint REFERENCES contacts (id),
    account bigint REFERENCES accounts (id),
    reason_key text NOT NULL,
    kind text NOT NULL,
    scope text NOT NULL,
    content text NOT NULL,
    explanation text NOT NULL,
    probability double precision NOT NULL,
    state text NOT NULL
);
CREATE UNIQUE INDEX cards_number ON cards (brief, number);
CREATE INDEX cards_reason ON cards (contact, reason_key);
CREATE INDEX cards_account ON cards (account, brief);

CREATE TABLE left_out (
    id @identity@,
    brief bigint NOT NULL REFERENCES briefs (id),
    account bigint REFERENCES accounts (id),
    contact bigint REFERENCES contacts (id) ON DELETE CASCADE,
    why text NOT NULL,
    detail text NOT NULL
);
CREATE INDEX left_out_brief ON left_out (brief);
CREATE INDEX left_out_contact ON left_out (contact);

CREATE TABLE outcomes (
    id @identity@,
    card bigint REFERENCES cards (id),
    rep bigint REFERENCES reps (id),
    contact bigint REFERENCES contacts (id),
    account bigint REFERENCES accounts (id),
    told_at bigint NOT NULL,
    day text NOT NULL,
    source text NOT NULL,
    source_ref text NOT NULL,
    said text NOT NULL,
    disposition text NOT NULL,
    results text NOT NULL,
    action text NOT NULL,
    follow_up_from text,
    follow_up_to text,
    follow_up_date text,
    follow_up_time smallint,
    unsure text NOT NULL,
    revision integer NOT NULL,
    undone smallint NOT NULL,
    conversation text NOT NULL,
    message_id text NOT NULL
);
CREATE UNIQUE INDEX outcomes_source_ref ON outcomes (source_ref) WHERE source_ref <> '';
CREATE INDEX outcomes_card ON outcomes (card);
CREATE INDEX outcomes_contact ON outcomes (contact);
CREATE INDEX outcomes_account ON outcomes (account);
CREATE INDEX outcomes_rep ON outcomes (rep, day);
CREATE INDEX outcomes_told_at ON outcomes (told_at);
CREATE INDEX outcomes_message ON outcomes (conversation, message_id);

CREATE TABLE facts (
    id @identity@,
    account bigint REFERENCES accounts (id),
    contact bigint REFERENCES contacts (id),
    kind text NOT NULL,
    value text NOT NULL,
    learned_by bigint REFERENCES reps (id),
    learned_at bigint NOT NULL,
    outcome bigint REFERENCES outcomes (id),
    withdrawn smallint NOT NULL
);
CREATE INDEX facts_account ON facts (account);
CREATE INDEX facts_contact ON facts (contact);
CREATE INDEX facts_outcome ON facts (outcome);

CREATE TABLE referrals (
    id @identity@,
    outcome bigint REFERENCES outcomes (id),
    referrer bigint REFERENCES contacts (id),
    referred bigint REFERENCES contacts (id),
    account bigint REFERENCES accounts (id),
    rep bigint REFERENCES reps (id),
    name text NOT NULL,
    title text NOT NULL,
    contact text NOT NULL,
    words text NOT NULL,
    may_name smallint,
    generation integer NOT NULL,
    named_on text NOT NULL,
    withdrawn smallint NOT NULL
);
CREATE INDEX referrals_outcome ON referrals (outcome);
CREATE INDEX referrals_referred ON referrals (referred);
CREATE INDEX referrals_referrer ON referrals (referrer);
CREATE INDEX referrals_rep ON referrals (rep);
CREATE INDEX referrals_named_on ON referrals (named_on);

CREATE TABLE nurture (
    id @identity@,
    contact bigint REFERENCES contacts (id),
    account bigint REFERENCES accounts (id),
    rep bigint REFERENCES reps (id),
    outcome bigint REFERENCES outcomes (id),
    due text NOT NULL,
    promised text NOT NULL,
    at_minute smallint,
    words text NOT NULL,
    state text NOT NULL
);
CREATE INDEX nurture_due ON nurture (rep, state, due);
CREATE INDEX nurture_promised ON nurture (state, promised);
CREATE INDEX nurture_outcome ON nurture (outcome);
CREATE INDEX nurture_contact ON nurture (contact);
