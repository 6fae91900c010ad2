"""The pool of connections and the transactions on it.

A unit owns its connection and passes it on explicitly: no context variable carries a transaction,
so a task that a unit starts can never write into it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Self

import asyncpg

from cvweb.adapters.postgres.errors import CommitUnknown, DatabaseUnavailable, DatabaseUnfit
from cvweb.adapters.postgres.rows import prepare
from cvweb.adapters.postgres.units import PostgresUnit

CONNECTIONS_MIN = 1
CONNECTIONS_MAX = 10
CONNECT_TIMEOUT_SECONDS = 10.0
COMMAND_TIMEOUT_SECONDS = 60.0
CLOSE_TIMEOUT_SECONDS = 5.0
SERVER_VERSION_MIN = 140_000

_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    ConnectionError,
)
_GIVEN_UP = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
)


class Database:
    """One PostgreSQL database, `open` to `close`; `begin` is a `Begin[PostgresUnit]`."""

    def __init__(
        self,
        url: str,
        *,
        connections_min: int = CONNECTIONS_MIN,
        connections_max: int = CONNECTIONS_MAX,
        command_timeout_seconds: float = COMMAND_TIMEOUT_SECONDS,
    ) -> None:
        self.url = url
        self._sizes = (connections_min, connections_max)
        self._command_timeout_seconds = command_timeout_seconds
        self._pool: Any = None

    async def open(self) -> None:
        """Connect.

        Raises:
            DatabaseUnavailable: nobody answers at the address, or refuses us.
            DatabaseUnfit: the server is older than PostgreSQL 14.
        """
        try:
            self._pool = await asyncpg.create_pool(
                self.url,
                min_size=self._sizes[0],
                max_size=self._sizes[1],
                init=prepare,
                timeout=CONNECT_TIMEOUT_SECONDS,
                command_timeout=self._command_timeout_seconds,
                server_settings={"application_name": "cvweb", "timezone": "UTC"},
            )
            version = int(await self._pool.fetchval("SHOW server_version_num"))
        except (*_LOST, OSError, TimeoutError, asyncpg.PostgresError, ValueError) as error:
            await self.close()
            raise DatabaseUnavailable(why=_words(error)) from error
        if version < SERVER_VERSION_MIN:
            await self.close()
            why = f"its server is PostgreSQL {version // 10_000}"
            raise DatabaseUnfit(why=why, to_do="use PostgreSQL 14 or newer")

    async def close(self) -> None:
        """Give the connections back; those still at work are cut after 5 s."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        try:
            await asyncio.wait_for(pool.close(), CLOSE_TIMEOUT_SECONDS)
        except (TimeoutError, *_LOST):
            pool.terminate()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def begin(self) -> AbstractAsyncContextManager[PostgresUnit]:
        """Begin one transaction, READ COMMITTED.

        Raises:
            DatabaseUnavailable: no connection, or the database gave the transaction up (a
                deadlock, a statement that took too long). Nothing was kept.
            CommitUnknown: the connection broke during the commit.
        """
        return self._unit()

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[PostgresUnit]:
        async with self.connection() as connection:
            transaction = connection.transaction()
            try:
                await transaction.start()
            except (*_LOST, TimeoutError) as error:
                raise DatabaseUnavailable(why=_words(error)) from error
            try:
                yield PostgresUnit(connection)
            except BaseException as error:
                await _roll_back(transaction)
                if isinstance(error, (*_LOST, *_GIVEN_UP)):
                    raise DatabaseUnavailable(why=_words(error)) from error
                raise
            try:
                await transaction.commit()
            except _GIVEN_UP as error:
                raise DatabaseUnavailable(why=_words(error)) from error
            except (*_LOST, TimeoutError) as error:
                raise CommitUnknown from error

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection of the pool, outside any transaction.

        Raises:
            DatabaseUnavailable: none can be had.
        """
        if self._pool is None:
            raise DatabaseUnavailable(why="it was not opened, or is closed")
        try:
            connection = await self._pool.acquire(timeout=CONNECT_TIMEOUT_SECONDS)
        except (*_LOST, OSError, TimeoutError, asyncpg.PostgresError) as error:
            raise DatabaseUnavailable(why=_words(error)) from error
        try:
            yield connection
        finally:
            await asyncio.shield(self._pool.release(connection))


async def _roll_back(transaction: Any) -> None:
    """Undo; where the connection is gone the server undoes it by itself."""
    try:
        await transaction.rollback()
    except (*_LOST, TimeoutError, asyncpg.PostgresError):
        return


def _words(error: BaseException) -> str:
    return str(error).strip() or type(error).__name__
