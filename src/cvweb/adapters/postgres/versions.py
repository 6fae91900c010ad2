"""The versions of CVs on PostgreSQL; equal documents are stored once."""

from __future__ import annotations

from collections.abc import Sequence

from cvcore.cv.model import Cv
from cvcore.ids import CvId, derived_id
from cvcore.versions.errors import StaleVersion
from cvcore.versions.model import VersionInfo
from cvweb.adapters.postgres.rows import Connection, Row, decoded, insert_into, is_one

_KEPT = "ON CONFLICT (hash) DO UPDATE SET hash = EXCLUDED.hash"
"""A document that is there already is locked, so that no purge takes it away meanwhile."""
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


class PostgresVersions:
    """A `VersionStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def append(self, info: VersionInfo, cv: Cv) -> None:
        await self._connection.execute(
            insert_into("cv_content", ("hash", "content"), _KEPT),
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

    async def of_cv(self, id: CvId) -> Sequence[VersionInfo]:
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
