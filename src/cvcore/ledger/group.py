"""The group commit: commands that arrive while a write is in flight are written together.

A command that finds nobody in flight is carried out in its caller's own coroutine. Others wait, and
one task with a context of its own (no caller's transaction can leak into it) decides all that came
meanwhile, of many owners, and writes it in one go. Of one owner there is one write at a time.

What was written last is remembered, so that the next command needs no reading; the store refuses
a write on what has moved on or under a key that is taken, and only then is everything read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextvars import Context

from cvcore.errors import Unavailable
from cvcore.ids import OwnerId
from cvcore.ledger.commands import Command
from cvcore.ledger.deciding import Decide, Deciding, decided
from cvcore.ledger.errors import StaleSequence
from cvcore.ledger.model import Account, Entry
from cvcore.ledger.ports import LedgerUnit
from cvcore.unit import Begin

ATTEMPTS_MAX = 50
"""How often a command is decided again after somebody else wrote first, before it gives up."""
BATCH_COMMANDS_MAX = 512
WRITERS_MAX = 2
"""How many writes are in flight at most: one is decided while the other is flushed."""
ACCOUNTS_MAX = 10_000
"""How many accounts are remembered as they were written last."""


class Waiting:
    """One command, and what became of it."""

    __slots__ = ("command", "entry", "error", "future")

    def __init__(self, command: Command) -> None:
        self.command = command
        self.entry: Entry | None = None
        self.error: BaseException | None = None
        self.future: asyncio.Future[None] | None = None

    def answer(self, outcome: Entry | BaseException) -> None:
        """Say what became of it, and wake whoever waits for it."""
        if isinstance(outcome, BaseException):
            self.error = outcome
        else:
            self.entry = outcome
        if self.future is not None and not self.future.done():
            self.future.set_result(None)

    def result(self) -> Entry:
        """Its entry; raises what refused it."""
        if self.error is not None:
            raise self.error
        assert self.entry is not None, "whoever wakes it answered it"  # noqa: S101 - cannot be
        return self.entry


Batch = dict[OwnerId, list[Waiting]]


class GroupCommit:
    """Carries commands out over `begin`, in groups where they come faster than they are written.

    `decide` is the rule with its clock and policy. One event loop at a time.
    """

    def __init__(self, begin: Begin[LedgerUnit], decide: Decide) -> None:
        self._begin, self._decide = begin, decide
        self._queue: Batch = {}
        self._busy: set[OwnerId] = set()
        self._writers = 0
        self._is_waking = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._accounts: dict[OwnerId, Account] = {}

    async def carry_out(self, command: Command) -> Entry:
        """The command's entry, written or found under its key.

        Raises:
            CvcoreError, ValueError: the command is refused; nothing was written.
            StaleSequence: others wrote first, 50 times running.
        """
        one, owner = Waiting(command), command.owner
        if self._writers or self._queue:
            one.future = asyncio.get_running_loop().create_future()
            self._queue.setdefault(owner, []).append(one)
            self._wake()
            await one.future
            return one.result()
        self._writers += 1
        self._busy.add(owner)
        try:
            await self._write({owner: [one]})
        finally:
            self._writers -= 1
            self._busy.discard(owner)
            self._wake()
        return one.result()

    def _wake(self) -> None:
        """Begin a writer where somebody waits and a place is free: a moment later, so that all who
        come in this moment go with it."""
        if self._queue and self._writers < WRITERS_MAX and not self._is_waking:
            self._is_waking = True
            task = asyncio.get_running_loop().create_task(self._drain(), context=Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _drain(self) -> None:
        self._is_waking = False
        batch: Batch = {}
        self._writers += 1
        try:
            while batch := self._next():
                self._busy.update(batch)
                try:
                    await self._write_apart(batch)
                finally:
                    self._busy.difference_update(batch)
                await asyncio.sleep(0)  # who was answered may ask again, and goes with the next
        except asyncio.CancelledError as stopped:
            for group in (batch, self._queue):
                for one in (one for asked in group.values() for one in asked):
                    one.answer(stopped)
            self._queue.clear()
            raise
        finally:
            self._writers -= 1

    def _next(self) -> Batch:
        """Whoever waits and has no write in flight; whoever no longer waits is forgotten."""
        batch: Batch = {}
        size = 0
        for owner in [owner for owner in self._queue if owner not in self._busy]:
            if size >= BATCH_COMMANDS_MAX:
                break
            asked = [one for one in self._queue.pop(owner) if one.future and not one.future.done()]
            if rest := asked[BATCH_COMMANDS_MAX - size :]:
                self._queue[owner] = rest
                asked = asked[: BATCH_COMMANDS_MAX - size]
            if asked:
                batch[owner] = asked
                size += len(asked)
        return batch

    async def _write_apart(self, batch: Batch) -> None:
        """Write a batch; what breaks it breaks nobody else: then each is written alone."""
        try:
            await self._write(batch)
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to those who asked
            asked = [one for group in batch.values() for one in group if not _is_answered(one)]
            if len(asked) == 1 or isinstance(error, Unavailable):
                for one in asked:
                    one.answer(error)
                return
            for one in asked:
                await self._write_apart({one.command.owner: [one]})

    async def _write(self, batch: Batch) -> None:
        """Decide and write all of the batch; answers everybody, or raises and answers the rest."""
        left = dict(batch)
        is_first = True
        for _ in range(ATTEMPTS_MAX):
            known = self._accounts if is_first else {}
            async with self._begin() as unit:
                asked = {owner: [one.command for one in left[owner]] for owner in left}
                plans = await decided(unit.ledger, asked, known, self._decide)
                writes = [plan.write() for plan in plans if plan.entries]
                refused = await unit.ledger.append(writes) if writes else frozenset[OwnerId]()
            for plan in plans:
                if plan.owner not in refused:
                    self._answer(plan, left.pop(plan.owner))
            if not left:
                return
            is_first = False
        for owner, group in left.items():
            for one in group:
                one.answer(StaleSequence(owner=owner, seen=0))

    def _answer(self, plan: Deciding, group: Sequence[Waiting]) -> None:
        self._remember(plan.after)
        for one, outcome in zip(group, plan.outcomes, strict=True):
            one.answer(outcome)

    def _remember(self, account: Account) -> None:
        self._accounts.pop(account.owner, None)
        self._accounts[account.owner] = account
        if len(self._accounts) > ACCOUNTS_MAX:
            del self._accounts[next(iter(self._accounts))]


def _is_answered(one: Waiting) -> bool:
    return one.entry is not None or one.error is not None
