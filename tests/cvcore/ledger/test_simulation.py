"""Callers in disorder: replies lost, requests sent twice, callers killed, the clock moving.

Each run is one seed and nothing else; `LEDGER_SEED=<seed> pytest tests/cvcore/ledger/test_simulation.py`
plays one again.
"""  # noqa: E501 - a command to copy

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random

import pytest

from cvcore.errors import CvcoreError, Unavailable
from cvcore.ids import HoldId, OwnerId, RequestKey
from cvcore.ledger import (
    Command,
    Entry,
    Grant,
    Ledger,
    PlaceHold,
    Refund,
    Release,
    Settle,
    Spend,
    StaleSequence,
)
from cvcore.memory import MemoryUnits
from cvcore.memory.units import MemoryUnit
from cvcore.money import Credits
from cvcore.testing import MovingClock

OWNERS = (OwnerId("ada"), OwnerId("bob"), OwnerId("eve"))
TRIES = 30


class World:
    """A store that fails by the seed, and ledgers that come and go over it."""

    def __init__(self, seed: int) -> None:
        self.random, self.units, self.clock = Random(seed), MemoryUnits(), MovingClock()
        self.is_calm = False
        self.ledgers = [self.process(), self.process()]
        self.answers: dict[tuple[OwnerId, RequestKey], Entry] = {}
        self.number = 0

    def process(self) -> Ledger:
        return Ledger(begin=self.begin, clock=self.clock)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[MemoryUnit]:
        await self.pause()
        async with self.units.begin() as unit:
            yield unit
            await self.pause()
            self.maybe_fail("before the commit")
        self.maybe_fail("the reply was lost")

    async def pause(self) -> None:
        for _ in range(self.random.randrange(4)):
            await asyncio.sleep(0)

    def maybe_fail(self, why: str) -> None:
        if not self.is_calm and self.random.random() < 0.1:
            raise Unavailable(why)

    def command(self) -> Command:
        """A new command, about an earlier one where there is one to refer to."""
        self.number += 1
        random, owner = self.random, self.random.choice(OWNERS)
        key, amount = RequestKey(f"k{self.number}"), Credits(random.randint(1, 5))
        ends = self.clock() + timedelta(hours=random.randint(1, 9))
        known = [one for one in self.answers.values() if one.owner == owner]
        holds = [HoldId(one.id) for one in known if one.kind == "hold"]
        spends = [one.id for one in known if one.kind in ("spend", "settle")]
        verb = random.choice(["grant", "spend", "hold", "settle", "release", "refund"])
        if verb == "hold":
            return PlaceHold(owner=owner, key=key, amount=amount, expires_at=ends)
        if verb == "settle" and holds:
            return Settle(owner=owner, key=key, hold=random.choice(holds))
        if verb == "release" and holds:
            return Release(owner=owner, key=key, hold=random.choice(holds))
        if verb == "refund" and spends:
            return Refund(owner=owner, key=key, entry=random.choice(spends))
        if verb == "grant":
            ends_at = ends if random.random() < 0.5 else None
            return Grant(owner=owner, key=key, amount=amount, kind="gift", expires_at=ends_at)
        return Spend(owner=owner, key=key, amount=amount)

    async def insist(self, command: Command) -> None:
        """Ask until there is an answer; every answer to one key is the same one."""
        for _ in range(TRIES):
            ledger = self.random.choice(self.ledgers)
            asking = asyncio.create_task(_asked(ledger, command))
            if not self.is_calm and self.random.random() < 0.1:
                await self.pause()
                asking.cancel()
            (answer,) = await asyncio.gather(asking, return_exceptions=True)
            if isinstance(answer, Entry):
                first = self.answers.setdefault((command.owner, command.key), answer)
                assert first == answer
                return
            if not isinstance(answer, Unavailable | asyncio.CancelledError):
                assert isinstance(answer, CvcoreError | ValueError), answer
                assert not isinstance(answer, StaleSequence)
                return

    async def caller(self, commands: int) -> None:
        for _ in range(commands):
            command = self.command()
            copies = 2 if self.random.random() < 0.3 else 1
            await asyncio.gather(*(self.insist(command) for _ in range(copies)))
            if self.random.random() < 0.2:
                self.clock.move(timedelta(hours=self.random.randint(-1, 4)))
            if self.random.random() < 0.1:
                self.ledgers[self.random.randrange(2)] = self.process()

    async def live(self, callers: int, commands: int) -> None:
        await asyncio.gather(*(self.caller(commands) for _ in range(callers)))
        self.is_calm = True
        for owner in OWNERS:
            assert await self.ledgers[0].verify(owner) is None
            written = await self.ledgers[0].history(owner, limit=500)
            _check_the_books(written)
            by_key = {entry.key: entry for entry in written}
            assert all(by_key[k] == entry for (of, k), entry in self.answers.items() if of == owner)
            burnt = sum(e.amount for e in written if e.kind in ("spend", "settle"))
            assert (await self.ledgers[0].account(owner)).totals.used == burnt


def _check_the_books(written: Sequence[Entry]) -> None:
    """Each key once, nothing refunded beyond what it burnt, each hold closed once."""
    assert len({entry.key for entry in written}) == len(written)
    for origin in written:
        after = [entry for entry in written if entry.caused_by == origin.id]
        refunded = sum(entry.amount for entry in after if entry.kind == "refund")
        assert refunded <= sum(piece.amount for piece in origin.burnt)
        assert sum(entry.kind in ("settle", "release") for entry in after) <= 1


async def _asked(ledger: Ledger, command: Command) -> Entry:
    return await ledger._carry_out(command)


def play(seed: int) -> World:
    """One run; a failure names its seed."""
    world = World(seed)
    try:
        asyncio.run(world.live(callers=5, commands=8))
    except BaseException as error:
        error.add_note(f"play it again with LEDGER_SEED={seed}")
        raise
    return world


def test_no_disorder_breaks_the_books() -> None:
    seeds = [int(os.environ["LEDGER_SEED"])] if "LEDGER_SEED" in os.environ else range(25)
    worlds = [play(seed) for seed in seeds]
    assert sum(len(world.answers) for world in worlds) > 10 * len(worlds)


def test_a_seed_plays_the_same_again() -> None:
    one, again = play(7), play(7)
    assert list(one.answers.items()) == list(again.answers.items())


@pytest.mark.slow
def test_no_disorder_of_a_thousand_breaks_the_books() -> None:
    for seed in range(1000, 2000):
        play(seed)
