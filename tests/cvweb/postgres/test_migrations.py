"""The schema: what the migrations make is what the tables say, whatever was there before."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest
from piccolo.columns import JSON, JSONB, Array, Bytea, Column, Date, ForeignKey, Numeric
from piccolo.table import Table

from cvweb.adapters.postgres import DatabaseUnfit, migrate, missing
from cvweb.adapters.postgres.migrate import known
from cvweb.adapters.postgres.tables import TABLES

TYPES = {
    "Text": "text",
    "Integer": "integer",
    "Serial": "integer",
    "BigInt": "bigint",
    "BigSerial": "bigint",
    "Boolean": "boolean",
    "Timestamptz": "timestamp with time zone",
    "DoublePrecision": "double precision",
    JSON.__name__: "json",
    JSONB.__name__: "jsonb",
    Bytea.__name__: "bytea",
    Date.__name__: "date",
    Numeric.__name__: "numeric",
    Array.__name__: "ARRAY",
    ForeignKey.__name__: "text",
}
COMPUTED = {("background_task", "credit_used"), ("background_task", "cv_file")}


def shape(column: Column) -> tuple[str, str]:
    kind = TYPES[type(column).__name__]
    return kind, "YES" if column._meta.null else "NO"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.tablename)
async def test_the_database_has_the_columns_that_the_table_says(
    table: type[Table], database_url: str
) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            "SELECT column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = $1",
            table._meta.tablename,
        )
    finally:
        await connection.close()
    found = {
        row["column_name"]: (row["data_type"], row["is_nullable"])
        for row in rows
        if (table._meta.tablename, row["column_name"]) not in COMPUTED
    }
    said = {column._meta.db_column_name: shape(column) for column in table._meta.columns}
    assert found == said


async def test_every_table_of_the_database_is_known(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    finally:
        await connection.close()
    assert {row["tablename"] for row in rows} == {t._meta.tablename for t in TABLES} | {"migration"}


async def test_a_filled_database_of_the_previous_schema_is_brought_up_to_date(
    empty_url: str,
) -> None:
    first, second = known()
    assert await migrate(empty_url, until=first) == [first]
    connection = await asyncpg.connect(empty_url)
    try:
        await connection.execute(
            "INSERT INTO users (id, email, role, created_at, updated_at) VALUES "
            "('u1', 'ada@example.org', 'user', now(), now()), "
            "('u2', 'bob@example.org', 'admin', now(), now())"
        )
        assert await missing(connection) == [second]
        assert await migrate(empty_url) == [second]
        rows = await connection.fetch("SELECT email, referral_code FROM users ORDER BY id")
        assert [row["email"] for row in rows] == ["ada@example.org", "bob@example.org"]
        assert len({row["referral_code"] for row in rows}) == 2
        assert all(len(row["referral_code"]) == 10 for row in rows)
        assert await connection.fetchval("SELECT count(*) FROM telemetry_event") == 0
        assert await missing(connection) == []
    finally:
        await connection.close()


async def test_two_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    code = (
        "import asyncio, sys; from cvweb.adapters.postgres import migrate;"
        "print(len(asyncio.run(migrate(sys.argv[1]))))"
    )
    import sys

    starts = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, empty_url, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [int((await process.communicate())[0]) for process in starts]
    assert sorted(said) == [0, 2]


async def test_a_database_of_a_newer_release_is_refused(empty_url: str) -> None:
    await migrate(empty_url)
    connection = await asyncpg.connect(empty_url)
    try:
        await connection.execute(
            "INSERT INTO migration (name, app_name, ran_on) VALUES ('2999', 'cvweb', now())"
        )
    finally:
        await connection.close()
    with pytest.raises(DatabaseUnfit, match="newer release"):
        await migrate(empty_url)


async def test_a_migration_that_died_behind_its_commit_is_not_repeated(empty_url: str) -> None:
    await migrate(empty_url)
    connection = await asyncpg.connect(empty_url)
    try:
        rows = await connection.fetch("SELECT name FROM migration WHERE app_name = 'cvweb'")
    finally:
        await connection.close()
    assert sorted(row["name"] for row in rows) == known()
    assert await migrate(empty_url) == []


def test_the_ids_said_are_those_of_the_migrations() -> None:
    from cvweb.adapters.postgres.migrations import cvweb_0001_core, cvweb_0002_insight

    assert known() == [cvweb_0001_core.ID, cvweb_0002_insight.ID]
