-- What was told (signals), what it means (events), and by whom it was told.
CREATE TABLE signals (
    id @identity@,
    fingerprint text NOT NULL,
    source text NOT NULL,
    external_id text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    url text NOT NULL,
    publisher text NOT NULL,
    published bigint NOT NULL,
    item_codes text NOT NULL,
    account_hint text NOT NULL,
    kind_hint text NOT NULL,
    activity smallint NOT NULL,
    received bigint NOT NULL
);
CREATE UNIQUE INDEX signals_fingerprint ON signals (fingerprint);
CREATE INDEX signals_published ON signals (published);

CREATE TABLE events (
    id @identity@,
    kind text NOT NULL,
    scope text NOT NULL,
    companies text NOT NULL,
    happened_on text NOT NULL,
    evidence text NOT NULL,
    state text NOT NULL,
    confidence double precision NOT NULL,
    title text NOT NULL,
    url text NOT NULL,
    source text NOT NULL,
    story text NOT NULL,
    signal bigint REFERENCES signals (id),
    activity smallint NOT NULL,
    seen_at bigint NOT NULL
);
CREATE INDEX events_happened_on ON events (happened_on);

-- Every story that told an event; the first to come made it.
CREATE TABLE event_stories (
    story text PRIMARY KEY,
    event bigint NOT NULL REFERENCES events (id)
);

-- rank 0: the one that proved it.
CREATE TABLE event_links (
    id @identity@,
    event bigint NOT NULL REFERENCES events (id),
    rank smallint NOT NULL,
    source text NOT NULL,
    url text NOT NULL
);
CREATE UNIQUE INDEX event_links_once ON event_links (event, source, url);

-- touched = 0: it happened to this account; 1: it only touches it, by `scope`.
CREATE TABLE event_accounts (
    event bigint NOT NULL REFERENCES events (id),
    account bigint NOT NULL REFERENCES accounts (id),
    scope text NOT NULL,
    touched smallint NOT NULL,
    PRIMARY KEY (event, account)
);
CREATE INDEX event_accounts_account ON event_accounts (account, event);

CREATE TABLE event_marks (
    event bigint NOT NULL REFERENCES events (id),
    rep bigint NOT NULL REFERENCES reps (id),
    PRIMARY KEY (event, rep)
);

CREATE TABLE sources (
    source text PRIMARY KEY,
    position text NOT NULL,
    next_poll bigint NOT NULL,
    last_success bigint NOT NULL,
    failures integer NOT NULL,
    problem text NOT NULL
);
