"""A contract nobody has seen fail is not a test yet: each broken store fails the test it names."""

# ruff: noqa: ARG002 - a mutant that forgets an argument is broken on purpose

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from cvcore.cv.model import Cv
from cvcore.ids import CvId, OwnerId, TaskId
from cvcore.memory import MemoryUnit, MemoryUnits
from cvcore.memory.cvs import MemoryCvs, MemoryProposals, MemoryVersions
from cvcore.memory.offers import MemoryOffers
from cvcore.memory.plans import MemoryPlans
from cvcore.memory.scores import MemoryScores
from cvcore.memory.tasks import MemoryTasks
from cvcore.memory.transaction import Table, Transaction
from cvcore.memory.trash import MemoryTrash
from cvcore.offers.ports import OfferRecord
from cvcore.scoring.ports import ScoreRecord
from cvcore.tasks.model import Task
from cvcore.testing import contracts
from cvcore.testing.contracts import Contract
from cvcore.testing.mutants import MutantUnits, is_caught
from cvcore.versions.model import VersionInfo
from cvcore.versions.ports import CvRecord, StoredProposal


class CountsWithoutLock(MemoryPlans):
    async def count(
        self, owner: OwnerId, feature: str, period_start: datetime, *, change: int, limit: int
    ) -> int | None:
        seen = await self.used(owner, feature, period_start)
        await asyncio.sleep(0)
        count = max(0, seen + change)
        if change > 0 and limit != -1 and count > limit:
            return None
        await self._transaction.put(self._tables.counters, (owner, feature, period_start), count)
        return count


class AllowsOneUseMore(MemoryPlans):
    async def count(
        self, owner: OwnerId, feature: str, period_start: datetime, *, change: int, limit: int
    ) -> int | None:
        more = limit if limit == -1 else limit + 1
        return await super().count(owner, feature, period_start, change=change, limit=more)


class TakesMinusOneForALimit(MemoryPlans):
    async def count(
        self, owner: OwnerId, feature: str, period_start: datetime, *, change: int, limit: int
    ) -> int | None:
        if change > 0 and limit < 0:
            return None
        return await super().count(owner, feature, period_start, change=change, limit=limit)


class AddsATaskTwice(MemoryTasks):
    async def add(self, task: Task) -> None:
        await self._transaction.put(self._tables.keys, (task.owner, task.key), task.id)
        await self._transaction.put(self._tables.tasks, task.id, task)


class WritesOverTasks(MemoryTasks):
    async def update(self, task: Task) -> None:
        await self._transaction.put(self._tables.tasks, task.id, task)


class FindsTheTasksOfOthers(MemoryTasks):
    async def page(self, owner: OwnerId, *, limit: int, before: TaskId | None) -> Sequence[Task]:
        rows = sorted(self._transaction.rows(self._tables.tasks), key=lambda row: row.created_at)
        return rows[::-1][:limit]


class ForgetsLostTasks(MemoryTasks):
    async def due(self, now: datetime, *, limit: int) -> Sequence[Task]:
        return [task for task in await super().due(now, limit=limit) if task.status == "queued"]


class ShowsTheTrash(MemoryCvs):
    async def get(self, owner: OwnerId, id: CvId, *, lock: bool = False) -> CvRecord | None:
        return self._transaction.get(self._tables.records, id)


class WritesOverVersions(MemoryVersions):
    async def append(self, info: VersionInfo, cv: Cv) -> None:
        await self._transaction.put(self._tables.versions, (info.cv, info.number), info)
        await self._transaction.put(self._tables.documents, info.content, cv)


class KeepsTheFirstDocumentOnly(MemoryVersions):
    async def content(self, id: CvId, number: int) -> Cv | None:
        return await super().content(id, min(number, 1)) if number < 3 else None


class PurgesDocumentsOfOthers(MemoryTrash):
    def _used(self) -> set[str]:
        return set()


class PurgesWhatIsNew(MemoryTrash):
    async def purge(self, deleted_before: datetime, *, limit: int) -> Sequence[CvId]:
        return await super().purge(datetime.max.replace(tzinfo=UTC), limit=limit)


class DecidesTwice(MemoryProposals):
    async def update(self, stored: StoredProposal) -> None:
        key = (stored.cv, stored.proposal.id)
        await self._transaction.put(self._tables.proposals, key, stored)


class GivesOffersToAnybody(MemoryOffers):
    async def get(self, owner: OwnerId, id: Any) -> OfferRecord | None:
        return self._transaction.get(self._tables.offers, id)


