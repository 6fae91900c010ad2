"""The ledger: commands on their own or within a caller's unit, accounts and histories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from cvcore.clock import Clock, aware
from cvcore.ids import EntryId, OwnerId
from cvcore.ledger.audit import Difference, verify
from cvcore.ledger.booking import due, evolve
from cvcore.ledger.commands import Booked, Command, Decision, Known, Refused, Replayed
from cvcore.ledger.deciding import known_of
from cvcore.ledger.errors import StaleSequence
from cvcore.ledger.group import GroupCommit
from cvcore.ledger.model import Account, Entry, Policy, Write
from cvcore.ledger.ports import LedgerStore, LedgerUnit
from cvcore.ledger.rules import decide, settled
from cvcore.ledger.verbs import Verbs
from cvcore.unit import Begin

PAGE_MAX = 500
_POLICY = Policy()


class LedgerWithin(Verbs):
    """The ledger inside a caller's unit: what it does is committed or undone with the rest.

    The owner's account is locked by the first command and stays so until the unit ends.
    """

    def __init__(self, unit: LedgerUnit, *, clock: Clock, policy: Policy = _POLICY) -> None:
        self._store, self._clock, self._policy = unit.ledger, clock, policy

    async def account(self, owner: OwnerId, *, lock: bool = False) -> Account:
        """Where the owner stands now; with `lock`, nobody else changes it before the unit ends."""
        account = (await self._store.load([owner], lock=lock))[owner]
        return settled(account, self._clock(), self._policy)

    async def expire(self, owner: OwnerId) -> Sequence[Entry]:
        """Books what has lapsed or expired until now, and answers with it."""
        account = (await self._store.load([owner], lock=True))[owner]
        now = self._clock()
        entries, after = due(account, now, self._policy)
        if entries:
            await self._write(account, entries, after)
        return entries

    async def _carry_out(self, command: Command) -> Entry:
        account = (await self._store.load([command.owner], lock=True))[command.owner]
        name = (command.owner, command.key)
        same = (await self._store.by_keys([name])).get(name)
        known = await known_of(self._store, command, same)
        decision = decide(account, command, known, self._clock(), self._policy)
        match decision:
            case Booked():
                await self._write(account, decision.entries, decision.account)
                return decision.entries[-1]
            case Replayed():
                return decision.entry
            case Refused():
                raise decision.error
            case _:
                assert_never(decision)

    async def _write(self, before: Account, entries: Sequence[Entry], after: Account) -> None:
        write = Write(account=after, entries=entries, seen=before.seq)
        if await self._store.append([write]):
            raise StaleSequence(owner=before.owner, seen=before.seq)

    async def _find(self, id: EntryId) -> Entry | None:
        return await self._store.get(id)


class Ledger(Verbs):
    """Credits of many owners. `begin` opens the stores, `clock` says what time it is.

    Each verb is carried out on its own, and together with others that come while a write is in
    flight: never call one from inside a unit, use `within` there, which commits with the rest.
    Where somebody else wrote first, it is decided again, 50 times at most.
    """

    def __init__(self, *, begin: Begin[LedgerUnit], clock: Clock, policy: Policy = _POLICY) -> None:
        self._begin, self._clock, self._policy = begin, clock, policy
        self._group = GroupCommit(begin, self._decide)

    def within(self, unit: LedgerUnit) -> LedgerWithin:
        """The same verbs inside a unit the caller has begun."""
        return LedgerWithin(unit, clock=self._clock, policy=self._policy)

    async def account(self, owner: OwnerId, *, at: datetime | None = None) -> Account:
        """Where the owner stands now, or stood at a past moment `at`; an empty account where
        nothing ever happened."""
        if at is None:
            async with self._begin() as unit:
                account = (await unit.ledger.load([owner]))[owner]
            return settled(account, self._clock(), self._policy)
        moment = aware(at)
        state = Account(owner=owner)
        for entry in await self._all(owner):
            if entry.effective_at > moment:
                break
            state = evolve(state, entry)
        return settled(state, moment, self._policy)

    async def history(
        self,
        owner: OwnerId,
        *,
        at: datetime | None = None,
        limit: int = 50,
        before: int | None = None,
    ) -> Sequence[Entry]:
        """The owner's entries, newest first, at most `limit` (500 at most); those before entry
        number `before`, and those until the moment `at` where one is given."""
        wanted = min(limit, PAGE_MAX)
        moment = None if at is None else aware(at)
        found: list[Entry] = []
        async with self._begin() as unit:
            while len(found) < wanted:
                page = await unit.ledger.page(owner, limit=wanted, below=before)
                fits = (one for one in page if moment is None or one.effective_at <= moment)
                found.extend(fits)
                if len(page) < wanted:
                    break
                before = page[-1].seq
        return found[:wanted]

    async def expire(self, owner: OwnerId) -> Sequence[Entry]:
        """Books what has lapsed or expired until now; what it books was true already."""
        async with self._begin() as unit:
            return await self.within(unit).expire(owner)

    async def sweep(self, *, limit: int = 100) -> int:
        """Books what is due of at most `limit` owners; answers how many there were."""
        async with self._begin() as unit:
            owners = await unit.ledger.due(self._clock(), limit=limit)
        for owner in owners:
            await self.expire(owner)
        return len(owners)

    async def verify(self, owner: OwnerId) -> Difference | None:
        """Folds the owner's whole history: None, or the first thing that is wrong in it."""
        async with self._begin() as unit:
            account = (await unit.ledger.load([owner], lock=True))[owner]
            entries = await _read_all(unit.ledger, owner)
        return verify(account, entries)

    async def _all(self, owner: OwnerId) -> Sequence[Entry]:
        async with self._begin() as unit:
            return await _read_all(unit.ledger, owner)

    async def _find(self, id: EntryId) -> Entry | None:
        async with self._begin() as unit:
            return await unit.ledger.get(id)

    async def _carry_out(self, command: Command) -> Entry:
        return await self._group.carry_out(command)

    def _decide(self, account: Account, command: Command, known: Known) -> Decision:
        return decide(account, command, known, self._clock(), self._policy)


async def _read_all(store: LedgerStore, owner: OwnerId) -> Sequence[Entry]:
    found: list[Entry] = []
    page = await store.page(owner, limit=PAGE_MAX, oldest_first=True)
    while page:
        found.extend(page)
        page = await store.page(owner, limit=PAGE_MAX, above=page[-1].seq, oldest_first=True)
    return found
