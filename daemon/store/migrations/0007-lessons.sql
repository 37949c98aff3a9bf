-- What the team teaches the readers of language: the clause or item code that made an event, and answers in words that
-- people corrected. A correction lives as long as its answer's words.
ALTER TABLE events ADD COLUMN rule text NOT NULL DEFAULT '';
CREATE TABLE corrections (
    id @identity@,
    outcome bigint NOT NULL REFERENCES outcomes (id) ON DELETE CASCADE,
    said text NOT NULL,
    field text NOT NULL,
    read_as text NOT NULL,
    meant text NOT NULL,
    corrected_at bigint NOT NULL
);
CREATE INDEX corrections_at ON corrections (corrected_at);
CREATE INDEX corrections_outcome ON corrections (outcome);
