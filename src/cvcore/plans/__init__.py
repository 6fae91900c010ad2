"""Plans, their allowances, subscriptions, periods and use counters."""

from cvcore.plans.catalogue import COSTS, FEATURES, PACKS, PLANS, WELCOME_CREDITS, CreditPack
from cvcore.plans.errors import StaleSubscription, TierTaken
from cvcore.plans.model import UNLIMITED, Allowance, Period, Plan, Subscription
from cvcore.plans.rules import is_active, month_after, period_at, uses_left

__all__ = [
    "COSTS",
    "FEATURES",
    "PACKS",
    "PLANS",
    "UNLIMITED",
    "WELCOME_CREDITS",
    "Allowance",
    "CreditPack",
    "Period",
    "Plan",
    "StaleSubscription",
    "Subscription",
    "TierTaken",
    "is_active",
    "month_after",
    "period_at",
    "uses_left",
]
