-- The workspaces (or whole organisations) that installed the Slack app by OAuth, with their tokens. The file of the
-- store is readable by its owner only.
CREATE TABLE slack_installations (
    tenant text PRIMARY KEY,
    team text NOT NULL,
    team_name text NOT NULL,
    enterprise text NOT NULL,
    whole_enterprise integer NOT NULL,
    app text NOT NULL,
    bot_user text NOT NULL,
    scopes text NOT NULL,
    token text NOT NULL,
    refresh_token text NOT NULL,
    expires_at bigint,
    installed_at bigint NOT NULL,
    leased_until bigint NOT NULL,
    gone text NOT NULL
);
