"""What plans need of a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from cvcore.ids import OwnerId
from cvcore.plans.model import Plan, Subscription


class PlanStore(Protocol):
    """Keeps plans, subscriptions and use counters. Prove yours with `PlansContract`."""

    async def plans(self) -> Sequence[Plan]:
        """All plans, lowest tier first."""
        ...

    async def put_plan(self, plan: Plan) -> None:
        """Keep `plan`, over the one with its id where there is one.

        Raises:
            TierTaken: another plan has this tier or this name.
        """
        ...

    async def subscription(self, owner: OwnerId) -> Subscription | None:
        """The owner's subscription, or None."""
        ...

    async def put_subscription(self, subscription: Subscription) -> None:
        """Keep it over the owner's one whose `version` is one less; as the first where it is 1.

        Raises:
            StaleSubscription: somebody else wrote first.
        """
        ...

    async def used(self, owner: OwnerId, feature: str, period_start: datetime) -> int:
        """How often the feature was used in the period that began then; 0 where never."""
        ...

    async def count(
        self, owner: OwnerId, feature: str, period_start: datetime, *, change: int, limit: int
    ) -> int | None:
        """Add `change` to the counter of that period and answer the new count.

        None, and nothing is counted, where an increase would lead above `limit` (-1: no limit).
        A decrease stops at 0. Two that count at once are both counted.
        """
        ...


class PlansUnit(Protocol):
    """The plans' slice of a transaction."""

    @property
    def plans(self) -> PlanStore:
        """The plans, subscriptions and counters, within this transaction."""
        ...
