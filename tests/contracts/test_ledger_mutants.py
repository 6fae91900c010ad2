"""A contract nobody has seen fail is not a test yet: each broken ledger fails the test it names."""

# ruff: noqa: ARG002 - a mutant that forgets an argument is broken on purpose

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from cvcore.ids import EntryId, OwnerId, RequestKey
from cvcore.ledger.model import Account, Entry, Write
from cvcore.memory import MemoryUnits
from cvcore.memory.ledger import MemoryLedger
from cvcore.testing.contracts import LedgerContract
from cvcore.testing.mutants import MutantUnits, is_caught

Keys = Sequence[tuple[OwnerId, RequestKey]]


class ForgetsTheSequence(MemoryLedger):
    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        moved = [
            msgspec.structs.replace(write, seen=self._account(write.account.owner).seq)
            for write in writes
        ]
        return await super().append(moved)


class ChecksTheSequenceBeforeOthersWrite(MemoryLedger):
    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        stale = {w.account.owner for w in writes if self._account(w.account.owner).seq != w.seen}
        await asyncio.sleep(0)
        for write in writes:
            now = self._account(write.account.owner).seq
            if write.account.owner not in stale:
                await super().append([msgspec.structs.replace(write, seen=now)])
        return frozenset(stale)


class DropsTheKey(MemoryLedger):
    async def by_keys(self, keys: Keys) -> Mapping[tuple[OwnerId, RequestKey], Entry]:
        return {}


class FindsTheKeysOfOthers(MemoryLedger):
    async def by_keys(self, keys: Keys) -> Mapping[tuple[OwnerId, RequestKey], Entry]:
        mine = {key: owner for owner, key in self._tables.keys.group(None)}
        found = await super().by_keys([(mine.get(key, owner), key) for owner, key in keys])
        by_key = {key: entry for (_, key), entry in found.items()}
        return {(owner, key): by_key[key] for owner, key in keys if key in by_key}


class ForgetsTheFingerprint(MemoryLedger):
    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        return await super().append([_with_entries(write, fingerprint="") for write in writes])


class LosesTheHold(MemoryLedger):
    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        return await super().append([_with_account(write, holds=()) for write in writes])


class KeepsLotsInTheOrderTheyCame(MemoryLedger):
    async def load(
        self, owners: Sequence[OwnerId], *, lock: bool = False
    ) -> Mapping[OwnerId, Account]:
        found = await super().load(owners, lock=lock)
        return {
            owner: msgspec.structs.replace(
                account, lots=tuple(sorted(account.lots, key=lambda lot: lot.seq))
            )
            for owner, account in found.items()
        }


class RoundsTimesToSeconds(MemoryLedger):
    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        moment = writes[0].entries[0].effective_at.replace(microsecond=0)
        return await super().append([_with_entries(write, effective_at=moment) for write in writes])


class ForgetsEarlierRefunds(MemoryLedger):
    async def related(self, owner: OwnerId, to: str) -> Sequence[Entry]:
        return [one for one in await super().related(owner, to) if one.kind != "refund"]


class ForgetsWhatClosedTheHold(MemoryLedger):
    async def related(self, owner: OwnerId, to: str) -> Sequence[Entry]:
        closing = ("settle", "release")
        return [one for one in await super().related(owner, to) if one.kind not in closing]


class ForgetsPayments(MemoryLedger):
    async def related(self, owner: OwnerId, to: str) -> Sequence[Entry]:
        return [one for one in await super().related(owner, to) if one.source != to]


class FindsNoEntryById(MemoryLedger):
    async def get(self, id: EntryId) -> Entry | None:
        return None


class IsDueAMomentLate(MemoryLedger):
    async def due(self, now: datetime, *, limit: int) -> Sequence[OwnerId]:
        return await super().due(now - timedelta(microseconds=1), limit=limit)


class PagesWithTheLastOneAgain(MemoryLedger):
    async def page(
        self,
        owner: OwnerId,
        *,
        limit: int,
        above: int = 0,
        below: int | None = None,
        oldest_first: bool = False,
    ) -> Sequence[Entry]:
        closed = None if below is None else below + 1
        return await super().page(
            owner, limit=limit, above=above, below=closed, oldest_first=oldest_first
        )


class IgnoresTheLock(MemoryLedger):
    async def load(
        self, owners: Sequence[OwnerId], *, lock: bool = False
    ) -> Mapping[OwnerId, Account]:
        return await super().load(owners, lock=False)


class LocksInTheOrderAsked(MemoryLedger):
    async def load(
        self, owners: Sequence[OwnerId], *, lock: bool = False
    ) -> Mapping[OwnerId, Account]:
        found: dict[OwnerId, Account] = {}
        for owner in owners:
            found.update(await super().load([owner], lock=lock))
        return found


class RefusesAllForOne(MemoryLedger):
    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        owners = [write.account.owner for write in writes]
        if any(self._account(w.account.owner).seq != w.seen for w in writes):
            return frozenset(owners)
        return await super().append(writes)


class WritesTheLastEntryOnly(MemoryLedger):
    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        cut = [msgspec.structs.replace(write, entries=write.entries[-1:]) for write in writes]
        return await super().append(cut)


MUTANTS: dict[type, str] = {
    ForgetsTheSequence: "test_a_write_on_what_has_moved_on_writes_nothing",
    ChecksTheSequenceBeforeOthersWrite: "test_racing_writes_on_one_account_let_one_through",
    DropsTheKey: "test_one_key_from_many_tasks_has_one_effect",
    FindsTheKeysOfOthers: "test_the_same_key_of_another_owner_is_another_key",
    ForgetsTheFingerprint: "test_a_key_answers_the_same_whatever_came_after",
    LosesTheHold: "test_settling_returns_the_rest",
    KeepsLotsInTheOrderTheyCame: "test_what_ends_soonest_burns_first_and_gifts_before_purchases",
    RoundsTimesToSeconds: "test_accounts_and_entries_come_back_as_they_went_in",
    ForgetsEarlierRefunds: "test_racing_refunds_never_give_back_more_than_was_spent",
    ForgetsWhatClosedTheHold: "test_of_settle_and_release_one_wins",
    ForgetsPayments: "test_a_clawback_books_the_delta_and_the_next_purchase_repays",
    FindsNoEntryById: "test_an_entry_is_found_by_its_id",
    IsDueAMomentLate: "test_an_owner_is_due_from_the_very_end_of_a_lot",
    PagesWithTheLastOneAgain: "test_pages_are_half_open_and_in_order",
    IgnoresTheLock: "test_what_was_locked_cannot_be_refused",
    LocksInTheOrderAsked: "test_locks_in_any_order_do_not_block_each_other",
    RefusesAllForOne: "test_of_many_owners_only_those_who_moved_on_are_refused",
    WritesTheLastEntryOnly: "test_several_entries_of_one_write_are_all_there",
}
"""Each broken store, with the promise it breaks."""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
async def test_a_broken_store_fails_the_test_it_names(mutant: type) -> None:
    assert await is_caught(MutantUnits(mutant), LedgerContract, MUTANTS[mutant])


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
async def test_the_sound_store_passes_that_test(mutant: type) -> None:
    assert not await is_caught(MemoryUnits(), LedgerContract, MUTANTS[mutant])


def _with_entries(write: Write, **changes: Any) -> Write:
    entries = [msgspec.structs.replace(entry, **changes) for entry in write.entries]
    return msgspec.structs.replace(write, entries=entries)


def _with_account(write: Write, **changes: Any) -> Write:
    account = msgspec.structs.replace(write.account, **changes)
    return msgspec.structs.replace(write, account=account)
