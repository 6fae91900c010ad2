-- Who uses the application, and how they prove it.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT,
    email TEXT,
    email_verified TIMESTAMPTZ,
    password_hash TEXT,
    image TEXT,
    role TEXT NOT NULL DEFAULT 'user',
    language TEXT,
    reset_token TEXT UNIQUE,
    reset_token_expiry TIMESTAMPTZ,
    stripe_customer_id TEXT UNIQUE,
    onboarding_state JSONB,
    privacy_policy_accepted_at TIMESTAMPTZ,
    last_login_at TIMESTAMPTZ,
    token_version INTEGER NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CHECK (role IN ('user', 'admin'))
);

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    provider TEXT NOT NULL,
    provider_account_id TEXT NOT NULL,
    refresh_token TEXT,
    access_token TEXT,
    expires_at BIGINT,
    token_type TEXT,
    scope TEXT,
    id_token TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (provider, provider_account_id)
);
CREATE INDEX account_user_id ON account (user_id);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    user_agent TEXT
);
CREATE INDEX session_user_id ON session (user_id);
CREATE INDEX session_expires_at ON session (expires_at);

CREATE TABLE api_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    shown TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ
);
CREATE INDEX api_key_user_id ON api_key (user_id);

CREATE TABLE verification_token (
    id TEXT PRIMARY KEY,
    identifier TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    expires TIMESTAMPTZ NOT NULL,
    UNIQUE (identifier, token)
);
CREATE INDEX verification_token_expires ON verification_token (expires);

CREATE TABLE email_verification_token (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token TEXT NOT NULL UNIQUE,
    expires TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX email_verification_token_user_id ON email_verification_token (user_id);
CREATE INDEX email_verification_token_expires ON email_verification_token (expires);

CREATE TABLE auto_sign_in_token (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token TEXT NOT NULL UNIQUE,
    expires TIMESTAMPTZ NOT NULL,
    used BOOLEAN NOT NULL DEFAULT false,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX auto_sign_in_token_user_id ON auto_sign_in_token (user_id);
CREATE INDEX auto_sign_in_token_expires ON auto_sign_in_token (expires);

CREATE TABLE email_change_request (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    new_email TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    expires TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX email_change_request_user_id ON email_change_request (user_id);
CREATE INDEX email_change_request_expires ON email_change_request (expires);

CREATE UNIQUE INDEX users_email ON users (lower(email));
