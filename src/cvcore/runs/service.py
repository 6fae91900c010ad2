"""One paid run of a feature: charged and queued together, then worked on until it ends.

A run that fails, is cancelled or is never finished costs nothing; one that completes costs what was
agreed, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any

import msgspec

from cvcore.errors import NotFound
from cvcore.ids import OwnerId, RequestKey, TaskId
from cvcore.ledger.errors import KeyReused
from cvcore.ledger.model import About, entry_id
from cvcore.money import Credits
from cvcore.runs.model import Started, run_key
from cvcore.runs.ports import RunUnit
from cvcore.runs.working import WorkerRuns, about, current
from cvcore.tasks import rules
from cvcore.tasks.errors import IllegalMove, KeyTaken
from cvcore.tasks.model import Task

REJECTED_FEATURE = "rejected_run"
"""The counter that says how many wholly rejected runs were refunded in a month."""


class Runs(WorkerRuns):
    """Starts runs, hands them to workers and ends them. `new_id` makes the ids of tasks."""

    async def start(
        self,
        owner: OwnerId,
        *,
        feature: str,
        type: str,
        title: str,
        payload: Mapping[str, Any],
        key: RequestKey,
        fingerprint: str,
        cost: Credits | None = None,
    ) -> Started:
        """Charge one use of `feature` and queue the task, both or neither.

        `fingerprint` is the hash of the request. The same key and fingerprint answer with the task
        of the first time, whatever became of it. `cost` stands in for the feature's own.

        Raises:
            KeyReused: the key stands for another request.
            FeatureRefused: nobody pays; `reason` says why.
            UnknownFeature: there is no such feature.
        """
        try:
            async with self._begin() as unit:
                return await self.start_within(
                    unit,
                    owner,
                    feature=feature,
                    type=type,
                    title=title,
                    payload=payload,
                    key=key,
                    fingerprint=fingerprint,
                    cost=cost,
                )
        except KeyTaken:
            async with self._begin() as unit:
                there = await unit.tasks.by_key(owner, key)
            if there is None:
                raise
            return _replayed(there, fingerprint)

    async def start_within(
        self,
        unit: RunUnit,
        owner: OwnerId,
        *,
        feature: str,
        type: str,
        title: str,
        payload: Mapping[str, Any],
        key: RequestKey,
        fingerprint: str,
        cost: Credits | None = None,
    ) -> Started:
        """As `start`, in the caller's unit. Locks the owner's account."""
        await unit.ledger.load([owner], lock=True)
        there = await unit.tasks.by_key(owner, key)
        if there is not None:
            return _replayed(there, fingerprint)
        now, id = self._clock(), TaskId(self._new_id())
        paid = await self.charging.pay_within(
            unit,
            owner,
            feature,
            key=run_key(id, "hold"),
            hold_until=self._settings.hold_until(now),
            cost=cost,
            about=About(feature=feature, task=id),
        )
        task = Task(
            id=id,
            owner=owner,
            key=key,
            fingerprint=fingerprint,
            type=type,
            feature=feature,
            title=title,
            status="queued",
            paid=paid,
            payload=dict(payload),
            created_at=now,
            updated_at=now,
        )
        await unit.tasks.add(task)
        return Started(task, replayed=False)

    async def complete(
        self,
        id: TaskId,
        result: Mapping[str, Any],
        *,
        attempt: int | None = None,
        cost: Credits | None = None,
    ) -> Task:
        """The task is done and paid, in a unit of its own. One completed before is answered with
        as it was completed then.

        Raises:
            NotFound, IllegalMove, LeaseLost: as `complete_within`.
        """
        async with self._begin() as unit:
            task = await unit.tasks.get(id, lock=True)
            if task is not None and task.status == "completed":
                return task
            return await self.complete_within(unit, id, result, attempt=attempt, cost=cost)

    async def complete_within(
        self,
        unit: RunUnit,
        id: TaskId,
        result: Mapping[str, Any],
        *,
        attempt: int | None = None,
        cost: Credits | None = None,
    ) -> Task:
        """The task is done and its hold settled, in the caller's unit, with what was made. `cost`
        charges less than was held.

        Raises:
            NotFound: no such task.
            IllegalMove: it is not running; leave the unit by this error, so that nothing is kept.
            LeaseLost: another worker has taken it over since `attempt`; the same.
        """
        task = await current(unit, id, attempt)
        if task.status != "running":
            raise IllegalMove(id=id, status=task.status, wanted="completed")
        charged = await self.charging.settle_within(
            unit, task.paid, key=run_key(id, "settle"), cost=cost, about=about(task)
        )
        done = rules.completed(task, dict(result), now=self._clock(), charged=charged)
        await unit.tasks.update(done)
        return done

    async def cancel(self, owner: OwnerId, id: TaskId) -> Task:
        """The owner wants it no more: it costs nothing. Cancelled twice is cancelled once.

        Raises:
            NotFound: the owner has no such task.
            IllegalMove: it completed or failed before.
        """
        async with self._begin() as unit:
            task = await unit.tasks.get(id, lock=True)
            if task is None or task.owner != owner:
                raise NotFound("task", id)
            if task.status == "cancelled":
                return task
            over = rules.cancelled(task, now=self._clock())
            await self._undo(unit, task)
            await unit.tasks.update(over)
            return over

    async def refund_rejected(self, id: TaskId) -> bool:
        """A wholly rejected run costs nothing: True where what paid for it is given back, now or
        before. False where it is not completed, ended too long ago, or the month's refunds of this
        kind are used up.

        Whether everything was rejected and nothing kept is the caller's to know.

        Raises:
            NotFound: no such task.
        """
        async with self._begin() as unit:
            task = await current(unit, id, None)
            if task.refunded_at is not None:
                return True
            now, finished = self._clock(), task.finished_at
            hours = timedelta(hours=self._settings.rejected_hours)
            if task.status != "completed" or finished is None or now - finished > hours:
                return False
            month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
            most = self._settings.rejected_per_month_max
            count = unit.plans.count(task.owner, REJECTED_FEATURE, month, change=1, limit=most)
            if await count is None:
                return False
            await self._refund(unit, task)
            refunded = msgspec.structs.replace(
                task, refunded_at=now, updated_at=now, seq=task.seq + 1
            )
            await unit.tasks.update(refunded)
            return True

    async def _refund(self, unit: RunUnit, task: Task) -> None:
        is_charged = task.credits_charged > 0
        settled = entry_id(task.owner, run_key(task.id, "settle")) if is_charged else None
        await self.charging.refund_within(
            unit,
            task.owner,
            task.feature,
            task.paid,
            settled=settled,
            key=run_key(task.id, "rejected"),
            about=about(task),
        )


def _replayed(task: Task, fingerprint: str) -> Started:
    if task.fingerprint != fingerprint:
        raise KeyReused(owner=task.owner, key=task.key)
    return Started(task, replayed=True)
