"""What a `PlanStore` promises."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import msgspec
import pytest

from cvcore.plans.errors import StaleSubscription, TierTaken
from cvcore.plans.model import UNLIMITED
from cvcore.plans.ports import PlansUnit
from cvcore.testing.clocks import NOON
from cvcore.testing.contracts.contract import ADA, BOB, ODD, Contract
from cvcore.testing.samples import a_plan, a_subscription
from cvcore.unit import Begin

FEATURE = "match_score"


class PlansContract(Contract):
    """Plans in order of tier, one subscription per owner, counters that never lose a use."""

    async def test_plans_come_back_lowest_tier_first(self, begin: Begin[PlansUnit]) -> None:
        low, high = a_plan(1), a_plan(2)
        async with begin() as unit:
            await unit.plans.put_plan(high)
            await unit.plans.put_plan(low)
        async with begin() as unit:
            assert list(await unit.plans.plans()) == [low, high]

    async def test_a_plan_is_kept_over_the_one_with_its_id(self, begin: Begin[PlansUnit]) -> None:
        changed = a_plan(1, description="changed", allowances=())
        async with begin() as unit:
            await unit.plans.put_plan(a_plan(1))
        async with begin() as unit:
            await unit.plans.put_plan(changed)
        async with begin() as unit:
            assert list(await unit.plans.plans()) == [changed]

    async def test_a_tier_is_one_plans_only(self, begin: Begin[PlansUnit]) -> None:
        async with begin() as unit:
            await unit.plans.put_plan(a_plan(1))
        with pytest.raises(TierTaken):
            async with begin() as unit:
                await unit.plans.put_plan(a_plan(1, id="other", name="Other"))
        async with begin() as unit:
            assert list(await unit.plans.plans()) == [a_plan(1)]

    async def test_a_subscription_comes_back_as_it_went_in(self, begin: Begin[PlansUnit]) -> None:
        subscription = a_subscription(
            anchor=ODD,
            status="past_due",
            billing_period="yearly",
            cancel_at_period_end=True,
            cancelled_at=NOON,
            ends_at=ODD + timedelta(days=9),
        )
        async with begin() as unit:
            await unit.plans.put_plan(a_plan(1))
            await unit.plans.put_subscription(subscription)
        async with begin() as unit:
            assert await unit.plans.subscription(ADA) == subscription
            assert await unit.plans.subscription(BOB) is None

    async def test_a_stale_subscription_is_not_written(self, begin: Begin[PlansUnit]) -> None:
        first = a_subscription()
        second = msgspec.structs.replace(first, status="cancelled", version=2)
        async with begin() as unit:
            await unit.plans.put_plan(a_plan(1))
            await unit.plans.put_subscription(first)
        async with begin() as unit:
            await unit.plans.put_subscription(second)
        for stale in (first, second):
            with pytest.raises(StaleSubscription):
                async with begin() as unit:
                    await unit.plans.put_subscription(stale)
        async with begin() as unit:
            assert await unit.plans.subscription(ADA) == second

    async def test_uses_are_counted_per_owner_feature_and_period(
        self, begin: Begin[PlansUnit]
    ) -> None:
        later = NOON + timedelta(days=31)
        async with begin() as unit:
            counts = [await _count(unit, 1), await _count(unit, 1), await _count(unit, 3)]
        assert counts == [1, 2, 5]
        async with begin() as unit:
            used = unit.plans.used
            assert await used(ADA, FEATURE, NOON) == 5
            assert await used(ADA, FEATURE, later) == 0
            assert await used(ADA, "import_pdf", NOON) == 0
            assert await used(BOB, FEATURE, NOON) == 0

    async def test_a_use_above_the_limit_is_not_counted(self, begin: Begin[PlansUnit]) -> None:
        async with begin() as unit:
            assert await _count(unit, 1, limit=2) == 1
            assert await _count(unit, 1, limit=2) == 2
            assert await _count(unit, 1, limit=2) is None
            assert await unit.plans.used(ADA, FEATURE, NOON) == 2

    async def test_no_use_is_counted_where_the_limit_is_none_at_all(
        self, begin: Begin[PlansUnit]
    ) -> None:
        async with begin() as unit:
            assert await _count(unit, 1, limit=0) is None
            assert await unit.plans.used(ADA, FEATURE, NOON) == 0

    async def test_a_use_given_back_may_be_above_the_limit_and_stops_at_zero(
        self, begin: Begin[PlansUnit]
    ) -> None:
        async with begin() as unit:
            await _count(unit, 3)
            assert await _count(unit, -1, limit=1) == 2
            assert await _count(unit, -9, limit=1) == 0
            assert await _count(unit, -1) == 0

    async def test_racing_uses_are_all_counted(self, begin: Begin[PlansUnit]) -> None:
        async def use() -> None:
            async with begin() as unit:
                await unit.plans.used(ADA, FEATURE, NOON)
                await _count(unit, 1)

        await asyncio.gather(*(use() for _ in range(6)))
        async with begin() as unit:
            assert await unit.plans.used(ADA, FEATURE, NOON) == 6

    async def test_racing_uses_never_pass_the_limit(self, begin: Begin[PlansUnit]) -> None:
        async def use() -> int | None:
            async with begin() as unit:
                return await _count(unit, 1, limit=3)

        counts = await asyncio.gather(*(use() for _ in range(6)))
        assert sorted(count or 0 for count in counts) == [0, 0, 0, 1, 2, 3]


async def _count(unit: PlansUnit, change: int, limit: int = UNLIMITED) -> int | None:
    return await unit.plans.count(ADA, FEATURE, NOON, change=change, limit=limit)
