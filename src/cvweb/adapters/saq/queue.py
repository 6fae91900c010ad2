"""Opening the queue and telling it of tasks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from cvcore.errors import Unavailable
from cvcore.ids import TaskId

NAME = "cvweb"
FUNCTION = "run_task"
CONNECTIONS_MIN = 1
CONNECTIONS_MAX = 6
DISPATCH_TIMEOUT_SECONDS = 5.0
OPEN_TIMEOUT_SECONDS = 15.0
JOB_KEPT_SECONDS = 60
ABORT_MARGIN_SECONDS = 60
"""A job's own time limit comes this much behind the task's: the worker ends it first."""
logger = logging.getLogger(__name__)


class QueueUnusable(Unavailable):
    """The queue cannot be opened."""

    code = "queue_unusable"

    def __init__(self, *, why: str) -> None:
        super().__init__(
            f"the queue cannot be opened ({why}); check QUEUE_URL, or leave it unset to use the "
            "database"
        )
        self.why = why


@asynccontextmanager
async def open_queue(url: str) -> AsyncIterator[Any]:
    """The queue at `url`, connected; closed on leaving.

    Raises:
        QueueUnusable: nobody answers there, or the client for it is not installed.
    """
    queue = _queue_at(url)
    try:
        await asyncio.wait_for(queue.connect(), OPEN_TIMEOUT_SECONDS)
    except Exception as error:
        raise QueueUnusable(why=str(error) or type(error).__name__) from error
    try:
        yield queue
    finally:
        await queue.disconnect()


async def prepare_queue(url: str) -> None:
    """Make what the queue needs in its database, before anybody uses it: two that start at once
    on an empty database would find tables half made."""
    async with open_queue(url):
        return


class SaqDispatch:
    """Tells a worker that a task waits. Best effort; the sweeper finds what is lost here."""

    def __init__(self, queue: Any, *, task_timeout_seconds: int) -> None:
        self._queue = queue
        self._timeout_seconds = task_timeout_seconds + ABORT_MARGIN_SECONDS

    async def __call__(self, task: TaskId) -> None:
        """Tell of a new task; never raises."""
        await self.again(task, turn="new")

    async def again(self, task: TaskId, *, turn: str) -> None:
        """Tell of a task once per `turn`: a job that hangs under an earlier turn does not keep
        this one out. Never raises."""
        try:
            async with asyncio.timeout(DISPATCH_TIMEOUT_SECONDS):
                await self._queue.enqueue(
                    FUNCTION,
                    key=f"{task}:{turn}",
                    task_id=task,
                    timeout=self._timeout_seconds,
                    retries=1,  # the task's row counts attempts, not the job
                    ttl=JOB_KEPT_SECONDS,
                )
        except Exception as error:  # noqa: BLE001  # best effort: the sweeper dispatches it
            logger.warning("task %s could not be dispatched now: %s", task, error)


def _queue_at(url: str) -> Any:
    scheme = urlsplit(url).scheme
    try:
        if scheme in ("postgresql", "postgres"):
            from saq.queue.postgres import PostgresQueue

            return PostgresQueue(
                url=url, name=NAME, min_size=CONNECTIONS_MIN, max_size=CONNECTIONS_MAX
            )
        from saq.queue import Queue

        return Queue.from_url(url, name=NAME)
    except Exception as error:
        raise QueueUnusable(why=f"{scheme}://: {error}") from error
