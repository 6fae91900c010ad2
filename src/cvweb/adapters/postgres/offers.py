"""Offers on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

from cvcore.ids import OfferId, OwnerId
from cvcore.offers.errors import StaleOffer
from cvcore.offers.model import Finding, Offer
from cvcore.offers.ports import OfferRecord
from cvweb.adapters.postgres.rows import (
    Connection,
    Row,
    decoded,
    insert_into,
    is_one,
    update_set,
    without_nul,
)

_COLUMNS = (
    "id",
    "user_id",
    "source_type",
    "source_value",
    "content_hash",
    "content",
    "findings",
    "extracted_at",
    "extraction_model",
    "version",
    "created_at",
    "updated_at",
)


class PostgresOffers:
    """An `OfferStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, record: OfferRecord) -> None:
        await self._connection.execute(insert_into("job_offer", _COLUMNS), *_values(record))

    async def get(self, owner: OwnerId, id: OfferId) -> OfferRecord | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM job_offer WHERE id = $1 AND user_id = $2", id, owner
        )
        return None if row is None else _record(row)

    async def by_source(
        self, owner: OwnerId, *, kind: str, value: str | None, content_hash: str
    ) -> OfferRecord | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM job_offer WHERE user_id = $1 AND content_hash = $2 AND source_type = $3 "
            "AND source_value IS NOT DISTINCT FROM $4 ORDER BY created_at DESC, id DESC LIMIT 1",
            owner,
            content_hash,
            kind,
            value,
        )
        return None if row is None else _record(row)

    async def page(
        self, owner: OwnerId, *, limit: int, before: OfferId | None
    ) -> Sequence[OfferRecord]:
        rows = await self._connection.fetch(
            "SELECT * FROM job_offer WHERE user_id = $1 AND ($2::text IS NULL OR "
            "(created_at, id) < (SELECT created_at, id FROM job_offer WHERE id = $2)) "
            "ORDER BY created_at DESC, id DESC LIMIT $3",
            owner,
            before,
            limit,
        )
        return [_record(row) for row in rows]

    async def update(self, record: OfferRecord) -> None:
        query = update_set("job_offer", _COLUMNS, "id = $1 AND version = $10 - 1")
        if not is_one(await self._connection.execute(query, *_values(record))):
            raise StaleOffer(id=record.id)

    async def remove(self, owner: OwnerId, id: OfferId) -> bool:
        tag = await self._connection.execute(
            "DELETE FROM job_offer WHERE id = $1 AND user_id = $2", id, owner
        )
        return is_one(tag)


def _values(record: OfferRecord) -> tuple[object, ...]:
    offer = without_nul(record.offer)
    source = offer.source
    return (
        record.id,
        record.owner,
        source.kind,
        source.value,
        source.content_hash,
        offer,
        tuple(without_nul(finding) for finding in record.findings),
        record.created_at,
        source.read_by,
        record.version,
        record.created_at,
        record.updated_at,
    )


def _record(row: Row) -> OfferRecord:
    return OfferRecord(
        id=row["id"],
        owner=row["user_id"],
        offer=decoded(row["content"], Offer),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        findings=decoded(row["findings"], tuple[Finding, ...]),
        version=row["version"],
    )
