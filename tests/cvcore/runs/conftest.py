"""A house in memory where runs are started and worked on."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from cvcore.charging import ChargingSettings, Mode
from cvcore.ids import OwnerId, RequestKey
from cvcore.ledger import Ledger
from cvcore.memory import MemoryUnits
from cvcore.money import Credits
from cvcore.plans import PLANS, Subscription
from cvcore.runs import Runs, RunSettings, Started
from cvcore.testing import NOON, MovingClock, counting_ids

ADA = OwnerId("ada")
FEATURE = "gpt_cv_generation"


class House:
    """One owner, a ledger and runs over stores in memory; the clock is the test's."""

    def __init__(self, mode: Mode = "credits", settings: RunSettings | None = None) -> None:
        self.units, self.clock = MemoryUnits(), MovingClock()
        self.settings = settings or RunSettings()
        self.ledger = Ledger(begin=self.units.begin, clock=self.clock)
        self.runs = Runs(
            begin=self.units.begin,
            clock=self.clock,
            new_id=counting_ids("task"),
            settings=self.settings,
            charging=ChargingSettings(mode=mode),
        )
        self._numbers = count(1)

    async def give(self, credits: int) -> None:
        key = RequestKey(f"gift-{next(self._numbers)}")
        await self.ledger.grant(ADA, Credits(credits), kind="gift", key=key)

    async def subscribe(self, plan: str = "pro") -> None:
        async with self.units.begin() as unit:
            for one in PLANS:
                await unit.plans.put_plan(one)
            await unit.plans.put_subscription(Subscription(owner=ADA, plan=plan, anchor=NOON))

    async def start(
        self, key: str | None = None, fingerprint: str = "body", feature: str = FEATURE
    ) -> Started:
        return await self.runs.start(
            ADA,
            feature=feature,
            type="tailor",
            title="Tailor a CV",
            payload={"cv": "cv-1"},
            key=RequestKey(key or f"request-{next(self._numbers)}"),
            fingerprint=fingerprint,
        )

    async def used(self, feature: str = FEATURE) -> int:
        async with self.units.begin() as unit:
            return await unit.plans.used(ADA, feature, NOON)

    async def state(self) -> tuple[int, int]:
        """What is available and what is held."""
        account = await self.ledger.account(ADA)
        return account.available, account.held

    def move(self, **by: Any) -> None:
        self.clock.move(timedelta(**by))


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def subscribed() -> House:
    house = House("subscription")
    await house.subscribe()
    return house


@pytest.fixture
def build() -> type[House]:
    return House
