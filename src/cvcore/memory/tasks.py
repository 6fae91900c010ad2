"""Tasks in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from cvcore.ids import OwnerId, RequestKey, TaskId
from cvcore.memory.paging import after
from cvcore.memory.transaction import Table, Transaction
from cvcore.tasks.errors import KeyTaken, StaleTask
from cvcore.tasks.model import Task


class TaskTables:
    """What everybody sees of tasks."""

    def __init__(self) -> None:
        self.tasks: Table[TaskId, Task] = Table()
        self.keys: Table[tuple[OwnerId, RequestKey], TaskId] = Table()


class MemoryTasks:
    """A `TaskStore` over one transaction."""

    def __init__(self, tables: TaskTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, task: Task) -> None:
        key = (task.owner, task.key)
        await self._transaction.lock(self._tables.keys, key)
        if self._transaction.get(self._tables.keys, key) is not None:
            raise KeyTaken(key=task.key)
        await self._transaction.put(self._tables.keys, key, task.id)
        await self._transaction.put(self._tables.tasks, task.id, task)

    async def get(self, id: TaskId, *, lock: bool = False) -> Task | None:
        if lock:
            await self._transaction.lock(self._tables.tasks, id)
        found = self._transaction.get(self._tables.tasks, id)
        await asyncio.sleep(0)
        return found

    async def by_key(self, owner: OwnerId, key: RequestKey) -> Task | None:
        id = self._transaction.get(self._tables.keys, (owner, key))
        found = None if id is None else self._transaction.get(self._tables.tasks, id)
        await asyncio.sleep(0)
        return found

    async def update(self, task: Task) -> None:
        await self._transaction.lock(self._tables.tasks, task.id)
        there = self._transaction.get(self._tables.tasks, task.id)
        if there is None or there.seq != task.seq - 1:
            raise StaleTask(id=task.id)
        await self._transaction.put(self._tables.tasks, task.id, task)

    async def page(self, owner: OwnerId, *, limit: int, before: TaskId | None) -> Sequence[Task]:
        rows = [row for row in self._transaction.rows(self._tables.tasks) if row.owner == owner]
        rows.sort(key=lambda row: (row.created_at, row.id), reverse=True)
        await asyncio.sleep(0)
        return after(rows, before, lambda row: row.id)[:limit]

    async def due(self, now: datetime, *, limit: int) -> Sequence[Task]:
        found = [row for row in self._transaction.rows(self._tables.tasks) if _is_due(row, now)]
        found.sort(key=lambda row: (row.created_at, row.id))
        await asyncio.sleep(0)
        return found[:limit]


def _is_due(task: Task, now: datetime) -> bool:
    if task.status == "queued":
        return True
    return task.status == "running" and (task.lease_until is None or task.lease_until < now)
