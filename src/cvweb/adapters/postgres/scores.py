"""Scores on PostgreSQL; they are found again by the hash of their receipt."""

from __future__ import annotations

from collections.abc import Sequence

from cvcore.ids import CvId, OfferId, OwnerId, ScoreId
from cvcore.scoring.model import Score
from cvcore.scoring.ports import ScoreRecord
from cvcore.scoring.receipt import receipt_hash
from cvweb.adapters.postgres.rows import Connection, Row, decoded, insert_into

_COLUMNS = (
    "id",
    "user_id",
    "cv_file_id",
    "version",
    "job_offer_id",
    "match_score",
    "exact",
    "receipt_hash",
    "score",
    "task_id",
    "created_at",
)


class PostgresScores:
    """A `ScoreStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, record: ScoreRecord) -> None:
        score = record.score
        await self._connection.execute(
            insert_into("score", _COLUMNS),
            record.id,
            record.owner,
            record.cv,
            record.version,
            record.offer,
            score.value,
            score.exact,
            receipt_hash(score.receipt),
            score,
            record.task,
            record.created_at,
        )

    async def get(self, owner: OwnerId, id: ScoreId) -> ScoreRecord | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM score WHERE id = $1 AND user_id = $2", id, owner
        )
        return None if row is None else _record(row)

    async def of_cv(
        self, owner: OwnerId, cv: CvId, *, offer: OfferId | None = None, limit: int = 50
    ) -> Sequence[ScoreRecord]:
        rows = await self._connection.fetch(
            "SELECT * FROM score WHERE user_id = $1 AND cv_file_id = $2 "
            "AND ($3::text IS NULL OR job_offer_id = $3) "
            "ORDER BY created_at DESC, id DESC LIMIT $4",
            owner,
            cv,
            offer,
            limit,
        )
        return [_record(row) for row in rows]

    async def equal(self, owner: OwnerId, score_receipt_hash: str) -> ScoreRecord | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM score WHERE user_id = $1 AND receipt_hash = $2 "
            "ORDER BY created_at DESC, id DESC LIMIT 1",
            owner,
            score_receipt_hash,
        )
        return None if row is None else _record(row)


def _record(row: Row) -> ScoreRecord:
    return ScoreRecord(
        id=row["id"],
        owner=row["user_id"],
        cv=row["cv_file_id"],
        version=row["version"],
        offer=row["job_offer_id"],
        score=decoded(row["score"], Score),
        created_at=row["created_at"],
        task=row["task_id"],
    )
