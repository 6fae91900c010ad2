"""A backup restored elsewhere is the same installation."""

from __future__ import annotations

import zipfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from cvcore.ids import OwnerId, RequestKey
from cvcore.ledger import Ledger
from cvcore.money import Credits
from cvweb.adapters.postgres import (
    ArchiveRefused,
    Database,
    DatabaseUnfit,
    FileTaken,
    NotEmpty,
    audit,
    back_up,
    keep_catalogue,
    migrate,
    restore,
)
from cvweb.adapters.postgres.migrate import known
from cvweb.adapters.postgres.tables import TABLES

Fill = Callable[[Database], Awaitable[None]]


async def rows_of(url: str) -> dict[str, list[str]]:
    """Every row of every table that is archived, computed columns included."""
    connection = await asyncpg.connect(url)
    try:
        found = {}
        for name in (table._meta.tablename for table in TABLES):
            rows = await connection.fetch(f"SELECT row_to_json(t)::text AS line FROM {name} AS t")
            found[name] = sorted(row["line"] for row in rows)
    finally:
        await connection.close()
    found.pop("event")
    return found


async def test_a_restored_installation_is_the_same_one(
    database: Database, filled: Fill, empty_url: str, tmp_path: Path
) -> None:
    await filled(database)
    file = tmp_path / "all.zip"
    manifest = await back_up(database.url, file)
    await restore(empty_url, file)

    before = await rows_of(database.url)
    assert await rows_of(empty_url) == before
    assert {name: entry.rows for name, entry in manifest.tables.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert sum(bool(rows) for rows in before.values()) >= 17
    async with Database(empty_url) as again:
        report = await audit(again)
        assert (report.owners, report.tasks, report.findings) == (1, 3, ())


async def test_work_goes_on_where_it_was_restored(
    database: Database, filled: Fill, empty_url: str, tmp_path: Path
) -> None:
    await filled(database)
    await back_up(database.url, tmp_path / "all.zip")
    await restore(empty_url, tmp_path / "all.zip")
    async with Database(empty_url) as again:
        ledger = Ledger(begin=again.begin, clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
        await ledger.spend(OwnerId("ada"), Credits(1), key=RequestKey("later"))
        async with again.begin() as unit:
            assert await unit.plans.count(OwnerId("bob"), "f", NOON, change=1, limit=-1) == 1
            due = await unit.tasks.due(datetime(2027, 1, 1, tzinfo=UTC), limit=10)
        assert len(due) == 2
        assert (await audit(again)).findings == ()


async def test_a_backup_of_the_previous_schema_is_brought_up_to_date(
    empty_url: str, database_url: str, tmp_path: Path
) -> None:
    """Made by the release before: its manifest names one migration less."""
    file = tmp_path / "old.zip"
    await back_up(database_url, file)
    old = tmp_path / "older.zip"
    _rewrite(
        file,
        old,
        drop_schema=1,
        keep_tables={"users"},
        drop_columns={"referral_code", "referred_by"},
    )
    await restore(empty_url, old)
    connection = await asyncpg.connect(empty_url)
    try:
        names = await connection.fetch("SELECT name FROM migration ORDER BY name")
    finally:
        await connection.close()
    assert [row["name"] for row in names] == known()


async def test_a_catalogue_that_nobody_has_touched_does_not_prevent_a_restore(
    database: Database, filled: Fill, empty_url: str, tmp_path: Path
) -> None:
    await filled(database)
    await back_up(database.url, tmp_path / "all.zip")
    await migrate(empty_url)
    assert await keep_catalogue(empty_url) is True
    assert await keep_catalogue(empty_url) is False
    await restore(empty_url, tmp_path / "all.zip")
    assert await rows_of(empty_url) == await rows_of(database.url)


async def test_an_installation_with_data_is_left_alone(
    database: Database, filled: Fill, tmp_path: Path
) -> None:
    await filled(database)
    await back_up(database.url, tmp_path / "all.zip")
    before = await rows_of(database.url)
    with pytest.raises(NotEmpty):
        await restore(database.url, tmp_path / "all.zip")
    assert await rows_of(database.url) == before


async def test_a_damaged_backup_is_refused_and_leaves_nothing(
    database: Database, filled: Fill, empty_url: str, tmp_path: Path
) -> None:
    await filled(database)
    await back_up(database.url, tmp_path / "all.zip")
    damaged = tmp_path / "damaged.zip"
    _rewrite(tmp_path / "all.zip", damaged, replace=(b'"Ada@', b'"Eve@'))
    with pytest.raises(ArchiveRefused, match="damaged"):
        await restore(empty_url, damaged)
    assert not any((await rows_of(empty_url)).values())


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 torn"])
async def test_what_is_no_backup_is_refused(content: bytes, empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(ArchiveRefused):
        await restore(empty_url, tmp_path / "x.zip")


async def test_a_zip_of_something_else_is_refused(empty_url: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("photo.txt", "x")
    with pytest.raises(ArchiveRefused, match="no backup"):
        await restore(empty_url, tmp_path / "x.zip")


async def test_a_file_that_exists_is_not_replaced(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("mine")
    with pytest.raises(FileTaken):
        await back_up(database_url, tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_text() == "mine"


async def test_a_database_without_tables_is_not_backed_up(empty_url: str, tmp_path: Path) -> None:
    with pytest.raises((ArchiveRefused, DatabaseUnfit)):
        await back_up(empty_url, tmp_path / "all.zip")
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240  # a test waits for nobody else
    await migrate(empty_url)
    await back_up(empty_url, tmp_path / "all.zip")


async def test_the_audit_names_a_balance_that_was_changed_by_hand(
    database: Database, filled: Fill
) -> None:
    await filled(database)
    assert (await audit(database)).findings == ()
    async with database.connection() as connection:
        await connection.execute("UPDATE credit_balance SET balance = balance + 1")
    (finding,) = (await audit(database)).findings
    assert "balance" in finding.what


async def test_the_audit_names_a_charge_that_no_entry_shows(
    database: Database, filled: Fill
) -> None:
    await filled(database)
    async with database.connection() as connection:
        await connection.execute(
            "UPDATE background_task SET credits_charged = 7 WHERE status = 'completed'"
        )
    (finding,) = (await audit(database)).findings
    assert "7 credits were charged, the ledger says 1" in finding.what


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _rewrite(
    source: Path,
    target: Path,
    *,
    drop_schema: int = 0,
    keep_tables: set[str] | None = None,
    drop_columns: set[str] | None = None,
    replace: tuple[bytes, bytes] = (b"", b""),
) -> None:
    import json

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                said = json.loads(data)
                if drop_schema:
                    said["schema"] = said["schema"][:-drop_schema]
                if keep_tables is not None:
                    said["tables"] = {k: said["tables"][k] for k in keep_tables}
                for table in said["tables"].values():
                    table["columns"] = [
                        one for one in table["columns"] if one not in (drop_columns or set())
                    ]
                data = json.dumps(said).encode()
            elif replace[0]:
                data = data.replace(*replace)
            new.writestr(name, data)
