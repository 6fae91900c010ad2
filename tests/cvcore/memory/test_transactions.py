"""What is particular to units in memory: waiting, giving up, and waiting in a circle."""

from __future__ import annotations

import asyncio

import pytest

from cvcore.ids import OwnerId
from cvcore.memory import Deadlock, MemoryUnits
from cvcore.testing import NOON

ADA, BOB = OwnerId("ada"), OwnerId("bob")


async def test_two_that_wait_for_each_other_do_not_wait_for_ever() -> None:
    units = MemoryUnits()

    async def lock(first: OwnerId, second: OwnerId) -> None:
        async with units.begin() as unit:
            await unit.ledger.load([first], lock=True)
            await unit.ledger.load([second], lock=True)

    results = await asyncio.gather(lock(ADA, BOB), lock(BOB, ADA), return_exceptions=True)
    assert [type(result) for result in results].count(Deadlock) == 1
    assert results.count(None) == 1


async def test_one_that_gives_up_waiting_leaves_its_place_to_the_next() -> None:
    units, order = MemoryUnits(), list[str]()

    async def lock(name: str) -> None:
        async with units.begin() as unit:
            await unit.ledger.load([ADA], lock=True)
            order.append(name)

    async with units.begin() as unit:
        await unit.ledger.load([ADA], lock=True)
        impatient, patient = asyncio.create_task(lock("a")), asyncio.create_task(lock("b"))
        await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.sleep(0)
    await patient
    assert order == ["b"]
    assert impatient.cancelled()


async def test_a_turn_given_to_one_who_is_cancelled_goes_to_the_next() -> None:
    units, order = MemoryUnits(), list[str]()

    async def lock(name: str) -> None:
        async with units.begin() as unit:
            await unit.ledger.load([ADA], lock=True)
            order.append(name)

    async with units.begin() as unit:
        await unit.ledger.load([ADA], lock=True)
        first, second = asyncio.create_task(lock("a")), asyncio.create_task(lock("b"))
        await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert order[-1:] == ["b"]


async def test_a_unit_that_has_ended_is_of_no_more_use() -> None:
    units = MemoryUnits()
    async with units.begin() as unit:
        pass
    with pytest.raises(RuntimeError, match="ended"):
        await unit.plans.used(ADA, "match_score", NOON)


async def test_counting_in_many_units_loses_nothing() -> None:
    units = MemoryUnits()

    async def count() -> None:
        for _ in range(10):
            async with units.begin() as unit:
                await unit.plans.count(ADA, "match_score", NOON, change=1, limit=-1)
                await asyncio.sleep(0)

    await asyncio.gather(*(count() for _ in range(10)))
    async with units.begin() as unit:
        assert await unit.plans.used(ADA, "match_score", NOON) == 100
