-- Credits, plans and what is sold.

CREATE TABLE credit_balance (
    user_id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL DEFAULT 0,
    at TIMESTAMPTZ,
    balance BIGINT NOT NULL DEFAULT 0,
    held BIGINT NOT NULL DEFAULT 0,
    debt BIGINT NOT NULL DEFAULT 0,
    lots JSON NOT NULL DEFAULT '[]',
    holds JSON NOT NULL DEFAULT '[]',
    due_at TIMESTAMPTZ,
    total_purchased BIGINT NOT NULL DEFAULT 0,
    total_gifted BIGINT NOT NULL DEFAULT 0,
    total_used BIGINT NOT NULL DEFAULT 0,
    total_refunded BIGINT NOT NULL DEFAULT 0,
    total_expired BIGINT NOT NULL DEFAULT 0,
    total_clawed_back BIGINT NOT NULL DEFAULT 0,
    total_repaid BIGINT NOT NULL DEFAULT 0,
    hash TEXT NOT NULL DEFAULT '',
    CHECK (balance >= held AND held >= 0 AND debt >= 0 AND seq >= 0)
);

CREATE TABLE credit_transaction (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    seq BIGINT NOT NULL DEFAULT 0,
    request_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    type TEXT NOT NULL,
    amount BIGINT NOT NULL DEFAULT 0,
    change BIGINT NOT NULL DEFAULT 0,
    balance BIGINT NOT NULL DEFAULT 0,
    held BIGINT NOT NULL DEFAULT 0,
    debt BIGINT NOT NULL DEFAULT 0,
    effective_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    pieces JSON NOT NULL DEFAULT '{}',
    related_transaction_id TEXT,
    source TEXT,
    counter TEXT NOT NULL,
    debited BIGINT NOT NULL DEFAULT 0,
    repaid BIGINT NOT NULL DEFAULT 0,
    feature_name TEXT,
    task_id TEXT,
    cv_file_id TEXT,
    note TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (user_id, request_key),
    UNIQUE (user_id, seq),
    CHECK (amount >= 0 AND balance >= held AND held >= 0 AND debt >= 0)
);

CREATE TABLE subscription_plan (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    is_free BOOLEAN NOT NULL DEFAULT false,
    tier INTEGER NOT NULL UNIQUE DEFAULT 0,
    is_popular BOOLEAN NOT NULL DEFAULT false,
    price_monthly BIGINT NOT NULL DEFAULT 0,
    price_yearly BIGINT NOT NULL DEFAULT 0,
    price_currency TEXT NOT NULL DEFAULT 'EUR',
    price_yearly_currency TEXT NOT NULL DEFAULT 'EUR',
    stripe_product_id TEXT UNIQUE,
    stripe_price_id_monthly TEXT UNIQUE,
    stripe_price_id_yearly TEXT UNIQUE
);

CREATE TABLE subscription_plan_feature_limit (
    id SERIAL PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES subscription_plan (id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    feature_name TEXT NOT NULL,
    is_enabled BOOLEAN NOT NULL DEFAULT true,
    usage_limit INTEGER NOT NULL DEFAULT -1,
    UNIQUE (plan_id, feature_name),
    CHECK (usage_limit >= -1)
);

CREATE TABLE subscription (
    user_id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL,
    status TEXT NOT NULL,
    billing_period TEXT NOT NULL DEFAULT 'monthly',
    anchor TIMESTAMPTZ NOT NULL,
    cancel_at_period_end BOOLEAN NOT NULL DEFAULT false,
    canceled_at TIMESTAMPTZ,
    ends_at TIMESTAMPTZ,
    stripe_customer_id TEXT UNIQUE,
    stripe_subscription_id TEXT UNIQUE,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE credit_pack (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT,
    credit_amount INTEGER NOT NULL UNIQUE DEFAULT 0,
    price BIGINT NOT NULL DEFAULT 0,
    price_currency TEXT NOT NULL DEFAULT 'EUR',
    is_active BOOLEAN NOT NULL DEFAULT true,
    stripe_price_id TEXT UNIQUE,
    stripe_product_id TEXT UNIQUE,
    CHECK (credit_amount > 0 AND price >= 0)
);

CREATE TABLE feature_usage_counter (
    id SERIAL PRIMARY KEY,
    user_id TEXT NOT NULL,
    feature_name TEXT NOT NULL,
    period_start TIMESTAMPTZ NOT NULL,
    count INTEGER NOT NULL DEFAULT 0,
    UNIQUE (user_id, feature_name, period_start),
    CHECK (count >= 0)
);

CREATE INDEX credit_balance_due ON credit_balance (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX credit_transaction_related ON credit_transaction (user_id, related_transaction_id)
    WHERE related_transaction_id IS NOT NULL;
CREATE INDEX credit_transaction_source ON credit_transaction (user_id, source)
    WHERE source IS NOT NULL;
