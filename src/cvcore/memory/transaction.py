"""Transactions over plain dictionaries: read committed, row locks, all or nothing.

A transaction keeps what it writes to itself and holds the lock of every row it wrote or asked for;
leaving it well copies its rows over the shared ones in one step that nothing can interrupt.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, TypeVar

from cvcore.errors import Unavailable

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")
_GONE: Any = object()


class Deadlock(Unavailable):
    """Two transactions each wait for a row the other one has; this one is undone."""

    code = "deadlock"

    def __init__(self, row: object) -> None:
        super().__init__(f"waiting for {row!r} would never end; begin again")
        self.row = row


class Table(Generic[K, R]):
    """Rows that everybody sees, by key, and by group for those who look through one group only."""

    def __init__(self, *, group_of: Callable[[R], Hashable] = lambda _row: None) -> None:
        self._rows: dict[K, R] = {}
        self._groups: dict[Hashable, dict[K, R]] = {}
        self.group_of = group_of

    def get(self, key: K) -> R | None:
        """The row everybody sees under this key, or None."""
        return self._rows.get(key)

    def group(self, group: Hashable) -> dict[K, R]:
        """The rows of one group, in the order they came; not to be changed."""
        return self._groups.get(group, {})

    def keep(self, key: K, row: R) -> None:
        """Put a row where everybody sees it. A row never changes its group."""
        self._rows[key] = row
        self._groups.setdefault(self.group_of(row), {})[key] = row

    def drop(self, key: K) -> None:
        """Take a row away from everybody."""
        row = self._rows.pop(key, None)
        if row is not None:
            del self._groups[self.group_of(row)][key]


class Locks:
    """Who has which row, and who waits for it, first come first served."""

    def __init__(self) -> None:
        self._owners: dict[Hashable, Transaction] = {}
        self._queues: dict[Hashable, deque[tuple[Transaction, asyncio.Future[None]]]] = {}
        self._waiting: dict[Transaction, Hashable] = {}

    async def take(self, row: Hashable, for_: Transaction) -> None:
        """Have the row from now on; waits for whoever has it.

        Raises:
            Deadlock: whoever has it waits, in the end, for this very transaction.
        """
        owner = self._owners.setdefault(row, for_)
        if owner is for_:
            return
        self._refuse_circle(row, for_)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(row, deque()).append((for_, turn))
        self._waiting[for_] = row
        try:
            await turn
        except asyncio.CancelledError:
            if self._owners.get(row) is for_:
                self.give(row)
            raise
        finally:
            self._waiting.pop(for_, None)

    def give(self, row: Hashable) -> None:
        """Hand the row to whoever waits longest, or let it lie."""
        queue = self._queues.get(row, deque())
        while queue:
            heir, turn = queue.popleft()
            if not turn.done():
                self._owners[row] = heir
                del self._waiting[heir]
                turn.set_result(None)
                return
        self._queues.pop(row, None)
        self._owners.pop(row, None)

    def _refuse_circle(self, row: Hashable, for_: Transaction) -> None:
        next_row: Hashable | None = row
        while next_row is not None:
            owner = self._owners[next_row]
            if owner is for_:
                raise Deadlock(row)
            next_row = self._waiting.get(owner)


class Transaction:
    """What one unit reads and writes, until it ends."""

    def __init__(self, locks: Locks) -> None:
        self._locks = locks
        self._held: dict[Hashable, None] = {}
        self._written: dict[int, tuple[Table[Any, Any], dict[Any, Any]]] = {}
        self._is_over = False

    def get(self, table: Table[K, R], key: K) -> R | None:
        """The row as this transaction sees it: its own, else the one everybody sees."""
        self._check()
        row = self._own(table).get(key, None)
        if row is None:
            return table.get(key)
        return None if row is _GONE else row

    def rows(self, table: Table[K, R], group: Hashable = None) -> Iterator[R]:
        """The rows of one group as this transaction sees them, in the order they came."""
        self._check()
        own = self._own(table)
        shared = table.group(group)
        for key, row in shared.items():
            seen = own.get(key, row)
            if seen is not _GONE:
                yield seen
        for key, row in own.items():
            if key not in shared and row is not _GONE and table.group_of(row) == group:
                yield row

    async def lock(self, table: Table[K, R], key: K) -> None:
        """Nobody else writes or locks this row, there or not, before this transaction ends."""
        self._check()
        row = (id(table), key)
        if row not in self._held:
            await self._locks.take(row, self)
            self._held[row] = None

    async def put(self, table: Table[K, R], key: K, row: R) -> None:
        """Write a row; seen by others when this transaction ends well. Locks it."""
        await self.lock(table, key)
        self._own(table)[key] = row

    async def remove(self, table: Table[K, R], key: K) -> None:
        """Take a row away; gone for others when this transaction ends well. Locks it."""
        await self.lock(table, key)
        self._own(table)[key] = _GONE

    def commit(self) -> None:
        """Show everybody what was written, in one step, and give the locks back."""
        for table, rows in self._written.values():
            for key, row in rows.items():
                if row is _GONE:
                    table.drop(key)
                else:
                    table.keep(key, row)
        self._end()

    def rollback(self) -> None:
        """Forget what was written and give the locks back."""
        self._end()

    def _end(self) -> None:
        self._is_over = True
        self._written.clear()
        for row in self._held:
            self._locks.give(row)
        self._held.clear()

    def _own(self, table: Table[K, R]) -> dict[K, Any]:
        return self._written.setdefault(id(table), (table, {}))[1]

    def _check(self) -> None:
        if self._is_over:
            raise RuntimeError("this unit has ended; begin another one")
