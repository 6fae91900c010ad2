"""What every transaction promises, whatever is stored."""

from __future__ import annotations

import asyncio

import pytest

from cvcore.plans.ports import PlansUnit
from cvcore.testing.clocks import NOON
from cvcore.testing.contracts.contract import ADA, BOB, AllStores, Contract
from cvcore.testing.samples import a_plan, a_subscription, a_task
from cvcore.unit import Begin


class BrokenError(Exception):
    """What a test breaks a unit with."""


class UnitContract(Contract):
    """All of a unit or none of it, and nobody sees it before it is over."""

    async def test_what_was_written_is_there_in_the_next_unit(
        self, begin: Begin[AllStores]
    ) -> None:
        task = a_task()
        async with begin() as unit:
            await unit.tasks.add(task)
        async with begin() as unit:
            assert await unit.tasks.get(task.id) == task

    async def test_a_unit_sees_what_it_wrote_itself(self, begin: Begin[AllStores]) -> None:
        async with begin() as unit:
            await _count(unit, 2)
            assert await _used(unit) == 2

    async def test_an_exception_undoes_every_store(self, begin: Begin[AllStores]) -> None:
        task = a_task()

        async def broken() -> None:
            async with begin() as unit:
                await unit.tasks.add(task)
                await _count(unit, 1)
                await unit.plans.put_plan(a_plan())
                await unit.plans.put_subscription(a_subscription())
                raise BrokenError

        with pytest.raises(BrokenError):
            await broken()
        async with begin() as unit:
            assert await unit.tasks.get(task.id) is None
            assert await _used(unit) == 0
            assert await unit.plans.subscription(ADA) is None

    async def test_the_exception_goes_on_as_it_was(self, begin: Begin[AllStores]) -> None:
        broken = BrokenError("this very one")
        with pytest.raises(BrokenError) as caught:
            async with begin():
                raise broken
        assert caught.value is broken

    async def test_a_cancelled_unit_is_undone(self, begin: Begin[AllStores]) -> None:
        reached = asyncio.Event()

        async def work() -> None:
            async with begin() as unit:
                await _count(unit, 1)
                reached.set()
                await asyncio.Event().wait()

        worker = asyncio.create_task(work())
        await reached.wait()
        worker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await worker
        async with begin() as unit:
            assert await _used(unit) == 0

    async def test_nobody_sees_what_is_not_committed(self, begin: Begin[AllStores]) -> None:
        async with begin() as unit:
            await _count(unit, 1)
            async with begin() as other:
                assert await _used(other) == 0
        async with begin() as unit:
            assert await _used(unit) == 1

    async def test_a_broken_unit_leaves_no_lock_behind(self, begin: Begin[AllStores]) -> None:
        async def broken() -> None:
            async with begin() as unit:
                await unit.ledger.load([ADA, BOB], lock=True)
                await _count(unit, 1)
                raise BrokenError

        with pytest.raises(BrokenError):
            await broken()
        async with asyncio.timeout(3), begin() as unit:
            await unit.ledger.load([BOB, ADA], lock=True)
            await _count(unit, 1)

    async def test_a_locked_account_waits_for_the_unit_to_end(
        self, begin: Begin[AllStores]
    ) -> None:
        order: list[str] = []

        async def second() -> None:
            async with begin() as unit:
                await unit.ledger.load([ADA], lock=True)
                order.append("second")

        async with begin() as unit:
            await unit.ledger.load([ADA], lock=True)
            waiting = asyncio.create_task(second())
            for _ in range(20):
                async with begin() as other:
                    await other.plans.plans()
            order.append("first")
        await asyncio.wait_for(waiting, 10)
        assert order == ["first", "second"]


async def _count(unit: PlansUnit, change: int) -> None:
    await unit.plans.count(ADA, "match_score", NOON, change=change, limit=-1)


async def _used(unit: PlansUnit) -> int:
    return await unit.plans.used(ADA, "match_score", NOON)
