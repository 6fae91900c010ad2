"""CVs, their versions and the proposals for them, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from cvcore.cv.model import Cv
from cvcore.ids import CvId, OwnerId
from cvcore.memory.paging import after
from cvcore.memory.transaction import Table, Transaction
from cvcore.versions.errors import FilenameTaken, StaleProposal, StaleVersion
from cvcore.versions.model import ProposalState, VersionInfo
from cvcore.versions.ports import CvRecord, StoredProposal


class CvTables:
    """What everybody sees of CVs."""

    def __init__(self) -> None:
        self.records: Table[CvId, CvRecord] = Table()
        self.filenames: Table[tuple[OwnerId, str], CvId] = Table()
        self.versions: Table[tuple[CvId, int], VersionInfo] = Table(group_of=lambda row: row.cv)
        self.documents: Table[str, Cv] = Table()
        self.proposals: Table[tuple[CvId, str], StoredProposal] = Table(group_of=lambda row: row.cv)


class MemoryCvs:
    """A `CvStore` over one transaction."""

    def __init__(self, tables: CvTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, record: CvRecord) -> None:
        await self._name(record)
        await self._transaction.put(self._tables.records, record.id, record)

    async def get(self, owner: OwnerId, id: CvId, *, lock: bool = False) -> CvRecord | None:
        if lock:
            await self._transaction.lock(self._tables.records, id)
        found = self._transaction.get(self._tables.records, id)
        await asyncio.sleep(0)
        return found if found and found.owner == owner and found.deleted_at is None else None

    async def page(self, owner: OwnerId, *, limit: int, before: CvId | None) -> Sequence[CvRecord]:
        rows = self._of(owner)
        rows.sort(key=lambda row: (row.updated_at, row.id), reverse=True)
        await asyncio.sleep(0)
        return after(rows, before, lambda row: row.id)[:limit]

    async def filenames(self, owner: OwnerId) -> frozenset[str]:
        found = frozenset(row.filename for row in self._of(owner))
        await asyncio.sleep(0)
        return found

    async def update(self, record: CvRecord, *, seen: int) -> None:
        await self._transaction.lock(self._tables.records, record.id)
        there = self._transaction.get(self._tables.records, record.id)
        if there is None or there.version != seen:
            raise StaleVersion(id=record.id, seen=seen, now=there.version if there else 0)
        if record.deleted_at is None:
            await self._name(record)
        if there.deleted_at is None and (
            record.deleted_at is not None or there.filename != record.filename
        ):
            await self._transaction.remove(self._tables.filenames, (there.owner, there.filename))
        await self._transaction.put(self._tables.records, record.id, record)

    def _of(self, owner: OwnerId) -> list[CvRecord]:
        rows = self._transaction.rows(self._tables.records)
        return [row for row in rows if row.owner == owner and row.deleted_at is None]

    async def _name(self, record: CvRecord) -> None:
        key = (record.owner, record.filename)
        await self._transaction.lock(self._tables.filenames, key)
        if self._transaction.get(self._tables.filenames, key) not in (None, record.id):
            raise FilenameTaken(filename=record.filename)
        await self._transaction.put(self._tables.filenames, key, record.id)


class MemoryVersions:
    """A `VersionStore` over one transaction."""

    def __init__(self, tables: CvTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def append(self, info: VersionInfo, cv: Cv) -> None:
        key = (info.cv, info.number)
        await self._transaction.lock(self._tables.versions, key)
        there = self._transaction.get(self._tables.versions, key)
        if there is not None:
            raise StaleVersion(id=info.cv, seen=info.number - 1, now=info.number)
        await self._transaction.put(self._tables.versions, key, info)
        if self._transaction.get(self._tables.documents, info.content) is None:
            await self._transaction.put(self._tables.documents, info.content, cv)

    async def of_cv(self, id: CvId) -> Sequence[VersionInfo]:
        rows = self._transaction.rows(self._tables.versions, id)
        found = sorted(rows, key=lambda row: row.number, reverse=True)
        await asyncio.sleep(0)
        return found

    async def content(self, id: CvId, number: int) -> Cv | None:
        info = self._transaction.get(self._tables.versions, (id, number))
        found = self._transaction.get(self._tables.documents, info.content) if info else None
        await asyncio.sleep(0)
        return found


class MemoryProposals:
    """A `ProposalStore` over one transaction."""

    def __init__(self, tables: CvTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, proposals: Sequence[StoredProposal]) -> None:
        for stored in proposals:
            key = (stored.cv, stored.proposal.id)
            await self._transaction.put(self._tables.proposals, key, stored)

    async def of_cv(
        self, id: CvId, *, state: ProposalState | None = None, lock: bool = False
    ) -> Sequence[StoredProposal]:
        if lock:
            for stored in list(self._transaction.rows(self._tables.proposals, id)):
                await self._transaction.lock(
                    self._tables.proposals, (stored.cv, stored.proposal.id)
                )
        rows = self._transaction.rows(self._tables.proposals, id)
        found = [row for row in rows if state is None or row.proposal.state == state]
        await asyncio.sleep(0)
        return found

    async def update(self, stored: StoredProposal) -> None:
        key = (stored.cv, stored.proposal.id)
        await self._transaction.lock(self._tables.proposals, key)
        there = self._transaction.get(self._tables.proposals, key)
        if there is None or there.seq != stored.seq - 1:
            raise StaleProposal(id=stored.proposal.id)
        await self._transaction.put(self._tables.proposals, key, stored)
