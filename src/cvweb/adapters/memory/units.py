"""Every store of cvweb in memory, behind one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from cvcore.memory.transaction import Locks, Transaction
from cvcore.memory.units import MemoryUnit, Tables
from cvweb.adapters.memory.events import Bells, EventTables, MemoryEvents, TellingTasks
from cvweb.adapters.memory.kept import KeptTables, MemoryExports, MemoryFiles, MemoryRequests
from cvweb.adapters.memory.people import MemoryApiKeys, MemorySessions, MemoryUsers, PeopleTables


class WebTables:
    """What everybody sees."""

    def __init__(self) -> None:
        self.core = Tables()
        self.people = PeopleTables()
        self.kept = KeptTables()
        self.events = EventTables()


class WebUnit(MemoryUnit):
    """One transaction over everything cvweb keeps."""

    def __init__(self, tables: WebTables, transaction: Transaction) -> None:
        super().__init__(tables.core, transaction)
        self.users = MemoryUsers(tables.people, transaction)
        self.sessions = MemorySessions(tables.people, transaction)
        self.api_keys = MemoryApiKeys(tables.people, transaction)
        self.files = MemoryFiles(tables.kept, transaction)
        self.exports = MemoryExports(tables.kept, transaction)
        self.requests = MemoryRequests(tables.kept, transaction)
        self.events = MemoryEvents(tables.events, transaction)
        self.tasks = TellingTasks(tables.core.tasks, transaction, events=self.events)


class WebUnits:
    """Stores that live as long as this object; one event loop, one process."""

    def __init__(self) -> None:
        self._tables = WebTables()
        self._locks = Locks()
        self.bells = Bells(self._tables.events)

    def begin(self) -> AbstractAsyncContextManager[WebUnit]:
        """Begin one transaction."""
        return self._unit()

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[WebUnit]:
        transaction = Transaction(self._locks)
        unit = WebUnit(self._tables, transaction)
        try:
            yield unit
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()
        self._tables.events.ring(unit.events.told)
