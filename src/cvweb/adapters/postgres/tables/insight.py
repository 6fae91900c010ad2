"""What is measured, agreed to and said: telemetry, model calls, consent, feedback, mail, rewards.

Amounts of money for model calls are in millionths of a US dollar.
"""

from __future__ import annotations

from piccolo.columns import (
    JSON,
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    Integer,
    Numeric,
    Serial,
    Text,
    Timestamptz,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class TelemetryEvent(Table, tablename="telemetry_event"):
    """Something that was done; `duration` is in milliseconds."""

    id = BigSerial(primary_key=True)
    user_id = Text(null=True, default=None, index=True)
    type = Text()
    category = Text()
    metadata = JSONB(null=True, default=None)
    device_id = Text(null=True, default=None)
    duration = Integer(null=True, default=None)
    status = Text(null=True, default=None)
    error = Text(null=True, default=None)
    timestamp = Timestamptz(index=True)


class OpenAICall(Table, tablename="openai_call"):
    """One model call, written as it ends; `duration` is in milliseconds."""

    id = Text(primary_key=True)
    user_id = Text()
    feature_name = Text()
    model = Text()
    prompt_tokens = Integer(default=0)
    cached_tokens = Integer(default=0)
    completion_tokens = Integer(default=0)
    total_tokens = Integer(default=0)
    estimated_cost = BigInt(default=0)
    duration = Integer(null=True, default=None)
    task_id = Text(null=True, default=None, index=True)
    status = Text(default="ok")
    metadata = JSONB(null=True, default=None)
    created_at = Timestamptz(index=True)


class OpenAIUsage(Table, tablename="openai_usage"):
    """A day's calls (UTC) of one person, feature and model."""

    id = Serial(primary_key=True)
    user_id = Text()
    feature_name = Text()
    model = Text()
    date = Date()
    prompt_tokens = BigInt(default=0)
    cached_tokens = BigInt(default=0)
    completion_tokens = BigInt(default=0)
    total_tokens = BigInt(default=0)
    estimated_cost = BigInt(default=0)
    calls_count = Integer(default=0)

    one_per_day = Unique([user_id, feature_name, model, date])


class OpenAIPricing(Table, tablename="openai_pricing"):
    """What a model costs in US dollars per million tokens."""

    id = Serial(primary_key=True)
    model_name = Text(unique=True)
    input_price_per_m_token = Numeric()
    output_price_per_m_token = Numeric()
    cache_price_per_m_token = Numeric()
    description = Text(null=True, default=None)
    is_active = Boolean(default=True)
    updated_at = Timestamptz()


class OpenAIAlert(Table, tablename="openai_alert"):
    """A threshold of cost, in US dollars, that is to be told."""

    id = Serial(primary_key=True)
    type = Text()
    threshold = Numeric()
    enabled = Boolean(default=True)
    name = Text()
    description = Text(null=True, default=None)
    last_triggered_at = Timestamptz(null=True, default=None)


class Feedback(Table, tablename="feedback"):
    """What a person says of the product."""

    id = Text(primary_key=True)
    user_id = Text(index=True)
    rating = Integer(null=True, default=None)
    comment = Text()
    is_bug_report = Boolean(default=False)
    current_cv_file = Text(null=True, default=None)
    user_agent = Text(null=True, default=None)
    page_url = Text(null=True, default=None)
    status = Text(default="new")
    created_at = Timestamptz()

    rated_one_to_five = Check("rating BETWEEN 1 AND 5")


class ConsentLog(Table, tablename="consent_log"):
    """What a person agreed to, and when."""

    id = Text(primary_key=True)
    user_id = Text(index=True)
    action = Text()
    preferences = JSONB()
    ip = Text(null=True, default=None)
    user_agent = Text(null=True, default=None)
    created_at = Timestamptz(index=True)


class Referral(Table, tablename="referral"):
    """Who brought whom, and what both got for it."""

    id = Text(primary_key=True)
    referrer_id = Text(index=True)
    referred_user_id = Text(unique=True)
    referral_code = Text(index=True)
    status = Text(default="pending")
    referrer_reward = Integer(default=0)
    referred_reward = Integer(default=0)
    rewards_granted_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class PromoCode(Table, tablename="promo_code"):
    """A code that gives credits or a discount within its dates."""

    id = Text(primary_key=True)
    code = Text(unique=True)
    name = Text()
    type = Text()
    discount_type = Text(null=True, default=None)
    discount_value = Integer(null=True, default=None)
    credit_bonus = Integer(null=True, default=None)
    applicable_to = Text(default="all")
    max_uses = Integer(null=True, default=None)
    current_uses = Integer(default=0)
    valid_from = Timestamptz()
    valid_until = Timestamptz(null=True, default=None)
    is_active = Boolean(default=True)
    stripe_coupon_id = Text(null=True, default=None, unique=True)

    uses_within_limit = Check(
        "current_uses >= 0 AND (max_uses IS NULL OR current_uses <= max_uses)"
    )


class EmailTemplate(Table, tablename="email_template"):
    """The text of a mail that an administrator may change."""

    id = Serial(primary_key=True)
    name = Text()
    trigger = Text(index=True)
    subject = Text()
    html_content = Text()
    text_content = Text(default="")
    variables = JSON(default="[]")
    is_active = Boolean(default=False)
    is_default = Boolean(default=False)
    updated_at = Timestamptz()


class EmailLog(Table, tablename="email_log"):
    """A mail that was sent, or could not be."""

    id = Text(primary_key=True)
    template_id = Integer(null=True, default=None)
    template_name = Text(null=True, default=None)
    recipient_email = Text()
    recipient_user_id = Text(null=True, default=None, index=True)
    subject = Text()
    status = Text()
    error = Text(null=True, default=None)
    provider = Text(default="")
    provider_id = Text(null=True, default=None)
    is_test_email = Boolean(default=False)
    created_at = Timestamptz(index=True)


class StripeWebhookLog(Table, tablename="stripe_webhook_log"):
    """An event the payment service told us; `processed` in the unit that carried it out."""

    id = Serial(primary_key=True)
    event_id = Text(unique=True)
    event_type = Text()
    payload = JSONB()
    processed = Boolean(default=False)
    error = Text(null=True, default=None)
    created_at = Timestamptz(index=True)
