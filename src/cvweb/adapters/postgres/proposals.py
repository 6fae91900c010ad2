"""Proposals on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

from cvcore.ids import CvId
from cvcore.versions.errors import StaleProposal
from cvcore.versions.model import Proposal, ProposalState
from cvcore.versions.ports import StoredProposal
from cvweb.adapters.postgres.rows import (
    Connection,
    Row,
    decoded,
    insert_into,
    is_one,
    update_set,
)

_COLUMNS = (
    "id",
    "cv_file_id",
    "task_id",
    "job_offer_id",
    "base_version",
    "state",
    "proposal",
    "created_at",
    "reviewed_at",
    "reviewed_by",
    "into_version",
    "seq",
)


class PostgresProposals:
    """A `ProposalStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, proposals: Sequence[StoredProposal]) -> None:
        query = insert_into("proposal", _COLUMNS)
        for stored in proposals:
            await self._connection.execute(query, *_values(stored))

    async def of_cv(
        self, id: CvId, *, state: ProposalState | None = None, lock: bool = False
    ) -> Sequence[StoredProposal]:
        query = (
            "SELECT * FROM proposal WHERE cv_file_id = $1 AND ($2::text IS NULL OR state = $2) "
            "ORDER BY position"
        )
        rows = await self._connection.fetch(query + (" FOR UPDATE" if lock else ""), id, state)
        return [_stored(row) for row in rows]

    async def update(self, stored: StoredProposal) -> None:
        where = f"id = $1 AND cv_file_id = $2 AND seq = ${len(_COLUMNS)} - 1"
        query = update_set("proposal", _COLUMNS, where)
        if not is_one(await self._connection.execute(query, *_values(stored))):
            raise StaleProposal(id=stored.proposal.id)


def _values(stored: StoredProposal) -> tuple[object, ...]:
    return (
        stored.proposal.id,
        stored.cv,
        stored.task,
        stored.offer,
        stored.base_version,
        stored.proposal.state,
        stored.proposal,
        stored.created_at,
        stored.reviewed_at,
        stored.reviewed_by,
        stored.into_version,
        stored.seq,
    )


def _stored(row: Row) -> StoredProposal:
    return StoredProposal(
        cv=row["cv_file_id"],
        task=row["task_id"],
        base_version=row["base_version"],
        proposal=decoded(row["proposal"], Proposal),
        created_at=row["created_at"],
        offer=row["job_offer_id"],
        reviewed_at=row["reviewed_at"],
        reviewed_by=row["reviewed_by"],
        into_version=row["into_version"],
        seq=row["seq"],
    )
