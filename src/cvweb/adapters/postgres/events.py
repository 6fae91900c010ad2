"""What happened, kept for a while and told at commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cvcore.ids import OwnerId
from cvweb.adapters.postgres.rows import Connection, decoded
from cvweb.ports import Event

CHANNEL = "cvweb_events"
_ADD = """
    WITH turn AS (
        SELECT pg_advisory_xact_lock(hashtextextended('cvweb:event:' || $1, 0))
    ), told AS (
        SELECT pg_notify('cvweb_events', $1)
    )
    INSERT INTO event (user_id, kind, data, created_at)
    SELECT $1, $2, $3, $4 FROM turn, told
"""
"""Writers of one owner take turns, so that ids are given in the order of commits: whoever reads
on from an id misses nothing."""


class PostgresEvents:
    """An `EventStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, owner: OwnerId, kind: str, data: Mapping[str, Any], at: datetime) -> None:
        await self._connection.execute(_ADD, owner, kind, data, at)

    async def after(self, owner: OwnerId, id: int, *, limit: int = 100) -> Sequence[Event]:
        rows = await self._connection.fetch(
            "SELECT * FROM event WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3",
            owner,
            id,
            limit,
        )
        return [
            Event(
                id=row["id"],
                owner=row["user_id"],
                kind=row["kind"],
                data=decoded(row["data"], dict[str, Any]),
                at=row["created_at"],
            )
            for row in rows
        ]

    async def last(self, owner: OwnerId) -> int:
        id = await self._connection.fetchval("SELECT max(id) FROM event WHERE user_id = $1", owner)
        return id or 0

    async def remove_before(self, at: datetime) -> int:
        """Forget what happened before `at`; how many that were."""
        tag = await self._connection.execute("DELETE FROM event WHERE created_at < $1", at)
        return int(tag.rsplit(" ", 1)[1])
