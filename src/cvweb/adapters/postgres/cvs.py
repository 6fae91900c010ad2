"""CVs and their versions on PostgreSQL; equal documents are stored once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from cvcore.cv.model import Cv
from cvcore.ids import CvId, OwnerId, derived_id
from cvcore.versions.errors import FilenameTaken, StaleVersion
from cvcore.versions.model import VersionInfo
from cvcore.versions.ports import CvRecord
from cvweb.adapters.postgres.rows import (
    Connection,
    Row,
    decoded,
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
_VERSION = (
    "id",
    "cv_file_id",
    "version",
    "content",
    "parents",
    "change_type",
    "changelog",
    "created_at",
    "created_by",
    "source_file",
    "match_score",
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

    async def append(self, info: VersionInfo, cv: Cv) -> None:
        await self._connection.execute(
            insert_into("cv_content", ("hash", "content"), "ON CONFLICT DO NOTHING"),
            info.content,
            cv,
        )
        done = await self._connection.execute(
            insert_into("cv_version", _VERSION, "ON CONFLICT DO NOTHING"),
            derived_id("version", info.cv, str(info.number)),
            info.cv,
            info.number,
            info.content,
            info.parents,
            info.author,
            info.reason,
            info.created_at,
            info.created_by,
            info.source,
            info.score,
        )
        if not is_one(done):
            raise StaleVersion(id=info.cv, seen=info.number - 1, now=info.number)

    async def versions(self, id: CvId) -> Sequence[VersionInfo]:
        rows = await self._connection.fetch(
            "SELECT * FROM cv_version WHERE cv_file_id = $1 ORDER BY version DESC", id
        )
        return [_info(row) for row in rows]

    async def content(self, id: CvId, number: int) -> Cv | None:
        found = await self._connection.fetchval(
            "SELECT document.content FROM cv_version AS version "
            "JOIN cv_content AS document ON document.hash = version.content "
            "WHERE version.cv_file_id = $1 AND version.version = $2",
            id,
            number,
        )
        cv: Cv | None = decoded(found, Cv)
        return cv


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


def _info(row: Row) -> VersionInfo:
    return VersionInfo(
        cv=row["cv_file_id"],
        number=row["version"],
        content=row["content"],
        parents=tuple(row["parents"]),
        author=row["change_type"],
        reason=row["changelog"],
        created_at=row["created_at"],
        created_by=row["created_by"],
        source=row["source_file"],
        score=row["match_score"],
    )
