"""A worker that begins to read a CV, says so, and never ends: run to be killed.

    python slow_worker.py DATABASE_URL

It is the worker there is, but for the one handler: the task is begun, leased and half done when the
test kills the process.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from cvcore.tasks.model import Task
from cvweb.adapters.saq import serve
from cvweb.settings import Settings
from cvweb.wiring import create_services
from cvweb.worker import Workshop


async def main(url: str) -> None:
    settings = Settings(database_url=url, secret="s" * 32, task_lease_seconds=2)

    async def never_ends(task: Task, services: Any) -> None:
        await services.runs.progress(task.id, 1, 3, "half done", attempt=task.attempt)
        print(task.id, flush=True)  # noqa: T201  # how the test hears that it has begun
        await asyncio.Event().wait()

    async with create_services(settings) as opened:
        workshop = Workshop(opened.services, {"import_cv": never_ends})
        await serve(
            opened.queue,
            workshop.run,
            at_once_max=1,
            stop=asyncio.Event(),
            stop_seconds_max=1,
        )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
