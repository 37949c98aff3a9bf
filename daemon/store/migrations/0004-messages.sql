-- What comes in, what waits for a person's word, what leaves the house.
CREATE TABLE drafts (
    id @identity@,
    kind text NOT NULL,
    outcome bigint REFERENCES outcomes (id),
    referral bigint REFERENCES referrals (id),
    rep bigint REFERENCES reps (id),
    contact bigint REFERENCES contacts (id),
    recipient text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    facts text NOT NULL,
    revision integer NOT NULL,
    state text NOT NULL,
    problem text NOT NULL,
    created_at bigint NOT NULL,
    conversation text NOT NULL,
    message_id text NOT NULL
);
-- One thank-you for a call, one message for a referral, however often the call is understood.
CREATE UNIQUE INDEX drafts_once ON drafts (outcome, kind, coalesce(referral, 0))
    WHERE kind <> 'nurture' AND state <> 'discarded';
CREATE INDEX drafts_rep ON drafts (rep);
CREATE INDEX drafts_contact ON drafts (contact);
CREATE INDEX drafts_created_at ON drafts (created_at);

CREATE TABLE inbox (
    id @identity@,
    channel text NOT NULL,
    event_id text NOT NULL,
    business_key text NOT NULL,
    payload text NOT NULL,
    received_at bigint NOT NULL,
    state text NOT NULL,
    problem text NOT NULL
);
CREATE UNIQUE INDEX inbox_event ON inbox (channel, event_id) WHERE event_id <> '';
CREATE UNIQUE INDEX inbox_business_key ON inbox (channel, business_key) WHERE business_key <> '';
CREATE INDEX inbox_undone ON inbox (id) WHERE state = 'new';

CREATE TABLE outbox (
    id @identity@,
    channel text NOT NULL,
    order_key text NOT NULL,
    unique_key text NOT NULL,
    purpose text NOT NULL,
    payload text NOT NULL,
    state text NOT NULL,
    tries integer NOT NULL,
    due bigint NOT NULL,
    first_tried bigint NOT NULL,
    problem text NOT NULL,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX outbox_unique_key ON outbox (unique_key) WHERE unique_key <> '';
CREATE INDEX outbox_due ON outbox (channel, state, due, id);
CREATE INDEX outbox_order ON outbox (channel, order_key, id) WHERE state IN ('pending', 'sending', 'ambiguous');

CREATE TABLE suppressions (
    email text PRIMARY KEY,
    why text NOT NULL,
    since bigint NOT NULL
);

CREATE TABLE documents (
    name text PRIMARY KEY,
    content text NOT NULL
);

CREATE TABLE marks (
    name text PRIMARY KEY,
    set_at bigint NOT NULL
);
