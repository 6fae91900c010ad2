-- Tasks, events, first answers and settings.

CREATE TABLE background_task (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    request_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    type TEXT NOT NULL,
    feature_name TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL DEFAULT 0,
    requested_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    device_id TEXT,
    paid JSONB NOT NULL DEFAULT '{}',
    payload JSONB NOT NULL DEFAULT '{}',
    progress JSONB NOT NULL DEFAULT '{}',
    result JSONB,
    error JSONB,
    credits_charged INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    refunded_at TIMESTAMPTZ,
    lease_until TIMESTAMPTZ,
    seq BIGINT NOT NULL DEFAULT 0,
    UNIQUE (user_id, request_key),
    CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled'))
);

CREATE TABLE event (
    id BIGSERIAL PRIMARY KEY,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    data JSONB NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX event_created_at ON event (created_at);

CREATE TABLE idempotent_request (
    id SERIAL PRIMARY KEY,
    user_id TEXT NOT NULL,
    request_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,
    location TEXT,
    subject TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, request_key)
);

CREATE TABLE setting (
    id SERIAL PRIMARY KEY,
    setting_name TEXT NOT NULL UNIQUE,
    value JSON NOT NULL DEFAULT '{}',
    category TEXT NOT NULL,
    description TEXT,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE feature_mapping (
    id SERIAL PRIMARY KEY,
    feature_key TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    setting_names JSONB NOT NULL DEFAULT '[]',
    openai_call_names JSONB NOT NULL DEFAULT '[]',
    plan_feature_names JSONB NOT NULL DEFAULT '[]'
);

CREATE TABLE feature_usage (
    id SERIAL PRIMARY KEY,
    user_id TEXT NOT NULL,
    feature_name TEXT NOT NULL,
    usage_count INTEGER NOT NULL DEFAULT 0,
    last_used_at TIMESTAMPTZ,
    total_duration BIGINT NOT NULL DEFAULT 0,
    UNIQUE (user_id, feature_name)
);

CREATE TABLE outgoing_mail (
    id TEXT PRIMARY KEY,
    request_key TEXT NOT NULL UNIQUE,
    user_id TEXT,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT
);
CREATE INDEX outgoing_mail_user_id ON outgoing_mail (user_id);
CREATE INDEX outgoing_mail_created_at ON outgoing_mail (created_at);

ALTER TABLE background_task
    ADD COLUMN credit_used BOOLEAN GENERATED ALWAYS AS (paid ->> 'by' = 'credits') STORED,
    ADD COLUMN cv_file TEXT GENERATED ALWAYS AS (payload ->> 'cv') STORED;
CREATE INDEX background_task_page ON background_task (user_id, requested_at, id);
CREATE INDEX background_task_due ON background_task (requested_at, id)
    WHERE status IN ('queued', 'running');
CREATE INDEX event_page ON event (user_id, id);
