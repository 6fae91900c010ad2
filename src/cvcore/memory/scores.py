"""Scores in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from cvcore.ids import CvId, OfferId, OwnerId, ScoreId
from cvcore.memory.transaction import Table, Transaction
from cvcore.scoring.ports import ScoreRecord
from cvcore.scoring.receipt import receipt_hash


class ScoreTables:
    """What everybody sees of scores."""

    def __init__(self) -> None:
        self.scores: Table[ScoreId, ScoreRecord] = Table(group_of=lambda row: row.owner)


class MemoryScores:
    """A `ScoreStore` over one transaction."""

    def __init__(self, tables: ScoreTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, record: ScoreRecord) -> None:
        await self._transaction.put(self._tables.scores, record.id, record)

    async def get(self, owner: OwnerId, id: ScoreId) -> ScoreRecord | None:
        rows = self._transaction.rows(self._tables.scores, owner)
        await asyncio.sleep(0)
        return next((row for row in rows if row.id == id), None)

    async def of_cv(
        self, owner: OwnerId, cv: CvId, *, offer: OfferId | None = None, limit: int = 50
    ) -> Sequence[ScoreRecord]:
        rows = [row for row in self._newest(owner) if row.cv == cv]
        await asyncio.sleep(0)
        return [row for row in rows if offer is None or row.offer == offer][:limit]

    async def equal(self, owner: OwnerId, score_receipt_hash: str) -> ScoreRecord | None:
        rows = self._newest(owner)
        await asyncio.sleep(0)
        equals = (row for row in rows if receipt_hash(row.score.receipt) == score_receipt_hash)
        return next(equals, None)

    def _newest(self, owner: OwnerId) -> list[ScoreRecord]:
        rows = self._transaction.rows(self._tables.scores, owner)
        return sorted(rows, key=lambda row: (row.created_at, row.id), reverse=True)
