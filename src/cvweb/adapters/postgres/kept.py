"""Files, exports and first answers on PostgreSQL; bytes are stored once per hash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cvcore.ids import CvId, OwnerId, RequestKey
from cvcore.offers.model import Finding
from cvweb.adapters.postgres.rows import Connection, Row, decoded, insert_into
from cvweb.ports import ExportRecord, RequestRecord, StoredFile

_FILE = (
    "id",
    "user_id",
    "filename",
    "media_type",
    "content_hash",
    "size_bytes",
    "created_at",
)
_EXPORT = (
    "id",
    "user_id",
    "cv_file_id",
    "version",
    "format",
    "stored_file_id",
    "filename",
    "file_hash",
    "media_type",
    "size_bytes",
    "created_at",
    "job_offer_id",
    "template",
    "options",
    "findings",
    "task_id",
)
_REQUEST = (
    "user_id",
    "request_key",
    "fingerprint",
    "status",
    "location",
    "created_at",
    "subject",
)


class PostgresFiles:
    """A `FileStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, file: StoredFile, data: bytes) -> None:
        # the no-op update locks bytes that are there, so that no removal takes them meanwhile
        kept = "ON CONFLICT (hash) DO UPDATE SET hash = excluded.hash"
        await self._connection.execute(
            insert_into("file_content", ("hash", "content"), kept), file.sha256, data
        )
        await self._connection.execute(
            insert_into("stored_file", _FILE),
            file.id,
            file.owner,
            file.name,
            file.media_type,
            file.sha256,
            file.size_bytes,
            file.created_at,
        )

    async def get(self, owner: OwnerId, id: str) -> StoredFile | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM stored_file WHERE id = $1 AND user_id = $2", id, owner
        )
        if row is None:
            return None
        return StoredFile(
            id=row["id"],
            owner=row["user_id"],
            name=row["filename"],
            media_type=row["media_type"],
            sha256=row["content_hash"],
            size_bytes=row["size_bytes"],
            created_at=row["created_at"],
        )

    async def data(self, owner: OwnerId, id: str) -> bytes | None:
        data: bytes | None = await self._connection.fetchval(
            "SELECT content FROM file_content JOIN stored_file ON content_hash = hash "
            "WHERE id = $1 AND user_id = $2",
            id,
            owner,
        )
        return data

    async def remove(self, owner: OwnerId, id: str) -> bool:
        hash = await self._connection.fetchval(
            "DELETE FROM stored_file WHERE id = $1 AND user_id = $2 RETURNING content_hash",
            id,
            owner,
        )
        if hash is None:
            return False
        await self._connection.execute("SELECT FROM file_content WHERE hash = $1 FOR UPDATE", hash)
        await self._connection.execute(
            "DELETE FROM file_content WHERE hash = $1 "
            "AND NOT EXISTS (SELECT FROM stored_file WHERE content_hash = $1)",
            hash,
        )
        return True


class PostgresExports:
    """An `ExportStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, export: ExportRecord) -> None:
        await self._connection.execute(
            insert_into("export", _EXPORT),
            export.id,
            export.owner,
            export.cv,
            export.version,
            export.format,
            export.file,
            export.file_name,
            export.sha256,
            export.media_type,
            export.size_bytes,
            export.created_at,
            export.offer,
            export.template,
            export.options,
            export.findings,
            export.task,
        )

    async def get(self, owner: OwnerId, id: str) -> ExportRecord | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM export WHERE id = $1 AND user_id = $2", id, owner
        )
        return None if row is None else _export(row)

    async def of_cv(self, owner: OwnerId, cv: CvId, *, limit: int = 50) -> Sequence[ExportRecord]:
        rows = await self._connection.fetch(
            "SELECT * FROM export WHERE user_id = $1 AND cv_file_id = $2 "
            "ORDER BY created_at DESC, id DESC LIMIT $3",
            owner,
            cv,
            limit,
        )
        return [_export(row) for row in rows]


class PostgresRequests:
    """A `RequestStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, owner: OwnerId, key: RequestKey) -> RequestRecord | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM idempotent_request WHERE user_id = $1 AND request_key = $2", owner, key
        )
        if row is None:
            return None
        return RequestRecord(
            owner=row["user_id"],
            key=row["request_key"],
            fingerprint=row["fingerprint"],
            status=row["status"],
            location=row["location"],
            created_at=row["created_at"],
            subject=row["subject"],
        )

    async def add(self, record: RequestRecord) -> RequestRecord:
        await self._connection.execute(
            insert_into("idempotent_request", _REQUEST, "ON CONFLICT DO NOTHING"),
            record.owner,
            record.key,
            record.fingerprint,
            record.status,
            record.location,
            record.created_at,
            record.subject,
        )
        return await self.get(record.owner, record.key) or record


def _export(row: Row) -> ExportRecord:
    return ExportRecord(
        id=row["id"],
        owner=row["user_id"],
        cv=row["cv_file_id"],
        version=row["version"],
        format=row["format"],
        file=row["stored_file_id"],
        file_name=row["filename"],
        sha256=row["file_hash"],
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        created_at=row["created_at"],
        offer=row["job_offer_id"],
        template=row["template"],
        options=decoded(row["options"], dict[str, Any]),
        findings=decoded(row["findings"], tuple[Finding, ...]),
        task=row["task_id"],
    )