class RoundsScores(MemoryScores):
    async def add(self, record: ScoreRecord) -> None:
        score = msgspec.structs.replace(record.score, exact=round(record.score.exact or 0, 2))
        await super().add(msgspec.structs.replace(record, score=score))


class CommitsOnError(MutantUnits):
    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[MemoryUnit]:
        transaction = Transaction(self._locks)
        try:
            yield self._open(transaction)
        finally:
            transaction.commit()


class SwallowsTheError(MutantUnits):
    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[MemoryUnit]:
        transaction = Transaction(self._locks)
        try:
            yield self._open(transaction)
        except Exception:  # noqa: BLE001 - swallowing it is what is broken
            transaction.rollback()
        else:
            transaction.commit()


class Shouting(Transaction):
    async def put(self, table: Table[Any, Any], key: Any, row: Any) -> None:
        await self.lock(table, key)
        table.keep(key, row)


class ShowsTooSoon(MutantUnits):
    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[MemoryUnit]:
        transaction = Shouting(self._locks)
        try:
            yield self._open(transaction)
        finally:
            transaction.rollback()


class KeepsLocksAfterErrors(MutantUnits):
    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[MemoryUnit]:
        transaction = Transaction(self._locks)
        yield self._open(transaction)
        transaction.commit()


MUTANTS: dict[type, tuple[type[Contract], str]] = {
    CountsWithoutLock: (contracts.PlansContract, "test_racing_uses_are_all_counted"),
    AllowsOneUseMore: (contracts.PlansContract, "test_a_use_above_the_limit_is_not_counted"),
    TakesMinusOneForALimit: (
        contracts.PlansContract,
        "test_uses_are_counted_per_owner_feature_and_period",
    ),
    AddsATaskTwice: (contracts.TaskContract, "test_a_key_is_one_tasks_only"),
    WritesOverTasks: (contracts.TaskContract, "test_a_stale_task_is_not_written"),
    FindsTheTasksOfOthers: (contracts.TaskContract, "test_pages_are_the_owners_newest_first"),
    ForgetsLostTasks: (contracts.TaskContract, "test_queued_tasks_and_lost_ones_are_due"),
    ShowsTheTrash: (contracts.CvContract, "test_the_trash_is_not_found_and_frees_its_name"),
    WritesOverVersions: (contracts.CvContract, "test_no_version_is_written_over"),
    KeepsTheFirstDocumentOnly: (
        contracts.CvContract,
        "test_every_version_and_its_document_stay",
    ),
    PurgesDocumentsOfOthers: (
        contracts.TrashContract,
        "test_a_purge_leaves_the_document_that_another_cv_has",
    ),
    PurgesWhatIsNew: (
        contracts.TrashContract,
        "test_a_purge_takes_the_oldest_with_their_versions_and_proposals",
    ),
    DecidesTwice: (contracts.ProposalContract, "test_a_proposal_is_decided_once"),
    GivesOffersToAnybody: (contracts.OfferContract, "test_an_offer_is_its_owners_only"),
    RoundsScores: (contracts.ScoreContract, "test_a_score_comes_back_to_the_last_digit"),
    CommitsOnError: (contracts.UnitContract, "test_an_exception_undoes_every_store"),
    SwallowsTheError: (contracts.UnitContract, "test_the_exception_goes_on_as_it_was"),
    ShowsTooSoon: (contracts.UnitContract, "test_nobody_sees_what_is_not_committed"),
    KeepsLocksAfterErrors: (
        contracts.UnitContract,
        "test_a_broken_unit_leaves_no_lock_behind",
    ),
}
"""Each broken store, with the promise it breaks."""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
async def test_a_broken_store_fails_the_test_it_names(mutant: type) -> None:
    assert await is_caught(_units(mutant), *MUTANTS[mutant])


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
async def test_the_sound_store_passes_that_test(mutant: type) -> None:
    assert not await is_caught(MemoryUnits(), *MUTANTS[mutant])


def test_a_promise_cannot_be_taken_back() -> None:
    async def easier(self: object, begin: object) -> None: ...

    body = {"test_racing_spends_never_overdraw": easier}
    with pytest.raises(TypeError, match="may not change the promises"):
        type("TestMine", (contracts.LedgerContract,), body)


def _units(mutant: type) -> MemoryUnits:
    whole: MemoryUnits = mutant(mutant) if issubclass(mutant, MutantUnits) else MutantUnits(mutant)
    return whole
