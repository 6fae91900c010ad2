"""Files, exports and first answers in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from cvcore.ids import CvId, OwnerId, RequestKey
from cvcore.memory.transaction import Table, Transaction
from cvweb.ports import ExportRecord, RequestRecord, StoredFile


class KeptTables:
    """What everybody sees of files, exports and first answers."""

    def __init__(self) -> None:
        self.files: Table[str, tuple[StoredFile, bytes]] = Table()
        self.exports: Table[str, ExportRecord] = Table(group_of=lambda row: row.cv)
        self.requests: Table[tuple[OwnerId, RequestKey], RequestRecord] = Table()


class MemoryFiles:
    """A `FileStore` over one transaction."""

    def __init__(self, tables: KeptTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, file: StoredFile, data: bytes) -> None:
        """Keep a new file."""
        await self._transaction.put(self._tables.files, file.id, (file, data))

    async def get(self, owner: OwnerId, id: str) -> StoredFile | None:
        """The owner's file without its bytes."""
        found = self._transaction.get(self._tables.files, id)
        await asyncio.sleep(0)
        return found[0] if found is not None and found[0].owner == owner else None

    async def data(self, owner: OwnerId, id: str) -> bytes | None:
        """The bytes of the owner's file."""
        found = self._transaction.get(self._tables.files, id)
        await asyncio.sleep(0)
        return found[1] if found is not None and found[0].owner == owner else None

    async def remove(self, owner: OwnerId, id: str) -> bool:
        """Remove the owner's file."""
        if await self.get(owner, id) is None:
            return False
        await self._transaction.remove(self._tables.files, id)
        return True


class MemoryExports:
    """An `ExportStore` over one transaction."""

    def __init__(self, tables: KeptTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, export: ExportRecord) -> None:
        """Keep a new export."""
        await self._transaction.put(self._tables.exports, export.id, export)

    async def get(self, owner: OwnerId, id: str) -> ExportRecord | None:
        """The owner's export."""
        found = self._transaction.get(self._tables.exports, id)
        await asyncio.sleep(0)
        return found if found is not None and found.owner == owner else None

    async def of_cv(self, owner: OwnerId, cv: CvId, *, limit: int = 50) -> Sequence[ExportRecord]:
        """The exports of a CV, newest first."""
        rows = list(self._transaction.rows(self._tables.exports, cv))
        await asyncio.sleep(0)
        own = [row for row in rows if row.owner == owner]
        return sorted(own, key=lambda row: (row.created_at, row.id), reverse=True)[:limit]


class MemoryRequests:
    """A `RequestStore` over one transaction."""

    def __init__(self, tables: KeptTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def get(self, owner: OwnerId, key: RequestKey) -> RequestRecord | None:
        """The first answer under this key."""
        found = self._transaction.get(self._tables.requests, (owner, key))
        await asyncio.sleep(0)
        return found

    async def add(self, record: RequestRecord) -> RequestRecord:
        """Keep the first answer; the one that is kept."""
        name = (record.owner, record.key)
        await self._transaction.lock(self._tables.requests, name)
        there = self._transaction.get(self._tables.requests, name)
        if there is not None:
            return there
        await self._transaction.put(self._tables.requests, name, record)
        return record
