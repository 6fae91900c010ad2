"""Whatever a column keeps, a backup brings it back."""

from __future__ import annotations

import zipfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from cvcore.ids import OfferId, OwnerId
from cvcore.offers.model import Finding, Offer, Source
from cvcore.offers.ports import OfferRecord
from cvweb.adapters.postgres import Database, back_up, restore

Fill = Callable[[Database], Awaitable[None]]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ODD = r"""{"a\u0000": ["\u0000", "\\u0000", 1e400, 12345678901234567890],
 "b": null}"""
JSON_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type = 'json' "
    "AND is_generated = 'NEVER' AND table_name NOT LIKE 'credit%'"
)


async def columns_with(url: str, change: str | None) -> dict[tuple[str, str], list[Any]]:
    """Every JSON column's values, `change` having been written to all of them first."""
    connection = await asyncpg.connect(url)
    found: dict[tuple[str, str], list[Any]] = {}
    try:
        for table, column in await connection.fetch(JSON_COLUMNS):
            if change is not None:
                try:
                    await connection.execute(f'UPDATE {table} SET "{column}" = $1', change)
                except asyncpg.UntranslatableCharacterError:
                    continue  # a column that something is computed from: it keeps none
            rows = await connection.fetch(f'SELECT "{column}"::text FROM {table} ORDER BY 1')
            found[table, column] = [" ".join((row[0] or "").split("\n")) for row in rows]
    finally:
        await connection.close()
    return found


async def test_any_json_that_a_column_keeps_is_restored(
    database: Database, filled: Fill, empty_url: str, tmp_path: Path
) -> None:
    await filled(database)
    before = await columns_with(database.url, ODD)
    kept = [column for column, values in before.items() if any("u0000" in each for each in values)]
    assert len(kept) >= 5
    await back_up(database.url, tmp_path / "all.zip")
    await restore(empty_url, tmp_path / "all.zip")
    after = await columns_with(empty_url, None)
    assert {column: after[column] for column in kept} == {column: before[column] for column in kept}


async def test_a_backup_has_one_line_per_row(
    database: Database, filled: Fill, tmp_path: Path
) -> None:
    await filled(database)
    await columns_with(database.url, ODD)
    manifest = await back_up(database.url, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        for name, said in manifest.tables.items():
            assert len(archive.read(f"tables/{name}.jsonl").splitlines()) == said.rows


async def test_an_offer_is_kept_without_what_no_text_has(database: Database, filled: Fill) -> None:
    await filled(database)
    source = Source(kind="text", value="o\x00.txt", content_hash="h2")
    offer = Offer(title="Engi\x00neer", description="\\u0000 stays", source=source)
    record = OfferRecord(
        id=OfferId("o2"),
        owner=OwnerId("ada"),
        offer=offer,
        created_at=NOON,
        updated_at=NOON,
        findings=(Finding(code="c", detail="d\x00"),),
    )
    async with database.begin() as unit:
        await unit.offers.add(record)
        kept = await unit.offers.get(OwnerId("ada"), OfferId("o2"))
    assert kept is not None
    assert (kept.offer.title, kept.offer.source.value) == ("Engineer", "o.txt")
    assert kept.offer.description == "\\u0000 stays"
    assert kept.findings[0].detail == "d"
