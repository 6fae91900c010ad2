"""Plans, subscriptions and use counters in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from cvcore.ids import OwnerId
from cvcore.memory.transaction import Table, Transaction
from cvcore.plans.errors import StaleSubscription, TierTaken
from cvcore.plans.model import UNLIMITED, Plan, Subscription


class PlanTables:
    """What everybody sees of plans."""

    def __init__(self) -> None:
        self.plans: Table[str, Plan] = Table()
        self.subscriptions: Table[OwnerId, Subscription] = Table()
        self.counters: Table[tuple[OwnerId, str, datetime], int] = Table()
        self.whole: Table[str, None] = Table()


class MemoryPlans:
    """A `PlanStore` over one transaction."""

    def __init__(self, tables: PlanTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def plans(self) -> Sequence[Plan]:
        found = sorted(self._transaction.rows(self._tables.plans), key=lambda plan: plan.tier)
        await asyncio.sleep(0)
        return found

    async def put_plan(self, plan: Plan) -> None:
        await self._transaction.lock(self._tables.whole, "plans")
        for other in self._transaction.rows(self._tables.plans):
            if other.id != plan.id and (other.tier == plan.tier or other.name == plan.name):
                raise TierTaken(plan=plan.id, tier=plan.tier, name=plan.name)
        await self._transaction.put(self._tables.plans, plan.id, plan)

    async def subscription(self, owner: OwnerId) -> Subscription | None:
        found = self._transaction.get(self._tables.subscriptions, owner)
        await asyncio.sleep(0)
        return found

    async def put_subscription(self, subscription: Subscription) -> None:
        owner = subscription.owner
        await self._transaction.lock(self._tables.subscriptions, owner)
        there = self._transaction.get(self._tables.subscriptions, owner)
        if (there.version if there else 0) != subscription.version - 1:
            raise StaleSubscription(owner=owner, version=subscription.version - 1)
        await self._transaction.put(self._tables.subscriptions, owner, subscription)

    async def used(self, owner: OwnerId, feature: str, period_start: datetime) -> int:
        found = self._transaction.get(self._tables.counters, (owner, feature, period_start))
        await asyncio.sleep(0)
        return found or 0

    async def count(
        self, owner: OwnerId, feature: str, period_start: datetime, *, change: int, limit: int
    ) -> int | None:
        key = (owner, feature, period_start)
        await self._transaction.lock(self._tables.counters, key)
        count = max(0, (self._transaction.get(self._tables.counters, key) or 0) + change)
        if change > 0 and limit != UNLIMITED and count > limit:
            return None
        await self._transaction.put(self._tables.counters, key, count)
        return count
