-- Experiments as they were promised before they began, and who was drawn for which arm in which week. Neither is ever
-- changed; only where one was stopped is added later.
CREATE TABLE experiments (
    name text PRIMARY KEY,
    promise text NOT NULL,
    design text NOT NULL,
    stage text NOT NULL,
    weeks integer NOT NULL,
    seed bigint NOT NULL,
    worth_knowing double precision NOT NULL,
    tolerated_loss double precision NOT NULL,
    first_monday text NOT NULL,
    written_at bigint NOT NULL,
    stopped_on text
);

CREATE TABLE experiment_weeks (
    experiment text NOT NULL REFERENCES experiments (name),
    rep bigint NOT NULL REFERENCES reps (id),
    week integer NOT NULL,
    arm text NOT NULL,
    PRIMARY KEY (experiment, rep, week)
);
CREATE INDEX experiment_weeks_rep ON experiment_weeks (rep);
