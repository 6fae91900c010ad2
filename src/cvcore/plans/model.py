"""Plans, what they allow in a period, who subscribes, and the features that are counted or paid."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from cvcore.ids import OwnerId
from cvcore.money import Money

UNLIMITED = -1
"""As a limit: uses are counted and never refused."""

BillingPeriod = Literal["monthly", "yearly"]
SubscriptionStatus = Literal[
    "active", "trialing", "past_due", "unpaid", "incomplete", "paused", "cancelled"
]


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """How often a plan pays for a feature in one period; -1 is without limit.

    Not enabled means that the plan never pays for it, only credits can.
    """

    feature: str
    is_enabled: bool = True
    usage_limit: int = UNLIMITED


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody can subscribe to. `tier` orders plans, from 0 upwards, each tier once."""

    id: str
    name: str
    tier: int
    price_monthly: Money
    price_yearly: Money
    allowances: tuple[Allowance, ...]
    description: str = ""
    is_free: bool = False
    is_popular: bool = False

    def allowance(self, feature: str) -> Allowance | None:
        """What the plan says of this feature; None where it does not name it."""
        return next((one for one in self.allowances if one.feature == feature), None)


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """An owner's plan. Periods are counted in months from `anchor`, always from there.

    From `ends_at` on (None: never) it is over. `customer` and `reference` are its names at whoever
    bills it. `version` counts what was written, from 1.
    """

    owner: OwnerId
    plan: str
    anchor: datetime
    status: SubscriptionStatus = "active"
    billing_period: BillingPeriod = "monthly"
    cancel_at_period_end: bool = False
    cancelled_at: datetime | None = None
    ends_at: datetime | None = None
    customer: str | None = None
    reference: str | None = None
    version: int = 1


class Period(msgspec.Struct, frozen=True):
    """From `start` (in it) to `end` (not in it)."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end
