"""Charging one use through a store."""

from __future__ import annotations

from datetime import timedelta

from cvcore.charging import ByCredits, Charging, ChargingSettings, Refused
from cvcore.ids import OwnerId, RequestKey
from cvcore.memory import MemoryUnits
from cvcore.money import Credits
from cvcore.testing import NOON, FixedClock

ADA = OwnerId("ada")


def by_subscription() -> tuple[MemoryUnits, Charging]:
    units = MemoryUnits()
    settings = ChargingSettings(mode="subscription")
    return units, Charging(begin=units.begin, clock=FixedClock(NOON), settings=settings)


async def test_work_that_is_no_feature_and_costs_nothing_is_free_without_a_plan() -> None:
    units, charging = by_subscription()
    assert await charging.quote(ADA, "read_offer", cost=Credits(0)) == ByCredits(cost=Credits(0))
    async with units.begin() as unit:
        paid = await charging.pay_within(
            unit,
            ADA,
            "read_offer",
            key=RequestKey("k"),
            hold_until=NOON + timedelta(hours=1),
            cost=Credits(0),
        )
    assert paid.by == "free"


async def test_a_feature_without_a_plan_is_refused_for_the_plan() -> None:
    _, charging = by_subscription()
    answer = await charging.quote(ADA, "edit_cv")
    assert isinstance(answer, Refused)
    assert answer.reason == "plan_inactive"
