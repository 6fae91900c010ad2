"""Charging one use: say who would pay, let them pay, give back exactly what paid."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from cvcore.charging.errors import CountMoved, FeatureRefused, UnknownFeature
from cvcore.charging.model import ByCredits, ByPlan, Charge, ChargingSettings, Refused
from cvcore.charging.ports import ChargingUnit
from cvcore.charging.rules import Standing, charge
from cvcore.clock import Clock
from cvcore.ids import EntryId, OwnerId, RequestKey
from cvcore.ledger.model import About, Policy
from cvcore.ledger.service import LedgerWithin
from cvcore.money import Credits
from cvcore.plans.model import UNLIMITED
from cvcore.plans.rules import is_active, period_at
from cvcore.tasks.model import Paid
from cvcore.unit import Begin

_SETTINGS = ChargingSettings()
_POLICY = Policy()


class Charging:
    """Who pays for a use. `settings` says by which mode and what each feature costs."""

    def __init__(
        self,
        *,
        begin: Begin[ChargingUnit],
        clock: Clock,
        settings: ChargingSettings = _SETTINGS,
        policy: Policy = _POLICY,
    ) -> None:
        self._begin, self._clock = begin, clock
        self._settings, self._policy = settings, policy

    def cost(self, feature: str) -> Credits:
        """What one use of the feature costs, in credits.

        Raises:
            UnknownFeature: there is no such feature.
        """
        try:
            return self._settings.costs[feature]
        except KeyError:
            known = tuple(self._settings.costs)
            raise UnknownFeature(feature=feature, known=known) from None

    async def quote(self, owner: OwnerId, feature: str, *, cost: Credits | None = None) -> Charge:
        """Who would pay for the next use, without anybody paying.

        Raises:
            UnknownFeature: there is no such feature.
        """
        async with self._begin() as unit:
            return await self._decide(unit, owner, feature, cost, lock=False)

    async def pay_within(
        self,
        unit: ChargingUnit,
        owner: OwnerId,
        feature: str,
        *,
        key: RequestKey,
        hold_until: datetime,
        cost: Credits | None = None,
        about: About | None = None,
    ) -> Paid:
        """One use counted, or its credits held until `hold_until` under `key`, in the caller's
        unit. Locks the owner's account. `cost` stands in for the feature's where it is given; work
        that is no feature and is given the cost 0 is free, whatever the plan.

        Raises:
            FeatureRefused: nobody pays; `reason` says why.
            UnknownFeature: there is no such feature.
        """
        decision = await self._decide(unit, owner, feature, cost, lock=True)
        match decision:
            case Refused():
                raise FeatureRefused(
                    feature=feature,
                    reason=decision.reason,
                    needed=decision.needed,
                    available=decision.available,
                )
            case ByPlan():
                start, limit = decision.period_start, decision.usage_limit
                if await unit.plans.count(owner, feature, start, change=1, limit=limit) is None:
                    raise CountMoved(feature=feature)
                return Paid(by="plan", period_start=start)
            case ByCredits():
                if not decision.cost:
                    return Paid(by="free")
                note = about or About(feature=feature)
                hold = await self._ledger(unit).hold(
                    owner, decision.cost, key=key, expires_at=hold_until, about=note
                )
                return Paid(by="credits", credits=hold.amount, hold=hold.id)
            case _:
                assert_never(decision)

    async def settle_within(
        self,
        unit: ChargingUnit,
        paid: Paid,
        *,
        key: RequestKey,
        cost: Credits | None = None,
        about: About | None = None,
    ) -> Credits:
        """The work was done: the hold is settled, at `cost` where that is less. Answers with the
        credits charged, 0 where the plan paid."""
        if paid.hold is None:
            return Credits(0)
        amount = None if cost is None else Credits(min(cost, paid.credits))
        entry = await self._ledger(unit).settle(paid.hold, amount, key=key, about=about or About())
        return entry.amount

    async def undo_within(
        self,
        unit: ChargingUnit,
        owner: OwnerId,
        feature: str,
        paid: Paid,
        *,
        key: RequestKey,
        about: About | None = None,
    ) -> None:
        """The work was not done: what paid is given back, the credits of the hold to their lots or
        the use to the counter of the period it was taken from. Call it once per use."""
        if paid.hold is not None:
            await self._ledger(unit).release(paid.hold, key=key, about=about or About())
        elif paid.period_start is not None:
            await self._return_use(unit, owner, feature, paid.period_start)

    async def refund_within(
        self,
        unit: ChargingUnit,
        owner: OwnerId,
        feature: str,
        paid: Paid,
        *,
        settled: EntryId | None,
        key: RequestKey,
        about: About | None = None,
    ) -> Credits:
        """The work was done and is worth nothing: what paid is given back, as `undo_within` does,
        the credits out of entry `settled`. Answers with the credits given back."""
        if paid.hold is not None and settled is not None:
            entry = await self._ledger(unit).refund(settled, key=key, about=about or About())
            return entry.amount
        if paid.period_start is not None:
            await self._return_use(unit, owner, feature, paid.period_start)
        return Credits(0)

    async def _return_use(
        self, unit: ChargingUnit, owner: OwnerId, feature: str, start: datetime
    ) -> None:
        await unit.plans.count(owner, feature, start, change=-1, limit=UNLIMITED)

    async def _decide(
        self,
        unit: ChargingUnit,
        owner: OwnerId,
        feature: str,
        cost: Credits | None,
        *,
        lock: bool,
    ) -> Charge:
        price = self.cost(feature) if cost is None else cost
        if not price and feature not in self._settings.costs:
            return ByCredits(cost=Credits(0))  # no feature of a plan: free for everybody
        account = await self._ledger(unit).account(owner, lock=lock)
        now = self._clock()
        standing = Standing()
        if self._settings.mode == "subscription":
            standing = await _standing(unit, owner, feature, now)
        return charge(
            feature,
            mode=self._settings.mode,
            cost=price,
            account=account,
            standing=standing,
            now=now,
        )

    def _ledger(self, unit: ChargingUnit) -> LedgerWithin:
        return LedgerWithin(unit, clock=self._clock, policy=self._policy)


async def _standing(unit: ChargingUnit, owner: OwnerId, feature: str, now: datetime) -> Standing:
    subscription = await unit.plans.subscription(owner)
    if subscription is None or not is_active(subscription, now):
        return Standing(subscription=subscription)
    plans = await unit.plans.plans()
    plan = next((one for one in plans if one.id == subscription.plan), None)
    start = period_at(subscription.anchor, now).start
    used = await unit.plans.used(owner, feature, start)
    return Standing(subscription=subscription, plan=plan, used=used)
