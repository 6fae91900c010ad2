"""The worker: carries tasks out, keeps their leases, and finds those that were lost."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import msgspec

from cvcore.errors import Conflict, CvcoreError, Unavailable
from cvcore.ids import TaskId
from cvcore.runs import LeaseLost
from cvcore.tasks.errors import IllegalMove
from cvcore.tasks.model import FINAL, Task, TaskError
from cvweb.adapters.saq import serve
from cvweb.features.cvs.tasks import HANDLERS as CVS
from cvweb.features.exports.tasks import HANDLERS as EXPORTS
from cvweb.features.offers.tasks import HANDLERS as OFFERS
from cvweb.features.scores.tasks import HANDLERS as SCORES
from cvweb.features.tailoring.tasks import HANDLERS as TAILORING
from cvweb.settings import Settings
from cvweb.wiring import Opened, Services, create_services

Carry = Callable[[Task, Any], Awaitable[None]]
HANDLERS: Mapping[str, Carry] = {**CVS, **OFFERS, **SCORES, **TAILORING, **EXPORTS}
"""Who carries out a task, by its type: each completes the task in the unit that keeps its result,
or raises."""
DUE_MAX = 100
LEASE_RENEWALS = 3
"""How often a lease is renewed before it would end."""
logger = logging.getLogger(__name__)


class Workshop:
    """Carries out one task at a time per call, whoever asks and however often."""

    def __init__(self, services: Services, handlers: Mapping[str, Carry] = HANDLERS) -> None:
        self._services, self._handlers = services, handlers
        self._settings = services.settings

    async def run(self, id: TaskId) -> None:
        """Carry the task out if it waits for somebody; return at once if it does not.

        Whatever happens, the task is completed, failed, or left for another attempt; cancelled (the
        worker stops), it is queued again. Never raises for what the work raises.
        """
        runs, lease = self._services.runs, self._settings.task_lease_seconds
        task = await runs.begin_work(id, lease_seconds=lease)
        if task is None:
            return
        try:
            await self._carry_out(task)
        except (LeaseLost, IllegalMove) as error:
            logger.info("task %s: %s", id, error)
        except Unavailable as error:
            await self._again(task, error.code, str(error))
        except TimeoutError:
            seconds = self._settings.task_timeout_seconds
            await self._again(task, "task_timeout", f"not done within {seconds} seconds; try again")
        except CvcoreError as error:
            await self._fail(task, error.code, str(error), error.fields())
        except asyncio.CancelledError:
            await asyncio.shield(self._again(task, "worker_stopped", "the worker was stopped"))
            raise
        except Exception:
            logger.exception("task %s (%s) failed by a mistake of ours", id, task.type)
            await self._fail(task, "internal_error", "a mistake of ours; it costs nothing", {})

    async def _carry_out(self, task: Task) -> None:
        handler = self._handlers.get(task.type)
        if handler is None:
            raise UnknownWork(type=task.type)
        work = asyncio.create_task(self._timed(handler, task))
        keeper = asyncio.create_task(self._keep_lease(task, work))
        try:
            await work
        except asyncio.CancelledError:
            if keeper.done() and not _is_being_cancelled():
                raise LeaseLost(id=task.id, attempt=task.attempt, now=task.attempt) from None
            work.cancel()
            await asyncio.wait({work})
            raise
        finally:
            keeper.cancel()
        await self._check_ended(task)

    async def _timed(self, handler: Carry, task: Task) -> None:
        async with asyncio.timeout(self._settings.task_timeout_seconds):
            await handler(task, self._services)

    async def _keep_lease(self, task: Task, work: asyncio.Task[None]) -> None:
        lease = self._settings.task_lease_seconds
        while True:
            await asyncio.sleep(lease / LEASE_RENEWALS)
            try:
                is_ours = await self._services.runs.renew(
                    task.id, lease_seconds=lease, attempt=task.attempt
                )
            except (Unavailable, Conflict) as error:
                logger.warning("task %s: its lease could not be renewed now: %s", task.id, error)
                continue
            if not is_ours:
                work.cancel()  # cancelled by its owner, or taken over
                return

    async def _check_ended(self, task: Task) -> None:
        async with self._services.begin() as unit:
            now = await unit.tasks.get(task.id)
        if now is not None and now.status not in FINAL and now.attempt == task.attempt:
            raise RuntimeError(f"the work for {task.type} returned and left the task {now.status}")

    async def _again(self, task: Task, code: str, message: str) -> None:
        error = TaskError(code=code, message=message)
        await self._end(self._services.runs.retry(task.id, error, attempt=task.attempt))

    async def _fail(self, task: Task, code: str, message: str, fields: dict[str, Any]) -> None:
        plain = msgspec.to_builtins(fields, enc_hook=str, str_keys=True)
        error = TaskError(code=code, message=message, fields=plain)
        await self._end(self._services.runs.fail(task.id, error, attempt=task.attempt))

    async def _end(self, ending: Awaitable[Task]) -> None:
        try:
            await ending
        except (LeaseLost, Unavailable) as error:
            logger.warning("%s; its lease runs out and it is taken up again", error)


class UnknownWork(CvcoreError):  # errors are named by what is wrong
    """No worker of this release knows how to do this."""

    code = "unknown_work"

    def __init__(self, *, type: str) -> None:
        super().__init__(f"this release knows no work of type {type!r}; it costs nothing")
        self.type = type


class Sweeper:
    """Finds what was lost: tasks nobody was told of, leases that ran out, holds that lapsed."""

    def __init__(self, opened: Opened) -> None:
        self._opened, self._services = opened, opened.services
        self._settings = opened.services.settings

    async def sweep(self) -> int:
        """Dispatch due tasks, book what has lapsed, forget what has ended; how many were due."""
        services, now = self._services, self._services.clock()
        async with services.begin() as unit:
            due = await unit.tasks.due(now, limit=DUE_MAX)
            await unit.sessions.remove_ended(now)
        fresh = now - timedelta(seconds=self._settings.sweep_seconds)
        lost = [task for task in due if task.status == "running" or task.updated_at <= fresh]
        for task in lost:
            turn = f"{task.attempt}:{int(now.timestamp()) // 60}"
            await self._opened.dispatch.again(task.id, turn=turn)
        await services.ledger.sweep(limit=DUE_MAX)
        await services.trash.purge(limit=DUE_MAX)
        await self._opened.forget_events(now - timedelta(seconds=self._settings.event_keep_seconds))
        return len(lost)

    async def sweep_until(self, stop: asyncio.Event) -> None:
        """Sweep now and every `sweep_seconds`, until `stop`."""
        while not stop.is_set():
            try:
                await self.sweep()
            except CvcoreError as error:
                logger.warning("the sweep is put off: %s", error)
            except Exception:
                logger.exception("the sweep failed by a mistake of ours")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._settings.sweep_seconds)


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Carry out tasks until `stop` is set; what is under way then has `stop_seconds_max` to end.

    Raises:
        Unavailable: database or queue do not answer at the start.
    """
    size = settings.worker_connections_max
    async with create_services(settings, connections_max=size) as opened:
        workshop = Workshop(opened.services)
        sweeping = asyncio.create_task(Sweeper(opened).sweep_until(stop))
        try:
            await serve(
                opened.queue,
                workshop.run,
                at_once_max=settings.tasks_at_once_max,
                stop=stop,
                stop_seconds_max=settings.stop_seconds_max,
            )
        finally:
            stop.set()
            await sweeping


def _is_being_cancelled() -> bool:
    me = asyncio.current_task()
    return me is not None and me.cancelling() > 0
