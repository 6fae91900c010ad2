"""Commands on their own are written together, and nobody's trouble is anybody else's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar

import pytest

from cvcore.errors import Unavailable
from cvcore.ids import OwnerId, RequestKey
from cvcore.ledger import InsufficientCredits, Ledger, Write
from cvcore.memory import MemoryUnits
from cvcore.memory.ledger import MemoryLedger
from cvcore.memory.units import MemoryUnit
from cvcore.money import Credits
from cvcore.testing import FixedClock

ADA, BOB, EVE = OwnerId("ada"), OwnerId("bob"), OwnerId("eve")
REQUEST: ContextVar[str] = ContextVar("REQUEST", default="nobody's")


class PoisonError(Exception):
    """What a store says of a command that it cannot keep."""


class House:
    """A ledger whose store notes each write, waits at a gate, and can be made to fail."""

    def __init__(self) -> None:
        self.units = MemoryUnits()
        self.gate = asyncio.Event()
        self.gate.set()
        self.writes: list[list[str]] = []
        self.tasks: list[asyncio.Task[object] | None] = []
        self.contexts: list[str] = []
        self.is_down = False
        self.ledger = Ledger(begin=self.begin, clock=FixedClock())

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryUnit]:
        if self.is_down:
            raise Unavailable("down")
        async with self.units.begin() as unit:
            unit.ledger = Watched(unit.ledger, self)
            yield unit

    async def give(self, *owners: OwnerId, amount: int = 5) -> None:
        for owner in owners:
            await self.ledger.grant(owner, Credits(amount), kind="gift", key=RequestKey("g"))
        self.writes.clear()
        self.tasks.clear()
        self.contexts.clear()

    async def spend(self, owner: OwnerId, key: str, amount: int = 1) -> int:
        entry = await self.ledger.spend(owner, Credits(amount), key=RequestKey(key))
        return entry.balance

    async def queue(self, *spends: tuple[OwnerId, str]) -> list[asyncio.Task[int]]:
        """Spends begun one after the other; none of them can be written before the gate opens."""
        self.gate.clear()
        tasks = []
        for owner, key in spends:
            tasks.append(asyncio.create_task(self.spend(owner, key)))
            for _ in range(5):
                await asyncio.sleep(0)
        return tasks


class Watched(MemoryLedger):
    def __init__(self, store: MemoryLedger, house: House) -> None:
        super().__init__(store._tables, store._transaction)
        self._house = house

    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        keys = [entry.key for write in writes for entry in write.entries]
        self._house.writes.append([str(key) for key in keys])
        self._house.tasks.append(asyncio.current_task())
        self._house.contexts.append(REQUEST.get())
        await self._house.gate.wait()
        if "poison" in keys:
            raise PoisonError
        return await super().append(writes)


async def test_what_comes_while_a_write_is_in_flight_is_written_at_once() -> None:
    house = House()
    await house.give(ADA, BOB, EVE)
    spends = [(ADA, "1"), (BOB, "2"), (ADA, "3"), (EVE, "4"), (ADA, "5")]
    tasks = await house.queue(*spends)
    house.gate.set()
    assert await asyncio.gather(*tasks) == [4, 4, 3, 4, 2]
    assert house.writes[:2] == [["1"], ["2"]]
    assert sorted(key for write in house.writes[2:] for key in write) == ["3", "4", "5"]
    assert len(house.writes) <= 4


async def test_a_command_that_finds_nobody_runs_in_its_callers_own_task() -> None:
    house = House()
    await house.give(ADA)
    await house.spend(ADA, "s")
    assert house.tasks == [asyncio.current_task()]


async def test_no_context_of_a_caller_leaks_into_what_is_written_for_others() -> None:
    house = House()
    await house.give(ADA)
    REQUEST.set("a caller's")
    tasks = await house.queue((ADA, "1"), (ADA, "2"), (ADA, "3"))
    house.gate.set()
    await asyncio.gather(*tasks)
    assert (house.writes, house.contexts) == ([["1"], ["2", "3"]], ["a caller's", "nobody's"])
    assert house.tasks[1] not in tasks


async def test_a_refusal_in_a_group_refuses_nobody_else() -> None:
    house = House()
    await house.give(ADA, amount=2)
    tasks = await house.queue((ADA, "1"), (ADA, "2"), (ADA, "3"))
    house.gate.set()
    first, second, third = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, second) == (1, 0)
    assert isinstance(third, InsufficientCredits)


async def test_the_same_key_twice_in_a_group_has_one_effect() -> None:
    house = House()
    await house.give(ADA)
    tasks = await house.queue((ADA, "1"), (ADA, "2"), (ADA, "2"), (ADA, "1"))
    house.gate.set()
    assert await asyncio.gather(*tasks) == [4, 3, 3, 4]
    assert (await house.ledger.account(ADA)).balance == 3


async def test_what_cannot_be_written_breaks_nobody_else() -> None:
    house = House()
    await house.give(ADA, BOB)
    tasks = await house.queue((ADA, "1"), (BOB, "2"), (ADA, "poison"), (BOB, "3"), (ADA, "4"))
    house.gate.set()
    *_, poisoned, third, fourth = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(poisoned, PoisonError)
    assert (third, fourth) == (3, 3)


async def test_a_store_that_is_down_is_said_to_all_and_forgotten_by_nobody() -> None:
    house = House()
    await house.give(ADA)
    tasks = await house.queue((ADA, "1"), (ADA, "2"), (ADA, "3"))
    house.is_down = True
    house.gate.set()
    first, *others = await asyncio.gather(*tasks, return_exceptions=True)
    assert first == 4
    assert [type(other) for other in others] == [Unavailable, Unavailable]
    house.is_down = False
    assert await house.spend(ADA, "2") == 3


async def test_who_no_longer_waits_stops_nobody() -> None:
    house = House()
    await house.give(ADA)
    tasks = await house.queue((ADA, "1"), (ADA, "2"), (ADA, "3"))
    tasks[0].cancel()
    tasks[1].cancel()
    for _ in range(5):
        await asyncio.sleep(0)
    house.gate.set()
    assert await tasks[2] == 4
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]
    assert await house.spend(ADA, "1") == 3


async def test_what_others_wrote_is_read_and_decided_again() -> None:
    house = House()
    await house.give(ADA)
    another = Ledger(begin=house.units.begin, clock=FixedClock())
    await another.spend(ADA, Credits(4), key=RequestKey("theirs"))
    assert await house.spend(ADA, "mine") == 0
    with pytest.raises(InsufficientCredits):
        await house.spend(ADA, "more")
    assert await house.spend(ADA, "theirs", 4) == 1
