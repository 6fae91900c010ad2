"""What a `TaskStore` promises."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import msgspec
import pytest

from cvcore.ids import HoldId, TaskId
from cvcore.tasks.errors import KeyTaken, StaleTask
from cvcore.tasks.model import Paid, Progress, Task, TaskError
from cvcore.tasks.ports import TasksUnit
from cvcore.testing.clocks import NOON
from cvcore.testing.contracts.contract import ADA, BOB, ODD, Contract
from cvcore.testing.samples import a_task
from cvcore.unit import Begin


class TaskContract(Contract):
    """One task per key, one writer at a time, and what is due is found."""

    async def test_a_task_comes_back_as_it_went_in(self, begin: Begin[TasksUnit]) -> None:
        task = a_task(paid=Paid(by="plan", period_start=ODD))
        async with begin() as unit:
            await unit.tasks.add(task)
        async with begin() as unit:
            assert await unit.tasks.get(task.id) == task
            assert await unit.tasks.get(task.id, lock=True) == task
            assert await unit.tasks.get(TaskId("nobody's")) is None

    async def test_a_task_that_ended_comes_back_whole(self, begin: Begin[TasksUnit]) -> None:
        ended = a_task(
            status="failed",
            paid=Paid(by="credits", credits=3, hold=HoldId("hold-1")),
            progress=Progress(done=2, total=3, step="matching"),
            result={"partial": [1, "é"]},
            error=TaskError(code="unavailable", message="no answer", fields={"after": 3}),
            credits_charged=2,
            attempt=3,
            started_at=ODD,
            finished_at=ODD + timedelta(seconds=5),
            lease_until=ODD + timedelta(seconds=9),
            refunded_at=ODD + timedelta(days=1),
            updated_at=ODD,
            seq=1,
        )
        await _add(begin, a_task())
        async with begin() as unit:
            await unit.tasks.update(ended)
        async with begin() as unit:
            assert await unit.tasks.get(ended.id) == ended

    async def test_a_task_is_found_by_its_owners_key(self, begin: Begin[TasksUnit]) -> None:
        task = a_task()
        await _add(begin, task)
        async with begin() as unit:
            assert await unit.tasks.by_key(ADA, task.key) == task
            assert await unit.tasks.by_key(BOB, task.key) is None

    async def test_a_key_is_one_tasks_only(self, begin: Begin[TasksUnit]) -> None:
        first = a_task(1)
        second = a_task(2, key=first.key)
        await _add(begin, first)
        with pytest.raises(KeyTaken):
            await _add(begin, second)
        async with begin() as unit:
            assert await unit.tasks.by_key(ADA, first.key) == first
            assert await unit.tasks.get(second.id) is None

    async def test_of_racing_tasks_with_one_key_one_is_kept(self, begin: Begin[TasksUnit]) -> None:
        tasks = [a_task(n, key=a_task(1).key) for n in range(1, 5)]
        results = await asyncio.gather(
            *(_add(begin, task) for task in tasks), return_exceptions=True
        )
        assert sum(isinstance(result, KeyTaken) for result in results) == 3
        assert results.count(None) == 1

    async def test_another_owner_may_use_the_same_key(self, begin: Begin[TasksUnit]) -> None:
        first = a_task(1)
        second = a_task(2, key=first.key, owner=BOB)
        await _add(begin, first, second)
        async with begin() as unit:
            assert await unit.tasks.by_key(BOB, first.key) == second

    async def test_a_stale_task_is_not_written(self, begin: Begin[TasksUnit]) -> None:
        first = a_task()
        second = msgspec.structs.replace(first, status="cancelled", seq=1)
        await _add(begin, first)
        async with begin() as unit:
            await unit.tasks.update(second)
        stale = msgspec.structs.replace(first, status="running", seq=1)
        with pytest.raises(StaleTask):
            async with begin() as unit:
                await unit.tasks.update(stale)
        async with begin() as unit:
            assert await unit.tasks.get(first.id) == second

    async def test_racing_moves_let_one_through(self, begin: Begin[TasksUnit]) -> None:
        task = a_task()
        await _add(begin, task)

        async def move() -> None:
            async with begin() as unit:
                there = await unit.tasks.get(task.id)
                assert there is not None
                await unit.tasks.update(msgspec.structs.replace(task, attempt=1, seq=1))

        results = await asyncio.gather(*(move() for _ in range(5)), return_exceptions=True)
        assert sum(isinstance(result, StaleTask) for result in results) == 4

    async def test_locked_moves_are_all_written(self, begin: Begin[TasksUnit]) -> None:
        task = a_task()
        await _add(begin, task)

        async def move() -> None:
            async with begin() as unit:
                there = await unit.tasks.get(task.id, lock=True)
                assert there is not None
                await asyncio.sleep(0)
                more = msgspec.structs.replace(there, attempt=there.attempt + 1, seq=there.seq + 1)
                await unit.tasks.update(more)

        await asyncio.gather(*(move() for _ in range(5)))
        async with begin() as unit:
            there = await unit.tasks.get(task.id)
            assert there is not None
            assert there.attempt == 5

    async def test_pages_are_the_owners_newest_first(self, begin: Begin[TasksUnit]) -> None:
        await _add(begin, *(a_task(n) for n in (2, 1, 4, 3)), a_task(5, owner=BOB))
        async with begin() as unit:
            first = await unit.tasks.page(ADA, limit=3, before=None)
            assert [task.id for task in first] == ["task-4", "task-3", "task-2"]
            rest = await unit.tasks.page(ADA, limit=3, before=first[-1].id)
            assert [task.id for task in rest] == ["task-1"]
            assert list(await unit.tasks.page(ADA, limit=3, before=rest[-1].id)) == []

    async def test_queued_tasks_and_lost_ones_are_due(self, begin: Begin[TasksUnit]) -> None:
        late = NOON + timedelta(hours=1)
        lost = a_task(2, status="running", lease_until=late - timedelta(seconds=1))
        kept = a_task(3, status="running", lease_until=late + timedelta(seconds=1))
        over = a_task(4, status="completed")
        await _add(begin, a_task(1), lost, kept, over)
        async with begin() as unit:
            due = await unit.tasks.due(late, limit=9)
            assert {task.id for task in due} == {"task-1", "task-2"}
            assert len(await unit.tasks.due(late, limit=1)) == 1


async def _add(begin: Begin[TasksUnit], *tasks: Task) -> None:
    async with begin() as unit:
        for task in tasks:
            await unit.tasks.add(task)
