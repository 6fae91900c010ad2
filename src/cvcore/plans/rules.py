"""Periods and standing of a subscription. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from cvcore.clock import aware
from cvcore.plans.model import UNLIMITED, Allowance, Period, Subscription, SubscriptionStatus

PAYING: frozenset[SubscriptionStatus] = frozenset({"active", "trialing"})
"""The states in which a subscription gives what its plan promises."""


def period_at(anchor: datetime, now: datetime) -> Period:
    """The month, counted from `anchor`, that `now` is in; before the anchor, one that ends with it.

    Always counted from the anchor itself: of the 31st come 28 February, 31 March, 30 April.

    >>> from datetime import UTC
    >>> anchor = datetime(2026, 1, 31, tzinfo=UTC)
    >>> period_at(anchor, datetime(2026, 3, 30, tzinfo=UTC)).start.date().isoformat()
    '2026-02-28'

    Raises:
        ValueError: a time without a time zone.
    """
    anchor, now = aware(anchor), aware(now)
    months = (now.year - anchor.year) * 12 + now.month - anchor.month
    if month_after(anchor, months) > now:
        months -= 1
    return Period(month_after(anchor, months), month_after(anchor, months + 1))


def month_after(anchor: datetime, months: int) -> datetime:
    """`anchor` moved by whole months; its day, or the last of a month that is too short."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    day = min(anchor.day, monthrange(year, month + 1)[1])
    return anchor.replace(year=year, month=month + 1, day=day)


def is_active(subscription: Subscription | None, now: datetime) -> bool:
    """Whether the owner has, at `now`, what the plan promises."""
    if subscription is None or subscription.status not in PAYING:
        return False
    return subscription.ends_at is None or now < subscription.ends_at


def uses_left(allowance: Allowance | None, used: int) -> int | None:
    """How many more uses the plan pays for in this period; None for any number."""
    if allowance is None or not allowance.is_enabled:
        return 0
    if allowance.usage_limit == UNLIMITED:
        return None
    return max(0, allowance.usage_limit - used)
