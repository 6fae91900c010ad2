"""Accounts and their entries in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from cvcore.ids import EntryId, OwnerId, RequestKey
from cvcore.ledger.model import Account, Entry, Write
from cvcore.memory.transaction import Table, Transaction

_Key = tuple[OwnerId, RequestKey]


class LedgerTables:
    """What everybody sees of the ledger."""

    def __init__(self) -> None:
        self.accounts: Table[OwnerId, Account] = Table()
        self.entries: Table[tuple[OwnerId, int], Entry] = Table()
        self.keys: Table[_Key, Entry] = Table()
        self.ids: Table[EntryId, Entry] = Table()
        self.related: Table[tuple[str, EntryId], tuple[str, Entry]] = Table(
            group_of=lambda row: (row[1].owner, row[0])
        )


class MemoryLedger:
    """A `LedgerStore` over one transaction."""

    def __init__(self, tables: LedgerTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def load(
        self, owners: Sequence[OwnerId], *, lock: bool = False
    ) -> Mapping[OwnerId, Account]:
        if lock:
            for owner in sorted(set(owners)):
                await self._transaction.lock(self._tables.accounts, owner)
        found = {owner: self._account(owner) for owner in owners}
        await asyncio.sleep(0)
        return found

    async def by_keys(self, keys: Sequence[_Key]) -> Mapping[_Key, Entry]:
        found = {key: self._transaction.get(self._tables.keys, key) for key in keys}
        await asyncio.sleep(0)
        return {key: entry for key, entry in found.items() if entry is not None}

    async def get(self, id: EntryId) -> Entry | None:
        found = self._transaction.get(self._tables.ids, id)
        await asyncio.sleep(0)
        return found

    async def related(self, owner: OwnerId, to: str) -> Sequence[Entry]:
        rows = self._transaction.rows(self._tables.related, (owner, to))
        found = sorted((entry for _, entry in rows), key=lambda entry: entry.seq)
        await asyncio.sleep(0)
        return found

    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        refused = set()
        for write in sorted(writes, key=lambda write: write.account.owner):
            if not await self._append(write):
                refused.add(write.account.owner)
        return frozenset(refused)

    async def page(
        self,
        owner: OwnerId,
        *,
        limit: int,
        above: int = 0,
        below: int | None = None,
        oldest_first: bool = False,
    ) -> Sequence[Entry]:
        last = self._account(owner).seq
        top = last if below is None else min(last, below - 1)
        seqs = range(above + 1, top + 1)[:limit]
        if not oldest_first:
            seqs = range(top, above, -1)[:limit]
        rows = (self._transaction.get(self._tables.entries, (owner, seq)) for seq in seqs)
        found = [entry for entry in rows if entry is not None]
        await asyncio.sleep(0)
        return found

    async def due(self, now: datetime, *, limit: int) -> Sequence[OwnerId]:
        rows = self._transaction.rows(self._tables.accounts)
        ends = [(row.due_at, row.owner) for row in rows if row.due_at and row.due_at <= now]
        await asyncio.sleep(0)
        return [owner for _, owner in sorted(ends)[:limit]]

    def _account(self, owner: OwnerId) -> Account:
        return self._transaction.get(self._tables.accounts, owner) or Account(owner=owner)

    async def _append(self, write: Write) -> bool:
        tables, transaction = self._tables, self._transaction
        owner = write.account.owner
        await transaction.lock(tables.accounts, owner)
        keys = [(owner, entry.key) for entry in write.entries]
        is_taken = any(transaction.get(tables.keys, key) is not None for key in keys)
        if is_taken or self._account(owner).seq != write.seen:
            return False
        await transaction.put(tables.accounts, owner, write.account)
        for entry in write.entries:
            await transaction.put(tables.entries, (owner, entry.seq), entry)
            await transaction.put(tables.keys, (owner, entry.key), entry)
            await transaction.put(tables.ids, entry.id, entry)
            for to in filter(None, (entry.caused_by, entry.source)):
                await transaction.put(tables.related, (to, entry.id), (to, entry))
        return True
