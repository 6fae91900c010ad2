"""What happened to somebody's things, told to whoever listens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from cvcore.ids import OwnerId, TaskId
from cvcore.tasks.model import Task


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to somebody's things; ids grow, also across processes."""

    id: int
    owner: OwnerId
    kind: str
    data: dict[str, Any]
    at: datetime


class EventStore(Protocol):
    """Keeps what happened long enough to resume (a day)."""

    async def add(self, owner: OwnerId, kind: str, data: Mapping[str, Any], at: datetime) -> None:
        """Note that something happened; whoever listens hears of it once this unit commits."""
        ...

    async def after(self, owner: OwnerId, id: int, *, limit: int = 100) -> Sequence[Event]:
        """The owner's events with a greater id, oldest first."""
        ...

    async def last(self, owner: OwnerId) -> int:
        """The id of the owner's newest event, 0 where there is none."""
        ...


class Events(Protocol):
    """Hears of events as they are committed."""

    async def wait(self, owner: OwnerId, *, seconds: float) -> bool:
        """Return once something happened to the owner's things, True; False after `seconds`.

        It may return True without cause; read `EventStore.after` to see.
        """
        ...


class Dispatch(Protocol):
    """Tells a worker that a task waits. Best effort: what is lost here, the sweeper finds."""

    async def __call__(self, task: TaskId) -> None:
        """Tell; never raises."""
        ...


def task_event(task: Task) -> dict[str, Any]:
    """What listeners are told of a task: where it stands, never what it came to.

    Stores add it as an event of kind `task` whenever a task is added or written.
    """
    error = task.error
    return {
        "id": task.id,
        "type": task.type,
        "status": task.status,
        "title": task.title,
        "progress": {
            "done": task.progress.done,
            "total": task.progress.total,
            "step": task.progress.step,
        },
        "error": None if error is None else {"code": error.code, "message": error.message},
    }
