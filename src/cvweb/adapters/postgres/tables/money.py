"""Credits, plans and what is sold.

`credit_balance` is the ledger's state row, `credit_transaction` its entry: entries are only ever
added, and the state row is what they add up to. The checks are the last guard, not the rule.
"""

from __future__ import annotations

from piccolo.columns import (
    JSON,
    BigInt,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class CreditBalance(Table, tablename="credit_balance"):
    """Where one owner stands after entry `seq`; `due_at` is when something lapses next."""

    user_id = Text(primary_key=True)
    seq = BigInt(default=0)
    at = Timestamptz(null=True, default=None)
    balance = BigInt(default=0)
    held = BigInt(default=0)
    debt = BigInt(default=0)
    lots = JSON(default="[]")
    holds = JSON(default="[]")
    due_at = Timestamptz(null=True, default=None)
    total_purchased = BigInt(default=0)
    total_gifted = BigInt(default=0)
    total_used = BigInt(default=0)
    total_refunded = BigInt(default=0)
    total_expired = BigInt(default=0)
    total_clawed_back = BigInt(default=0)
    total_repaid = BigInt(default=0)
    hash = Text(default="")

    never_negative = Check("balance >= held AND held >= 0 AND debt >= 0 AND seq >= 0")


class CreditTransaction(Table, tablename="credit_transaction"):
    """One entry of one owner's ledger."""

    id = Text(primary_key=True)
    user_id = Text()
    seq = BigInt()
    request_key = Text()
    fingerprint = Text()
    type = Text()
    amount = BigInt()
    change = BigInt()
    balance = BigInt()
    held = BigInt()
    debt = BigInt()
    effective_at = Timestamptz()
    created_at = Timestamptz()
    pieces = JSON(default="{}")
    related_transaction_id = Text(null=True, default=None)
    source = Text(null=True, default=None)
    counter = Text(default="")
    debited = BigInt(default=0)
    repaid = BigInt(default=0)
    feature_name = Text(null=True, default=None)
    task_id = Text(null=True, default=None)
    cv_file_id = Text(null=True, default=None)
    note = Text(null=True, default=None)
    previous = Text(default="")
    hash = Text(default="")

    one_per_key = Unique([user_id, request_key])
    one_per_seq = Unique([user_id, seq])
    never_negative = Check("amount >= 0 AND balance >= held AND held >= 0 AND debt >= 0")


class SubscriptionPlan(Table, tablename="subscription_plan"):
    """A plan; prices are in minor units of `price_currency`."""

    id = Text(primary_key=True)
    name = Text(unique=True)
    description = Text(default="")
    is_free = Boolean(default=False)
    tier = Integer(unique=True)
    is_popular = Boolean(default=False)
    price_monthly = BigInt(default=0)
    price_yearly = BigInt(default=0)
    price_currency = Text(default="EUR")
    price_yearly_currency = Text(default="EUR")
    stripe_product_id = Text(null=True, default=None, unique=True)
    stripe_price_id_monthly = Text(null=True, default=None, unique=True)
    stripe_price_id_yearly = Text(null=True, default=None, unique=True)


class SubscriptionPlanFeatureLimit(Table, tablename="subscription_plan_feature_limit"):
    """How often a plan pays for a feature in one period; -1 is without limit."""

    id = Serial(primary_key=True)
    plan_id = ForeignKey(SubscriptionPlan, on_delete=OnDelete.cascade, null=False)
    position = Integer(default=0)
    feature_name = Text()
    is_enabled = Boolean(default=True)
    usage_limit = Integer(default=-1)

    one_per_feature = Unique([plan_id, feature_name])
    unlimited_is_minus_one = Check("usage_limit >= -1")


class Subscription(Table, tablename="subscription"):
    """An owner's plan; periods are counted from `anchor`."""

    user_id = Text(primary_key=True)
    plan_id = Text()
    status = Text()
    billing_period = Text(default="monthly")
    anchor = Timestamptz()
    cancel_at_period_end = Boolean(default=False)
    canceled_at = Timestamptz(null=True, default=None)
    ends_at = Timestamptz(null=True, default=None)
    stripe_customer_id = Text(null=True, default=None, unique=True)
    stripe_subscription_id = Text(null=True, default=None, unique=True)
    version = Integer(default=1)


class CreditPack(Table, tablename="credit_pack"):
    """Credits for sale; `price` is in minor units of `price_currency`."""

    id = Text(primary_key=True)
    name = Text()
    description = Text(null=True, default=None)
    credit_amount = Integer(unique=True)
    price = BigInt()
    price_currency = Text(default="EUR")
    is_active = Boolean(default=True)
    stripe_price_id = Text(null=True, default=None, unique=True)
    stripe_product_id = Text(null=True, default=None, unique=True)

    something_for_something = Check("credit_amount > 0 AND price >= 0")


class FeatureUsageCounter(Table, tablename="feature_usage_counter"):
    """Uses of a feature in the period that began at `period_start`; never reset."""

    id = Serial(primary_key=True)
    user_id = Text()
    feature_name = Text()
    period_start = Timestamptz()
    uses = Integer(default=0, db_column_name="count")

    one_per_period = Unique([user_id, feature_name, period_start])
    never_negative = Check("count >= 0")
