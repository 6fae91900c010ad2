"""A unit on PostgreSQL: all or nothing, whatever happens in the middle."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest

from cvcore.ids import OwnerId
from cvweb.adapters.postgres import CommitUnknown, Database, DatabaseUnavailable
from cvweb.ports import User

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def user(id: str) -> User:
    return User(id=OwnerId(id), email=f"{id}@example.org", created_at=NOON, updated_at=NOON)


async def ids(database: Database) -> set[str]:
    async with database.connection() as connection:
        return {row["id"] for row in await connection.fetch("SELECT id FROM users")}


async def test_what_a_unit_wrote_is_there_after_it(database: Database) -> None:
    async with database.begin() as unit:
        await unit.users.add(user("ada"))
    assert await ids(database) == {"ada"}


async def test_an_error_undoes_everything(database: Database) -> None:
    async def work() -> None:
        async with database.begin() as unit:
            await unit.users.add(user("ada"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await work()
    assert await ids(database) == set()


async def test_a_cancelled_unit_undoes_everything_and_gives_its_connection_back(
    clean_url: str,
) -> None:
    async with Database(clean_url, connections_min=1, connections_max=1) as database:
        started = asyncio.Event()

        async def work() -> None:
            async with database.begin() as unit:
                await unit.users.add(user("ada"))
                started.set()
                await asyncio.Event().wait()

        for _ in range(3):
            task = asyncio.create_task(work())
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            started.clear()
        assert await ids(database) == set()


async def test_a_task_that_a_unit_starts_does_not_write_into_it(database: Database) -> None:
    async def elsewhere() -> None:
        async with database.begin() as other:
            await other.users.add(user("bob"))

    async def work() -> None:
        async with database.begin() as unit:
            await unit.users.add(user("ada"))
            await asyncio.create_task(elsewhere())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await work()
    assert await ids(database) == {"bob"}


async def test_two_units_that_wait_for_each_other_end_with_one_refused(database: Database) -> None:
    async with database.begin() as unit:
        await unit.users.add(user("ada"))
        await unit.users.add(user("bob"))
    ready = asyncio.Barrier(2)

    async def both(first: str, second: str) -> None:
        async with database.begin() as unit:
            await unit.users.update(user(first))
            await ready.wait()
            await unit.users.update(user(second))

    done = await asyncio.gather(both("ada", "bob"), both("bob", "ada"), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["DatabaseUnavailable", "NoneType"]


async def test_a_server_that_drops_the_connection_costs_one_unit(database: Database) -> None:
    async def work() -> None:
        async with database.begin() as unit:
            await unit.users.add(user("ada"))
            me = await unit.connection.fetchval("SELECT pg_backend_pid()")
            killer = await asyncpg.connect(database.url)
            try:
                await killer.execute("SELECT pg_terminate_backend($1)", me)
            finally:
                await killer.close()
            await unit.users.add(user("bob"))

    with pytest.raises((DatabaseUnavailable, CommitUnknown)):
        await work()
    assert await ids(database) == set()


async def test_an_address_where_nobody_answers_says_so() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        await database.open()
    with pytest.raises(DatabaseUnavailable, match="not opened"):
        async with database.begin():
            pass
