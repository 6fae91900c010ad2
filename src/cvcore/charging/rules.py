"""Who pays for the next use. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from cvcore.charging.model import ByCredits, ByPlan, Charge, Mode, Reason, Refused
from cvcore.ledger.model import Account
from cvcore.money import Credits
from cvcore.plans.model import UNLIMITED, Allowance, Plan, Subscription
from cvcore.plans.rules import is_active, period_at, uses_left


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What an owner has of plans: the subscription, its plan, and the uses of the feature in the
    present period."""

    subscription: Subscription | None = None
    plan: Plan | None = None
    used: int = 0


def charge(
    feature: str,
    *,
    mode: Mode,
    cost: Credits,
    account: Account,
    standing: Standing,
    now: datetime,
) -> Charge:
    """Who pays for one use of `feature` at `now`.

    Refusals in this order: `in_debt` (what costs nothing is open all the same), `plan_inactive`,
    `not_in_plan` (the plan does not name the feature, or has it not and credits cannot buy it),
    `allowance` (its uses are spent and credits cannot buy more), `insufficient_credits`.
    """
    if account.debt and cost:
        return _refused("in_debt", cost, account)
    if mode == "subscription":
        return _by_plan(feature, cost, account, standing, now)
    return _by_credits(cost, account)


def _by_plan(
    feature: str, cost: Credits, account: Account, standing: Standing, now: datetime
) -> Charge:
    subscription, plan = standing.subscription, standing.plan
    if subscription is None or plan is None or not is_active(subscription, now):
        return _refused("plan_inactive", cost, account)
    allowance = plan.allowance(feature)
    if allowance is None or not (allowance.is_enabled or cost):
        return _refused("not_in_plan", cost, account)
    left = uses_left(allowance, standing.used)
    if left is None or left > 0:
        return _use(allowance, left, period_at(subscription.anchor, now).start)
    return _by_credits(cost, account) if cost else _refused("allowance", cost, account)


def _use(allowance: Allowance, left: int | None, period_start: datetime) -> ByPlan:
    if left is None:
        return ByPlan(period_start=period_start, usage_limit=UNLIMITED, uses_left=None)
    limit = allowance.usage_limit
    return ByPlan(period_start=period_start, usage_limit=limit, uses_left=left - 1)


def _by_credits(cost: Credits, account: Account) -> Charge:
    if cost > account.available:
        return _refused("insufficient_credits", cost, account)
    return ByCredits(cost=cost)


def _refused(reason: Reason, cost: Credits, account: Account) -> Refused:
    return Refused(reason=reason, needed=cost, available=account.available)
