"""Events in memory, and tasks that tell of themselves."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from cvcore.ids import OwnerId
from cvcore.memory.tasks import MemoryTasks, TaskTables
from cvcore.memory.transaction import Table, Transaction
from cvcore.tasks.model import Task
from cvweb.ports import Event, task_event


class EventTables:
    """What everybody sees of events, and who waits for them."""

    def __init__(self) -> None:
        self.events: Table[int, Event] = Table(group_of=lambda row: row.owner)
        self.numbers = count(1)
        self.bells: defaultdict[OwnerId, asyncio.Event] = defaultdict(asyncio.Event)

    def ring(self, owners: set[OwnerId]) -> None:
        """Wake whoever waits for these owners."""
        for owner in owners:
            self.bells.pop(owner, asyncio.Event()).set()


class MemoryEvents:
    """An `EventStore` over one transaction; `told` are the owners it told something."""

    def __init__(self, tables: EventTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction
        self.told: set[OwnerId] = set()

    async def add(self, owner: OwnerId, kind: str, data: Mapping[str, Any], at: datetime) -> None:
        """Note that something happened."""
        number = next(self._tables.numbers)
        event = Event(id=number, owner=owner, kind=kind, data=dict(data), at=at)
        await self._transaction.put(self._tables.events, number, event)
        self.told.add(owner)

    async def after(self, owner: OwnerId, id: int, *, limit: int = 100) -> Sequence[Event]:
        """The owner's events with a greater id, oldest first."""
        rows = [row for row in self._transaction.rows(self._tables.events, owner) if row.id > id]
        await asyncio.sleep(0)
        return sorted(rows, key=lambda row: row.id)[:limit]

    async def last(self, owner: OwnerId) -> int:
        """The id of the owner's newest event."""
        rows = self._transaction.rows(self._tables.events, owner)
        return max((row.id for row in rows), default=0)


class TellingTasks(MemoryTasks):
    """Tasks in memory that note an event whenever one is written."""

    def __init__(
        self, tables: TaskTables, transaction: Transaction, *, events: MemoryEvents
    ) -> None:
        super().__init__(tables, transaction)
        self._events = events

    async def add(self, task: Task) -> None:
        """Keep a new task and tell of it."""
        await super().add(task)
        await self._events.add(task.owner, "task", task_event(task), task.updated_at)

    async def update(self, task: Task) -> None:
        """Write a task and tell of it."""
        await super().update(task)
        await self._events.add(task.owner, "task", task_event(task), task.updated_at)


class Bells:
    """`Events` of one process."""

    def __init__(self, tables: EventTables) -> None:
        self._tables = tables

    async def wait(self, owner: OwnerId, *, seconds: float) -> bool:
        """Return once something happened to the owner's things, or after `seconds`."""
        bell = self._tables.bells[owner]
        try:
            async with asyncio.timeout(seconds):
                await bell.wait()
        except TimeoutError:
            return False
        return True
