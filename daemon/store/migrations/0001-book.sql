-- The book of business: reps and where they can be reached, accounts, contacts.
CREATE TABLE reps (
    id @identity@,
    name text NOT NULL,
    email text NOT NULL,
    zone text NOT NULL,
    slack_user text NOT NULL,
    teams_user text NOT NULL,
    manager_email text NOT NULL,
    team text NOT NULL,
    daily_calls double precision NOT NULL,
    language text NOT NULL,
    role text NOT NULL,
    signature text NOT NULL,
    brief_at smallint,
    paused_until text
);
CREATE UNIQUE INDEX reps_email ON reps (email);
CREATE INDEX reps_slack_user ON reps (slack_user);
CREATE INDEX reps_teams_user ON reps (teams_user);

CREATE TABLE identities (
    platform text NOT NULL,
    tenant text NOT NULL,
    platform_user text NOT NULL,
    rep bigint REFERENCES reps (id),
    conversation text NOT NULL,
    route text NOT NULL,
    gone smallint NOT NULL,
    PRIMARY KEY (platform, tenant, platform_user)
);
CREATE INDEX identities_rep ON identities (rep);

CREATE TABLE accounts (
    id @identity@,
    name text NOT NULL,
    folded_name text NOT NULL,
    domain text NOT NULL,
    ticker text NOT NULL,
    cik text NOT NULL,
    aliases text NOT NULL,
    former_names text NOT NULL,
    industry text NOT NULL,
    folded_industry text NOT NULL,
    employees integer NOT NULL,
    country text NOT NULL,
    owner bigint REFERENCES reps (id),
    competitors text NOT NULL,
    customers text NOT NULL
);
CREATE UNIQUE INDEX accounts_domain ON accounts (domain) WHERE domain <> '';
CREATE INDEX accounts_folded_name ON accounts (folded_name);
CREATE INDEX accounts_industry ON accounts (folded_industry);
CREATE INDEX accounts_owner ON accounts (owner);

-- What a list of an account says, folded for looking up: kind is alias, former, competitor or customer.
CREATE TABLE account_names (
    account bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind text NOT NULL,
    folded text NOT NULL,
    PRIMARY KEY (account, kind, folded)
);
CREATE INDEX account_names_folded ON account_names (folded, kind);

CREATE TABLE contacts (
    id @identity@,
    name text NOT NULL,
    folded_name text NOT NULL,
    title text NOT NULL,
    account bigint REFERENCES accounts (id),
    email text NOT NULL,
    phone text NOT NULL,
    zone text NOT NULL,
    country text NOT NULL,
    owner bigint REFERENCES reps (id),
    do_not_contact smallint NOT NULL,
    left_company smallint NOT NULL,
    may_email smallint,
    origin text NOT NULL
);
CREATE UNIQUE INDEX contacts_email ON contacts (email) WHERE email <> '';
CREATE INDEX contacts_account ON contacts (account, folded_name);

-- Numbers that grow with every change of a part of the book.
CREATE TABLE revisions (
    part text PRIMARY KEY,
    value bigint NOT NULL
);
