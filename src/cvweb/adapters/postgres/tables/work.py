"""Tasks, what is told of them, and what makes a repeated request harmless."""

from __future__ import annotations

from piccolo.columns import (
    JSON,
    JSONB,
    BigInt,
    BigSerial,
    Integer,
    Serial,
    Text,
    Timestamptz,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class BackgroundTask(Table, tablename="background_task"):
    """One piece of work; the row is the outbox the workers live on.

    `created_at` is in milliseconds since 1970, as the original kept it; `requested_at` is the same
    moment unrounded. `credit_used` and `cv_file` are computed by the database from `paid` and
    `payload`.
    """

    id = Text(primary_key=True)
    user_id = Text()
    request_key = Text()
    fingerprint = Text()
    type = Text()
    feature_name = Text()
    title = Text()
    status = Text()
    created_at = BigInt()
    requested_at = Timestamptz()
    updated_at = Timestamptz()
    device_id = Text(null=True, default=None)
    paid = JSONB()
    payload = JSONB()
    progress = JSONB()
    result = JSONB(null=True, default=None)
    error = JSONB(null=True, default=None)
    credits_charged = Integer(default=0)
    attempt = Integer(default=0)
    started_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    refunded_at = Timestamptz(null=True, default=None)
    lease_until = Timestamptz(null=True, default=None)
    seq = BigInt(default=0)

    one_per_key = Unique([user_id, request_key])
    known_status = Check("status IN ('queued', 'running', 'completed', 'failed', 'cancelled')")


class Event(Table, tablename="event"):
    """Something a person's open pages should know, in the order in which it was committed."""

    id = BigSerial(primary_key=True)
    user_id = Text()
    kind = Text()
    data = JSONB(default="{}")
    created_at = Timestamptz(index=True)


class IdempotentRequest(Table, tablename="idempotent_request"):
    """What a request under a key was answered with; kept for ever."""

    id = Serial(primary_key=True)
    user_id = Text()
    request_key = Text()
    fingerprint = Text()
    status = Integer()
    location = Text(null=True, default=None)
    subject = Text(null=True, default=None)
    created_at = Timestamptz()

    one_per_key = Unique([user_id, request_key])


class Setting(Table, tablename="setting"):
    """A setting that an administrator may change while everything runs."""

    id = Serial(primary_key=True)
    setting_name = Text(unique=True)
    value = JSON()
    category = Text(default="")
    description = Text(null=True, default=None)
    updated_at = Timestamptz()


class FeatureMapping(Table, tablename="feature_mapping"):
    """Which settings, model calls and plan features belong to a feature."""

    id = Serial(primary_key=True)
    feature_key = Text(unique=True)
    display_name = Text()
    setting_names = JSONB(default="[]")
    openai_call_names = JSONB(default="[]")
    plan_feature_names = JSONB(default="[]")


class FeatureUsage(Table, tablename="feature_usage"):
    """How often and how long somebody used a feature, all in all."""

    id = Serial(primary_key=True)
    user_id = Text()
    feature_name = Text()
    usage_count = Integer(default=0)
    last_used_at = Timestamptz(null=True, default=None)
    total_duration = BigInt(default=0)

    one_per_feature = Unique([user_id, feature_name])


class OutgoingMail(Table, tablename="outgoing_mail"):
    """A mail that waits for a server, or that an administrator reads here where there is none."""

    id = Text(primary_key=True)
    request_key = Text(unique=True)
    user_id = Text(null=True, default=None, index=True)
    recipient = Text()
    subject = Text()
    text = Text()
    html = Text(null=True, default=None)
    created_at = Timestamptz(index=True)
    sent_at = Timestamptz(null=True, default=None)
    attempts = Integer(default=0)
    error = Text(null=True, default=None)
