"""What tasks need of a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from cvcore.ids import OwnerId, RequestKey, TaskId
from cvcore.tasks.model import Task


class TaskStore(Protocol):
    """Keeps tasks: the outbox that workers live on. Prove yours with `TaskContract`."""

    async def add(self, task: Task) -> None:
        """Keep a new task.

        Raises:
            KeyTaken: the owner has a task under this key already; read it and answer with it.
        """
        ...

    async def get(self, id: TaskId, *, lock: bool = False) -> Task | None:
        """The task, or None. With `lock`, nobody else changes it before this unit ends."""
        ...

    async def by_key(self, owner: OwnerId, key: RequestKey) -> Task | None:
        """The owner's task under this key, or None."""
        ...

    async def update(self, task: Task) -> None:
        """Write `task` over the one with its id whose `seq` is one less.

        Raises:
            StaleTask: somebody else wrote first.
        """
        ...

    async def page(self, owner: OwnerId, *, limit: int, before: TaskId | None) -> Sequence[Task]:
        """The owner's tasks, newest first, those after `before` in that order."""
        ...

    async def due(self, now: datetime, *, limit: int) -> Sequence[Task]:
        """Tasks to dispatch: queued ones, and running ones whose lease ended before `now`."""
        ...


class TasksUnit(Protocol):
    """The tasks' slice of a transaction."""

    @property
    def tasks(self) -> TaskStore:
        """The tasks, within this transaction."""
        ...
