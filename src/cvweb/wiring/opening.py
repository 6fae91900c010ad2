"""Opening an installation: database, events, queue; closing it again in reverse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cvcore.errors import Refusal
from cvweb.adapters.postgres import Database, DatabaseUnfit, PostgresListening, missing
from cvweb.adapters.saq import SaqDispatch, open_queue
from cvweb.settings import Settings
from cvweb.wiring.services import Services, services_over

Forget = Callable[[datetime], Awaitable[int]]


class NoDatabase(Refusal):
    """No database was named."""

    code = "no_database"

    def __init__(self) -> None:
        super().__init__(
            "no database is set; set DATABASE_URL, or run `cvweb up`, which brings its own"
        )


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An open installation: its services, and what only a worker needs beside them."""

    services: Services
    queue: Any
    dispatch: SaqDispatch
    forget_events: Forget


@asynccontextmanager
async def create_services(
    settings: Settings, *, connections_max: int | None = None
) -> AsyncIterator[Opened]:
    """Everything an app or a worker needs, open for as long as the block runs.

    Raises:
        NoDatabase: `settings.database_url` is not set.
        DatabaseUnavailable, QueueUnusable: nobody answers there.
        DatabaseUnfit: the schema is not this release's; run `cvweb migrate`.
    """
    url = settings.database_url
    if url is None:
        raise NoDatabase
    async with AsyncExitStack() as stack:
        database = Database(
            url,
            connections_max=connections_max or settings.web_connections_max,
            command_timeout_seconds=settings.statement_timeout_seconds,
        )
        await stack.enter_async_context(database)
        await _check_schema(database)
        events = await stack.enter_async_context(PostgresListening(url))
        queue = await stack.enter_async_context(open_queue(settings.queue_url or url))
        dispatch = SaqDispatch(queue, task_timeout_seconds=settings.task_timeout_seconds)
        services = services_over(
            database.begin, settings=settings, dispatch=dispatch, events=events
        )
        yield Opened(
            services=services, queue=queue, dispatch=dispatch, forget_events=_forget(database)
        )


def _forget(database: Database) -> Forget:
    async def forget(before: datetime) -> int:
        async with database.begin() as unit:
            return await unit.events.remove_before(before)

    return forget


async def _check_schema(database: Database) -> None:
    async with database.connection() as connection:
        lacking = await missing(connection)
    if lacking:
        why = f"its schema lacks {len(lacking)} migrations of this release"
        raise DatabaseUnfit(why=why, to_do="run `cvweb migrate`")
