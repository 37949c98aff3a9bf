-- What the team's calls taught the ranker, version by version, and which calls are in it; and everybody who could have
-- been called, with the chance they had, so that other choices can be judged later.
CREATE TABLE learned (
    id @identity@,
    day text NOT NULL,
    made_at bigint NOT NULL,
    calls bigint NOT NULL,
    note text NOT NULL,
    content text NOT NULL
);

CREATE TABLE learned_calls (
    card bigint PRIMARY KEY REFERENCES cards (id) ON DELETE CASCADE,
    version bigint NOT NULL,
    hit smallint NOT NULL
);
CREATE INDEX learned_calls_version ON learned_calls (version);

CREATE TABLE considered (
    id @identity@,
    brief bigint NOT NULL REFERENCES briefs (id) ON DELETE CASCADE,
    contact bigint REFERENCES contacts (id) ON DELETE CASCADE,
    account bigint REFERENCES accounts (id) ON DELETE CASCADE,
    card bigint REFERENCES cards (id) ON DELETE CASCADE,
    features text NOT NULL,
    probability double precision NOT NULL,
    propensity double precision NOT NULL
);
CREATE INDEX considered_brief ON considered (brief);
CREATE INDEX considered_contact ON considered (contact);
CREATE INDEX considered_card ON considered (card);

CREATE INDEX cards_reason_key ON cards (reason_key);
