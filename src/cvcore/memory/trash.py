"""CVs in the trash, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from cvcore.ids import CvId, OwnerId
from cvcore.memory.cvs import CvTables
from cvcore.memory.paging import after
from cvcore.memory.transaction import Transaction
from cvcore.versions.ports import CvRecord


class MemoryTrash:
    """A `TrashStore` over one transaction."""

    def __init__(self, tables: CvTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def get(self, owner: OwnerId, id: CvId, *, lock: bool = False) -> CvRecord | None:
        if lock:
            await self._transaction.lock(self._tables.records, id)
        found = self._transaction.get(self._tables.records, id)
        await asyncio.sleep(0)
        return found if found and found.owner == owner and found.deleted_at else None

    async def page(self, owner: OwnerId, *, limit: int, before: CvId | None) -> Sequence[CvRecord]:
        rows = [row for at, row in reversed(self._deleted()) if row.owner == owner]
        await asyncio.sleep(0)
        return after(rows, before, lambda row: row.id)[:limit]

    async def purge(self, deleted_before: datetime, *, limit: int) -> Sequence[CvId]:
        due = [row.id for at, row in self._deleted() if at < deleted_before][:limit]
        gone = []
        for id in due:
            await self._transaction.lock(self._tables.records, id)
            now = self._transaction.get(self._tables.records, id)
            if now and now.deleted_at and now.deleted_at < deleted_before:
                await self._remove(id)
                gone.append(id)
        return gone

    def _deleted(self) -> list[tuple[datetime, CvRecord]]:
        rows = self._transaction.rows(self._tables.records)
        deleted = [(row.deleted_at, row) for row in rows if row.deleted_at is not None]
        return sorted(deleted, key=lambda each: (each[0], each[1].id))

    async def _remove(self, id: CvId) -> None:
        tables, transaction = self._tables, self._transaction
        for stored in list(transaction.rows(tables.proposals, id)):
            await transaction.remove(tables.proposals, (id, stored.proposal.id))
        documents = {info.content for info in transaction.rows(tables.versions, id)}
        for info in list(transaction.rows(tables.versions, id)):
            await transaction.remove(tables.versions, (id, info.number))
        await transaction.remove(tables.records, id)
        for document in documents - self._used():
            await transaction.remove(tables.documents, document)

    def _used(self) -> set[str]:
        transaction = self._transaction
        return {
            info.content
            for record in transaction.rows(self._tables.records)
            for info in transaction.rows(self._tables.versions, record.id)
        }
