-- What is measured, agreed to, said and rewarded; and the codes that people invite with.

CREATE TABLE telemetry_event (
    id BIGSERIAL PRIMARY KEY,
    user_id TEXT,
    type TEXT NOT NULL,
    category TEXT NOT NULL,
    metadata JSONB,
    device_id TEXT,
    duration INTEGER,
    status TEXT,
    error TEXT,
    timestamp TIMESTAMPTZ NOT NULL
);
CREATE INDEX telemetry_event_user_id ON telemetry_event (user_id);
CREATE INDEX telemetry_event_timestamp ON telemetry_event (timestamp);

CREATE TABLE openai_call (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    feature_name TEXT NOT NULL,
    model TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL DEFAULT 0,
    cached_tokens INTEGER NOT NULL DEFAULT 0,
    completion_tokens INTEGER NOT NULL DEFAULT 0,
    total_tokens INTEGER NOT NULL DEFAULT 0,
    estimated_cost BIGINT NOT NULL DEFAULT 0,
    duration INTEGER,
    task_id TEXT,
    status TEXT NOT NULL DEFAULT 'ok',
    metadata JSONB,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX openai_call_task_id ON openai_call (task_id);
CREATE INDEX openai_call_created_at ON openai_call (created_at);

CREATE TABLE openai_usage (
    id SERIAL PRIMARY KEY,
    user_id TEXT NOT NULL,
    feature_name TEXT NOT NULL,
    model TEXT NOT NULL,
    date DATE NOT NULL DEFAULT CURRENT_DATE,
    prompt_tokens BIGINT NOT NULL DEFAULT 0,
    cached_tokens BIGINT NOT NULL DEFAULT 0,
    completion_tokens BIGINT NOT NULL DEFAULT 0,
    total_tokens BIGINT NOT NULL DEFAULT 0,
    estimated_cost BIGINT NOT NULL DEFAULT 0,
    calls_count INTEGER NOT NULL DEFAULT 0,
    UNIQUE (user_id, feature_name, model, date)
);

CREATE TABLE openai_pricing (
    id SERIAL PRIMARY KEY,
    model_name TEXT NOT NULL UNIQUE,
    input_price_per_m_token NUMERIC NOT NULL DEFAULT 0,
    output_price_per_m_token NUMERIC NOT NULL DEFAULT 0,
    cache_price_per_m_token NUMERIC NOT NULL DEFAULT 0,
    description TEXT,
    is_active BOOLEAN NOT NULL DEFAULT true,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE openai_alert (
    id SERIAL PRIMARY KEY,
    type TEXT NOT NULL,
    threshold NUMERIC NOT NULL DEFAULT 0,
    enabled BOOLEAN NOT NULL DEFAULT true,
    name TEXT NOT NULL,
    description TEXT,
    last_triggered_at TIMESTAMPTZ
);

CREATE TABLE feedback (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    rating INTEGER,
    comment TEXT NOT NULL,
    is_bug_report BOOLEAN NOT NULL DEFAULT false,
    current_cv_file TEXT,
    user_agent TEXT,
    page_url TEXT,
    status TEXT NOT NULL DEFAULT 'new',
    created_at TIMESTAMPTZ NOT NULL,
    CHECK (rating BETWEEN 1 AND 5)
);
CREATE INDEX feedback_user_id ON feedback (user_id);

CREATE TABLE consent_log (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    action TEXT NOT NULL,
    preferences JSONB NOT NULL DEFAULT '{}',
    ip TEXT,
    user_agent TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX consent_log_user_id ON consent_log (user_id);
CREATE INDEX consent_log_created_at ON consent_log (created_at);

CREATE TABLE referral (
    id TEXT PRIMARY KEY,
    referrer_id TEXT NOT NULL,
    referred_user_id TEXT NOT NULL UNIQUE,
    referral_code TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending',
    referrer_reward INTEGER NOT NULL DEFAULT 0,
    referred_reward INTEGER NOT NULL DEFAULT 0,
    rewards_granted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX referral_referrer_id ON referral (referrer_id);
CREATE INDEX referral_referral_code ON referral (referral_code);

CREATE TABLE promo_code (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    discount_type TEXT,
    discount_value INTEGER,
    credit_bonus INTEGER,
    applicable_to TEXT NOT NULL DEFAULT 'all',
    max_uses INTEGER,
    current_uses INTEGER NOT NULL DEFAULT 0,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_until TIMESTAMPTZ,
    is_active BOOLEAN NOT NULL DEFAULT true,
    stripe_coupon_id TEXT UNIQUE,
    CHECK (current_uses >= 0 AND (max_uses IS NULL OR current_uses <= max_uses))
);

CREATE TABLE email_template (
    id SERIAL PRIMARY KEY,
    name TEXT NOT NULL,
    trigger TEXT NOT NULL,
    subject TEXT NOT NULL,
    html_content TEXT NOT NULL,
    text_content TEXT NOT NULL,
    variables JSON NOT NULL DEFAULT '[]',
    is_active BOOLEAN NOT NULL DEFAULT false,
    is_default BOOLEAN NOT NULL DEFAULT false,
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX email_template_trigger ON email_template (trigger);

CREATE TABLE email_log (
    id TEXT PRIMARY KEY,
    template_id INTEGER,
    template_name TEXT,
    recipient_email TEXT NOT NULL,
    recipient_user_id TEXT,
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    error TEXT,
    provider TEXT NOT NULL,
    provider_id TEXT,
    is_test_email BOOLEAN NOT NULL DEFAULT false,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX email_log_recipient_user_id ON email_log (recipient_user_id);
CREATE INDEX email_log_created_at ON email_log (created_at);

CREATE TABLE stripe_webhook_log (
    id SERIAL PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    event_type TEXT NOT NULL,
    payload JSONB NOT NULL DEFAULT '{}',
    processed BOOLEAN NOT NULL DEFAULT false,
    error TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX stripe_webhook_log_created_at ON stripe_webhook_log (created_at);

ALTER TABLE users
    ADD COLUMN referral_code TEXT UNIQUE,
    ADD COLUMN referred_by TEXT;
UPDATE users SET referral_code = upper(substr(md5('referral:' || id), 1, 10));
ALTER TABLE users
    ALTER COLUMN referral_code SET NOT NULL,
    ALTER COLUMN referral_code SET DEFAULT upper(substr(md5(gen_random_uuid()::text), 1, 10));
