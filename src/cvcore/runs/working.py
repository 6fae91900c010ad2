"""A run in the hands of a worker: begun, kept, further on, tried again, given up."""

from __future__ import annotations

from datetime import timedelta

from cvcore.charging.model import ChargingSettings
from cvcore.charging.service import Charging
from cvcore.clock import Clock
from cvcore.errors import NotFound
from cvcore.ids import NewId, TaskId
from cvcore.ledger.model import About, Policy
from cvcore.runs.errors import LeaseLost
from cvcore.runs.model import RunSettings, run_key
from cvcore.runs.ports import RunUnit
from cvcore.tasks import rules
from cvcore.tasks.model import Progress, Task, TaskError
from cvcore.unit import Begin

_SETTINGS = RunSettings()
_CHARGING = ChargingSettings()
_POLICY = Policy()


class WorkerRuns:
    """What a worker does with a run. `new_id` makes the ids of tasks."""

    def __init__(
        self,
        *,
        begin: Begin[RunUnit],
        clock: Clock,
        new_id: NewId,
        settings: RunSettings = _SETTINGS,
        charging: ChargingSettings = _CHARGING,
        policy: Policy = _POLICY,
    ) -> None:
        self._begin, self._clock, self._new_id = begin, clock, new_id
        self._settings = settings
        self.charging = Charging(begin=begin, clock=clock, settings=charging, policy=policy)

    async def begin_work(self, id: TaskId, *, lease_seconds: int) -> Task | None:
        """The task for one worker to do, leased for so long; its `attempt` names this try.

        None where there is nothing to do: no such task, it has ended, or another worker has it. A
        task tried too often, or not begun before its deadline, is failed and costs nothing.
        """
        async with self._begin() as unit:
            task = await unit.tasks.get(id, lock=True)
            now = self._clock()
            if task is None or rules.is_final(task) or rules.is_leased(task, now):
                return None
            error = self._hopeless(task)
            if error is not None:
                await self._give_up(unit, task, error)
                return None
            lease_until = now + timedelta(seconds=lease_seconds)
            running = rules.begun(task, now=now, lease_until=lease_until)
            await unit.tasks.update(running)
            return running

    async def renew(self, id: TaskId, *, lease_seconds: int, attempt: int) -> bool:
        """A longer lease for the worker of this attempt; False tells it to stop."""
        async with self._begin() as unit:
            task = await unit.tasks.get(id, lock=True)
            if task is None or task.status != "running" or task.attempt != attempt:
                return False
            now = self._clock()
            lease_until = now + timedelta(seconds=lease_seconds)
            await unit.tasks.update(rules.renewed(task, now=now, lease_until=lease_until))
            return True

    async def progress(
        self, id: TaskId, done: int, total: int, step: str, *, attempt: int | None = None
    ) -> bool:
        """`done` of `total` steps are over and `step` is under way; False tells the worker to
        stop: the task has ended or is somebody else's."""
        async with self._begin() as unit:
            task = await unit.tasks.get(id, lock=True)
            if task is None or task.status != "running" or attempt not in (None, task.attempt):
                return False
            progress = Progress(done=done, total=total, step=step)
            await unit.tasks.update(rules.progressed(task, progress, now=self._clock()))
            return True

    async def retry(self, id: TaskId, error: TaskError, *, attempt: int | None = None) -> Task:
        """The attempt failed and another may succeed: queued again, its hold kept; failed for good
        where it was the last.

        Raises:
            NotFound: no such task.
            LeaseLost: another worker has taken it over since `attempt`.
        """
        async with self._begin() as unit:
            task = await current(unit, id, attempt)
            if task.status != "running":
                return task
            if self._hopeless(task) is not None:
                return await self._give_up(unit, task, error)
            queued = rules.requeued(task, now=self._clock())
            await unit.tasks.update(queued)
            return queued

    async def fail(self, id: TaskId, error: TaskError, *, attempt: int | None = None) -> Task:
        """The task has failed for good and costs nothing. One that has ended stays as it is.

        Raises:
            NotFound: no such task.
            LeaseLost: another worker has taken it over since `attempt`.
        """
        async with self._begin() as unit:
            task = await current(unit, id, attempt)
            if rules.is_final(task):
                return task
            return await self._give_up(unit, task, error)

    def _hopeless(self, task: Task) -> TaskError | None:
        if task.attempt >= self._settings.attempts_max:
            message = f"tried {task.attempt} times without an end; start it again"
            return TaskError(code="attempts_exhausted", message=message)
        if self._clock() >= self._settings.deadline(task):
            message = f"not done within {self._settings.deadline_seconds} seconds; start it again"
            return TaskError(code="deadline_passed", message=message)
        return None

    async def _give_up(self, unit: RunUnit, task: Task, error: TaskError) -> Task:
        over = rules.failed(task, error, now=self._clock())
        await self._undo(unit, task)
        await unit.tasks.update(over)
        return over

    async def _undo(self, unit: RunUnit, task: Task) -> None:
        key = run_key(task.id, "release")
        await self.charging.undo_within(
            unit, task.owner, task.feature, task.paid, key=key, about=about(task)
        )


def about(task: Task) -> About:
    """What the ledger says an entry of this run was for."""
    return About(feature=task.feature, task=task.id)


async def current(unit: RunUnit, id: TaskId, attempt: int | None) -> Task:
    """The task, locked, as attempt `attempt` finds it.

    Raises:
        NotFound: no such task.
        LeaseLost: another attempt is under way.
    """
    task = await unit.tasks.get(id, lock=True)
    if task is None:
        raise NotFound("task", id)
    if attempt is not None and task.attempt != attempt:
        raise LeaseLost(id=id, attempt=attempt, now=task.attempt)
    return task
