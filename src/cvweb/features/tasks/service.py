"""Calling a task off, and leaving nothing of it behind."""

from __future__ import annotations

from cvcore.errors import NotFound
from cvcore.ids import OwnerId, TaskId
from cvcore.runs import Runs
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvweb.ports import Unit


class TaskDesk:
    """One's tasks: read, called off."""

    def __init__(self, *, begin: Begin[Unit], runs: Runs) -> None:
        self._begin = begin
        self._runs = runs

    async def read(self, owner: OwnerId, id: TaskId) -> Task:
        """The owner's task.

        Raises:
            NotFound: the owner has none of this id.
        """
        async with self._begin() as unit:
            task = await unit.tasks.get(id)
        if task is None or task.owner != owner:
            raise NotFound("task", id)
        return task

    async def cancel(self, owner: OwnerId, id: TaskId) -> Task:
        """Call the task off: what it held is released, what was uploaded for it is removed.

        Raises:
            NotFound: the owner has none of this id.
            IllegalMove: it has ended already, and stays as it is.
        """
        task = await self._runs.cancel(owner, id)
        file = task.payload.get("file")
        if isinstance(file, str):
            async with self._begin() as unit:
                await unit.files.remove(owner, file)
        return task
