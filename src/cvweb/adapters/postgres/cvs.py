"""CVs on PostgreSQL, those in the trash too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg

from cvcore.ids import CvId, OwnerId
from cvcore.versions.errors import FilenameTaken, StaleVersion
from cvcore.versions.ports import CvRecord
from cvweb.adapters.postgres.rows import (
    Connection,
    Row,
    insert_into,
    is_one,
    update_set,
)

_RECORD = (
    "id",
    "user_id",
    "filename",
    "content_version",
    "created_at",
    "updated_at",
    "language",
    "source_type",
    "source_value",
    "job_offer_id",
    "base_cv_file_id",
    "base_version",
    "blocked",
    "blocked_reason",
    "deleted_at",
)


class PostgresCvs:
    """A `CvStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, record: CvRecord) -> None:
        free = "ON CONFLICT (user_id, filename) WHERE deleted_at IS NULL DO NOTHING"
        query = insert_into("cv_file", _RECORD, free)
        if not is_one(await self._connection.execute(query, *_values(record))):
            raise FilenameTaken(filename=record.filename)

    async def get(self, owner: OwnerId, id: CvId, *, lock: bool = False) -> CvRecord | None:
        query = "SELECT * FROM cv_file WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL"
        row = await self._connection.fetchrow(query + (" FOR UPDATE" if lock else ""), id, owner)
        return None if row is None else _record(row)

    async def page(self, owner: OwnerId, *, limit: int, before: CvId | None) -> Sequence[CvRecord]:
        rows = await self._connection.fetch(
            "SELECT * FROM cv_file WHERE user_id = $1 AND deleted_at IS NULL AND "
            "($2::text IS NULL OR "
            "(updated_at, id) < (SELECT updated_at, id FROM cv_file WHERE id = $2)) "
            "ORDER BY updated_at DESC, id DESC LIMIT $3",
            owner,
            before,
            limit,
        )
        return [_record(row) for row in rows]

    async def filenames(self, owner: OwnerId) -> frozenset[str]:
        rows = await self._connection.fetch(
            "SELECT filename FROM cv_file WHERE user_id = $1 AND deleted_at IS NULL", owner
        )
        return frozenset(row["filename"] for row in rows)

    async def update(self, record: CvRecord, *, seen: int) -> None:
        where = f"id = $1 AND content_version = ${len(_RECORD) + 1}"
        query = update_set("cv_file", _RECORD, where)
        try:
            async with self._connection.transaction():
                done = await self._connection.execute(query, *_values(record), seen)
        except asyncpg.UniqueViolationError as error:
            raise FilenameTaken(filename=record.filename) from error
        if not is_one(done):
            now = await self._connection.fetchval(
                "SELECT content_version FROM cv_file WHERE id = $1", record.id
            )
            raise StaleVersion(id=record.id, seen=seen, now=now or 0)


class PostgresTrash:
    """A `TrashStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, owner: OwnerId, id: CvId, *, lock: bool = False) -> CvRecord | None:
        query = "SELECT * FROM cv_file WHERE id = $1 AND user_id = $2 AND deleted_at IS NOT NULL"
        row = await self._connection.fetchrow(query + (" FOR UPDATE" if lock else ""), id, owner)
        return None if row is None else _record(row)

    async def page(self, owner: OwnerId, *, limit: int, before: CvId | None) -> Sequence[CvRecord]:
        rows = await self._connection.fetch(
            "SELECT * FROM cv_file WHERE user_id = $1 AND deleted_at IS NOT NULL AND "
            "($2::text IS NULL OR "
            "(deleted_at, id) < (SELECT deleted_at, id FROM cv_file WHERE id = $2)) "
            "ORDER BY deleted_at DESC, id DESC LIMIT $3",
            owner,
            before,
            limit,
        )
        return [_record(row) for row in rows]

    async def purge(self, deleted_before: datetime, *, limit: int) -> Sequence[CvId]:
        rows = await self._connection.fetch(
            "SELECT id FROM cv_file WHERE deleted_at < $1 "
            "ORDER BY deleted_at, id LIMIT $2 FOR UPDATE SKIP LOCKED",
            deleted_before,
            limit,
        )
        gone = [CvId(row["id"]) for row in rows]
        if gone:
            await self._remove(gone)
        return gone

    async def _remove(self, ids: Sequence[CvId]) -> None:
        run = self._connection
        await run.execute("DELETE FROM proposal WHERE cv_file_id = ANY($1)", ids)
        documents = await run.fetch(
            "DELETE FROM cv_version WHERE cv_file_id = ANY($1) RETURNING content", ids
        )
        await run.execute(
            "DELETE FROM cv_content AS document WHERE hash = ANY($1) AND NOT EXISTS "
            "(SELECT FROM cv_version WHERE cv_version.content = document.hash)",
            [row["content"] for row in documents],
        )
        await run.execute("DELETE FROM cv_file WHERE id = ANY($1)", ids)


def _values(record: CvRecord) -> tuple[Any, ...]:
    return (
        record.id,
        record.owner,
        record.filename,
        record.version,
        record.created_at,
        record.updated_at,
        record.language,
        record.source_type,
        record.source_value,
        record.offer,
        record.base,
        record.base_version,
        record.blocked,
        record.blocked_reason,
        record.deleted_at,
    )


def _record(row: Row) -> CvRecord:
    return CvRecord(
        id=row["id"],
        owner=row["user_id"],
        filename=row["filename"],
        version=row["content_version"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        language=row["language"],
        source_type=row["source_type"],
        source_value=row["source_value"],
        offer=row["job_offer_id"],
        base=row["base_cv_file_id"],
        base_version=row["base_version"],
        blocked=row["blocked"],
        blocked_reason=row["blocked_reason"],
        deleted_at=row["deleted_at"],
    )
