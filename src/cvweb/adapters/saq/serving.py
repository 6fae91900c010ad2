"""Takes jobs off the queue until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from saq import Worker

from cvcore.ids import TaskId
from cvweb.adapters.saq.queue import FUNCTION

RunTask = Callable[[TaskId], Awaitable[None]]
CANCEL_SECONDS_MAX = 2.0


class _QuietWorker(Worker[Any]):
    """A worker that leaves signals to whoever runs it."""

    SIGNALS = []  # noqa: RUF012  # the base class declares it so


async def serve(
    queue: Any, run_task: RunTask, *, at_once_max: int, stop: asyncio.Event, stop_seconds_max: float
) -> None:
    """Run the task of each job, `at_once_max` at a time, until `stop` is set.

    Work under way then has `stop_seconds_max` to end before it is cancelled.
    """
    is_idle = asyncio.Event()
    is_idle.set()
    under_way: set[object] = set()

    async def run(_context: Any, *, task_id: str) -> None:
        me = object()
        under_way.add(me)
        is_idle.clear()
        try:
            await run_task(TaskId(task_id))
        finally:
            under_way.discard(me)
            if not under_way:
                is_idle.set()

    worker = _QuietWorker(
        queue,
        [(FUNCTION, run)],
        concurrency=at_once_max,
        timers={"schedule": 5, "worker_info": 60, "sweep": 60, "abort": 5},
        shutdown_grace_period_s=0,
        cancellation_hard_deadline_s=CANCEL_SECONDS_MAX,
    )
    serving = asyncio.create_task(worker.start())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    worker.event.set()  # nothing new is begun from here on
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(is_idle.wait(), stop_seconds_max)
    await worker.stop()
    await serving
