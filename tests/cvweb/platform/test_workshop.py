"""Carrying tasks out: whatever the work does, the task ends and the credits agree."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from cvcore.errors import NotFound, Unavailable
from cvcore.ids import OwnerId, RequestKey, TaskId
from cvcore.money import Credits
from cvcore.tasks.model import Task
from cvweb.adapters.memory import WebUnits
from cvweb.settings import Settings
from cvweb.wiring import Services, services_over
from cvweb.worker import HANDLERS, Carry, Workshop

ADA = OwnerId("ada")
FAST = Settings(secret="s" * 32, task_lease_seconds=1, task_timeout_seconds=5)


@dataclass
class Clock:
    """Moved by hand; each look is a millisecond later."""

    now: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass
class House:
    """Services over memory, with 15 credits for Ada."""

    settings: Settings = FAST
    clock: Clock = field(default_factory=Clock)
    units: WebUnits = field(default_factory=WebUnits)

    def __post_init__(self) -> None:
        self.services: Services = services_over(
            self.units.begin,
            settings=self.settings,
            dispatch=nobody,
            events=self.units.bells,
            clock=self.clock,
        )

    async def queued(self, type: str = "job") -> TaskId:
        ledger = self.services.ledger
        await ledger.grant(ADA, Credits(15), kind="gift", key=RequestKey("welcome"))
        started = await self.services.runs.start(
            ADA,
            feature="match_score",
            type=type,
            title="A job",
            payload={},
            key=RequestKey("k"),
            fingerprint="f",
        )
        return started.task.id

    async def task(self, id: TaskId) -> Task:
        async with self.units.begin() as unit:
            task = await unit.tasks.get(id)
        assert task is not None
        return task

    async def run(self, handler: Callable[[Task], Awaitable[None]], id: TaskId) -> Task:
        async def carry(task: Task, _work: object) -> None:
            await handler(task)

        handlers: Mapping[str, Carry] = {"job": carry}
        await Workshop(self.services, handlers).run(id)
        return await self.task(id)

    async def available(self) -> int:
        return (await self.services.ledger.account(ADA)).available


async def nobody(task: TaskId) -> None:
    del task


async def test_work_that_completes_is_paid_once() -> None:
    house = House()
    id = await house.queued()

    async def work(task: Task) -> None:
        await house.services.runs.complete(task.id, {"x": 1}, attempt=task.attempt)

    done = await house.run(work, id)
    assert (done.status, done.result, done.credits_charged) == ("completed", {"x": 1}, 1)
    assert (await house.run(work, id)) == done
    assert await house.available() == 14


async def test_a_refusal_fails_the_task_with_its_words_and_costs_nothing() -> None:
    house = House()
    id = await house.queued()

    async def work(_task: Task) -> None:
        raise NotFound("offer", "o1")

    failed = await house.run(work, id)
    assert failed.status == "failed"
    assert failed.error is not None
    assert (failed.error.code, failed.error.fields) == ("not_found", {"kind": "offer", "id": "o1"})
    assert await house.available() == 15


async def test_a_mistake_of_ours_fails_the_task_without_telling_its_inside() -> None:
    house = House()
    id = await house.queued()

    async def work(_task: Task) -> None:
        raise KeyError("a secret of the inside")

    failed = await house.run(work, id)
    assert failed.error is not None
    assert failed.error.code == "internal_error"
    assert "secret" not in failed.error.message
    assert await house.available() == 15


async def test_what_does_not_answer_now_is_tried_again_and_given_up_in_the_end() -> None:
    house = House()
    id = await house.queued()

    async def work(_task: Task) -> None:
        raise Unavailable("not now")

    seen = [(await house.run(work, id)).status for _ in range(FAST.task_attempts_max)]
    assert seen == ["queued", "queued", "failed"]
    assert await house.available() == 15


async def test_work_that_takes_too_long_is_stopped_and_tried_again() -> None:
    house = House(settings=Settings(secret="s" * 32, task_timeout_seconds=0))
    id = await house.queued()

    async def work(_task: Task) -> None:
        await asyncio.Event().wait()

    assert (await house.run(work, id)).status == "queued"


async def test_work_whose_task_its_owner_cancelled_is_stopped() -> None:
    house = House()
    id = await house.queued()
    stopped = asyncio.Event()

    async def work(task: Task) -> None:
        await house.services.runs.cancel(ADA, task.id)
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    assert (await house.run(work, id)).status == "cancelled"
    assert stopped.is_set()
    assert await house.available() == 15


async def test_a_worker_that_is_stopped_gives_its_task_back() -> None:
    house = House()
    id = await house.queued()
    begun = asyncio.Event()

    async def work(_task: Task) -> None:
        begun.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(house.run(work, id))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await house.task(id)).status == "queued"


async def test_work_of_a_kind_nobody_knows_costs_nothing() -> None:
    house = House()
    id = await house.queued(type="from-the-future")

    async def work(_task: Task) -> None:
        raise AssertionError

    failed = await house.run(work, id)
    assert failed.error is not None
    assert failed.error.code == "unknown_work"
    assert await house.available() == 15


async def test_work_that_forgets_to_end_its_task_is_a_mistake_of_ours() -> None:
    house = House()
    id = await house.queued()

    async def work(_task: Task) -> None:
        return

    failed = await house.run(work, id)
    assert failed.error is not None
    assert failed.error.code == "internal_error"


async def test_a_task_that_somebody_else_has_is_left_to_them() -> None:
    house = House()
    id = await house.queued()
    assert await house.services.runs.begin_work(id, lease_seconds=60) is not None

    async def work(_task: Task) -> None:
        raise AssertionError

    assert (await house.run(work, id)).attempt == 1


def test_every_kind_of_work_that_features_start_has_somebody_to_do_it() -> None:
    assert set(HANDLERS) == {"import_cv", "read_offer", "score", "tailor", "export"}
