"""The only legal moves of a task. Pure: each answers with the task as it is to be written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cvcore.tasks.errors import IllegalMove
from cvcore.tasks.model import FINAL, Progress, Status, Task, TaskError

MOVES: dict[Status, frozenset[Status]] = {
    "queued": frozenset({"running", "failed", "cancelled"}),
    "running": frozenset({"running", "queued", "completed", "failed", "cancelled"}),
    "completed": frozenset(),
    "failed": frozenset(),
    "cancelled": frozenset(),
}
"""From each state, those it may move to; running to running is another worker taking over."""


def is_final(task: Task) -> bool:
    """Whether the task has ended; what has ended never changes."""
    return task.status in FINAL


def is_leased(task: Task, now: datetime) -> bool:
    """Whether a worker has it now."""
    return task.status == "running" and task.lease_until is not None and now < task.lease_until


def begun(task: Task, *, now: datetime, lease_until: datetime) -> Task:
    """Running, one attempt more, leased until then.

    Raises:
        IllegalMove: it has ended, or another worker has it.
    """
    if is_leased(task, now):
        raise IllegalMove(id=task.id, status="running", wanted="running twice")
    return _moved(
        task,
        "running",
        now,
        attempt=task.attempt + 1,
        started_at=task.started_at or now,
        lease_until=lease_until,
        progress=Progress(),
    )


def renewed(task: Task, *, now: datetime, lease_until: datetime) -> Task:
    """The same with a longer lease.

    Raises:
        IllegalMove: it is not running.
    """
    return _moved(_running(task, "renewed"), "running", now, lease_until=lease_until)


def progressed(task: Task, progress: Progress, *, now: datetime) -> Task:
    """The same, further on.

    Raises:
        IllegalMove: it is not running.
    """
    return _moved(_running(task, "further on"), "running", now, progress=progress)


def requeued(task: Task, *, now: datetime) -> Task:
    """Queued again, to be tried once more.

    Raises:
        IllegalMove: it is not running.
    """
    return _moved(task, "queued", now, lease_until=None)


def completed(task: Task, result: dict[str, Any], *, now: datetime, charged: int) -> Task:
    """Done, with its result and what it cost in credits.

    Raises:
        IllegalMove: it is not running.
    """
    done = msgspec.structs.replace(task.progress, done=task.progress.total)
    return _ended(task, "completed", now, result=result, credits_charged=charged, progress=done)


def failed(task: Task, error: TaskError, *, now: datetime) -> Task:
    """Ended without a result.

    Raises:
        IllegalMove: it has ended already.
    """
    return _ended(task, "failed", now, error=error)


def cancelled(task: Task, *, now: datetime) -> Task:
    """Ended because its owner said so.

    Raises:
        IllegalMove: it has ended already.
    """
    return _ended(task, "cancelled", now)


def _running(task: Task, wanted: str) -> Task:
    if task.status != "running":
        raise IllegalMove(id=task.id, status=task.status, wanted=wanted)
    return task


def _ended(task: Task, status: Status, now: datetime, **changes: Any) -> Task:
    return _moved(task, status, now, finished_at=now, lease_until=None, **changes)


def _moved(task: Task, status: Status, now: datetime, **changes: Any) -> Task:
    if status not in MOVES[task.status]:
        raise IllegalMove(id=task.id, status=task.status, wanted=status)
    return msgspec.structs.replace(task, status=status, updated_at=now, seq=task.seq + 1, **changes)
