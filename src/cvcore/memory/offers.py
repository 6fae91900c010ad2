"""Offers in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from cvcore.ids import OfferId, OwnerId
from cvcore.memory.paging import after
from cvcore.memory.transaction import Table, Transaction
from cvcore.offers.errors import StaleOffer
from cvcore.offers.ports import OfferRecord


class OfferTables:
    """What everybody sees of offers."""

    def __init__(self) -> None:
        self.offers: Table[OfferId, OfferRecord] = Table(group_of=lambda row: row.owner)


class MemoryOffers:
    """An `OfferStore` over one transaction."""

    def __init__(self, tables: OfferTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, record: OfferRecord) -> None:
        await self._transaction.put(self._tables.offers, record.id, record)

    async def get(self, owner: OwnerId, id: OfferId) -> OfferRecord | None:
        found = self._transaction.get(self._tables.offers, id)
        await asyncio.sleep(0)
        return found if found and found.owner == owner else None

    async def by_source(
        self, owner: OwnerId, *, kind: str, value: str | None, content_hash: str
    ) -> OfferRecord | None:
        wanted = (kind, value, content_hash)
        found = None
        for row in self._newest(owner):
            source = row.offer.source
            if (source.kind, source.value, source.content_hash) == wanted:
                found = row
                break
        await asyncio.sleep(0)
        return found

    async def page(
        self, owner: OwnerId, *, limit: int, before: OfferId | None
    ) -> Sequence[OfferRecord]:
        rows = self._newest(owner)
        await asyncio.sleep(0)
        return after(rows, before, lambda row: row.id)[:limit]

    async def update(self, record: OfferRecord) -> None:
        await self._transaction.lock(self._tables.offers, record.id)
        there = self._transaction.get(self._tables.offers, record.id)
        if there is None or there.version != record.version - 1:
            raise StaleOffer(id=record.id)
        await self._transaction.put(self._tables.offers, record.id, record)

    async def remove(self, owner: OwnerId, id: OfferId) -> bool:
        await self._transaction.lock(self._tables.offers, id)
        there = self._transaction.get(self._tables.offers, id)
        if there is None or there.owner != owner:
            return False
        await self._transaction.remove(self._tables.offers, id)
        return True

    def _newest(self, owner: OwnerId) -> list[OfferRecord]:
        rows = self._transaction.rows(self._tables.offers, owner)
        return sorted(rows, key=lambda row: (row.created_at, row.id), reverse=True)
