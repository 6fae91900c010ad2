"""The queue and the worker on PostgreSQL: lost, doubled and killed, a task is done once."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import msgspec
import pytest

from cvcore.clock import system_clock
from cvcore.ids import OwnerId, RequestKey, TaskId
from cvcore.money import Credits
from cvcore.tasks.model import Task
from cvweb.adapters.postgres import Database, PostgresListening, audit
from cvweb.adapters.saq import QueueUnusable, open_queue, prepare_queue, serve
from cvweb.settings import Settings
from cvweb.wiring import Opened, create_services
from cvweb.worker import Sweeper, Workshop

ADA = OwnerId("ada")
PATIENCE_SECONDS = 20


@pytest.fixture
async def settings(clean_url: str) -> Settings:
    await prepare_queue(clean_url)
    connection = await asyncpg.connect(clean_url)
    try:
        await connection.execute("DELETE FROM saq_jobs")
    finally:
        await connection.close()
    return Settings(database_url=clean_url, secret="s" * 32, task_lease_seconds=2)


@pytest.fixture
async def opened(settings: Settings) -> AsyncIterator[Opened]:
    async with create_services(settings) as everything:
        yield everything


async def start(opened: Opened, key: str = "k", *, type: str = "job") -> TaskId:
    services = opened.services
    await services.ledger.grant(ADA, Credits(15), kind="gift", key=RequestKey("welcome"))
    started = await services.runs.start(
        ADA,
        feature="match_score",
        type=type,
        title="A job",
        payload={},
        key=RequestKey(key),
        fingerprint="f",
    )
    return started.task.id


async def ended(opened: Opened, *ids: TaskId) -> list[Task]:
    """The tasks, once all have ended; told by events, never asked in a loop without them."""
    services = opened.services
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with services.begin() as unit:
                tasks = [await unit.tasks.get(id) for id in ids]
            if all(task is not None and task.finished_at is not None for task in tasks):
                return [task for task in tasks if task is not None]
            await services.events.wait(ADA, seconds=1)


async def complete(task: Task, work: Opened) -> None:
    await work.services.runs.complete(task.id, {"attempt": task.attempt}, attempt=task.attempt)


@pytest.fixture
async def working(opened: Opened) -> AsyncIterator[Opened]:
    """A worker that completes every job at once, sweeping as it does."""

    async def carry(task: Task, _services: object) -> None:
        await complete(task, opened)

    stop = asyncio.Event()
    workshop = Workshop(opened.services, {"job": carry})
    serving = asyncio.create_task(
        serve(opened.queue, workshop.run, at_once_max=2, stop=stop, stop_seconds_max=2)
    )
    yield opened
    stop.set()
    await serving


async def test_a_dispatched_task_is_carried_out_and_its_owner_hears_of_it(
    working: Opened,
) -> None:
    id = await start(working)
    await working.dispatch(id)
    (task,) = await ended(working, id)
    assert (task.status, task.result) == ("completed", {"attempt": 1})
    async with working.services.begin() as unit:
        events = await unit.events.after(ADA, 0)
    assert [event.data["status"] for event in events] == ["queued", "running", "completed"]
    assert [event.id for event in events] == sorted(event.id for event in events)


async def test_a_task_dispatched_many_times_is_done_once(working: Opened) -> None:
    id = await start(working)
    for turn in range(10):
        await working.dispatch.again(id, turn=str(turn))
    (task,) = await ended(working, id)
    assert (task.attempt, task.credits_charged) == (1, 1)


async def test_a_task_that_nobody_was_told_of_is_found_by_the_sweeper(working: Opened) -> None:
    id = await start(working)
    eager = msgspec.structs.replace(working.services.settings, sweep_seconds=0.001)
    await Sweeper(_with(working, eager)).sweep()
    assert (await ended(working, id))[0].status == "completed"


async def test_twenty_tasks_are_all_done_and_the_books_agree(
    working: Opened, settings: Settings
) -> None:
    await working.services.ledger.grant(ADA, Credits(100), kind="gift", key=RequestKey("more"))
    ids = [await start(working, f"k{number}") for number in range(20)]
    await asyncio.gather(*(working.dispatch(id) for id in ids))
    tasks = await ended(working, *ids)
    assert {task.status for task in tasks} == {"completed"}
    assert (await working.services.ledger.account(ADA)).available == 95
    async with Database(settings.database_url or "") as database:
        assert (await audit(database)).findings == ()


KILLED = """
import asyncio, sys
from cvweb.settings import Settings
from cvweb.wiring import create_services
from cvweb.worker import Workshop
from cvweb.adapters.saq import serve

async def main():
    settings = Settings(database_url=sys.argv[1], secret="s" * 32, task_lease_seconds=2)
    async with create_services(settings) as opened:
        async def carry(task, services):
            print("begun", flush=True)
            await asyncio.Event().wait()
        workshop = Workshop(opened.services, {"job": carry})
        await serve(opened.queue, workshop.run, at_once_max=2, stop=asyncio.Event(),
                    stop_seconds_max=1)

asyncio.run(main())
"""


async def test_a_killed_worker_loses_nothing_and_nothing_is_paid_twice(
    opened: Opened, settings: Settings
) -> None:
    id = await start(opened)
    await opened.dispatch(id)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, settings.database_url or "", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert (await process.stdout.readline()).strip() == b"begun"
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()

    async def carry(task: Task, _services: object) -> None:
        await complete(task, opened)

    stop = asyncio.Event()
    quick = msgspec.structs.replace(settings, sweep_seconds=0.2)
    sweeping = asyncio.create_task(Sweeper(_with(opened, quick)).sweep_until(stop))
    workshop = Workshop(opened.services, {"job": carry})
    serving = asyncio.create_task(
        serve(opened.queue, workshop.run, at_once_max=2, stop=stop, stop_seconds_max=2)
    )
    (task,) = await ended(opened, id)
    stop.set()
    await asyncio.gather(serving, sweeping)
    assert (task.status, task.attempt, task.credits_charged) == ("completed", 2, 1)
    assert (await opened.services.ledger.account(ADA)).available == 14


async def test_events_are_heard_across_connections(clean_url: str) -> None:
    async with Database(clean_url) as database, PostgresListening(clean_url) as events:
        assert await events.wait(ADA, seconds=0.01) is False
        waiting = asyncio.create_task(events.wait(ADA, seconds=PATIENCE_SECONDS))
        await asyncio.sleep(0)
        async with database.begin() as unit:
            await unit.events.add(OwnerId("bob"), "x", {}, system_clock())
            await unit.events.add(ADA, "x", {"n": 1}, system_clock())
        assert await waiting is True


async def test_an_event_between_reading_and_waiting_is_not_missed(clean_url: str) -> None:
    async with Database(clean_url) as database, PostgresListening(clean_url) as events:
        heard = asyncio.create_task(events.wait(ADA, seconds=PATIENCE_SECONDS))
        await asyncio.sleep(0)
        async with database.begin() as unit:
            await unit.events.add(ADA, "x", {}, system_clock())
        await heard  # it has arrived; whoever begins to wait only now hears of it too
        assert await events.wait(ADA, seconds=PATIENCE_SECONDS) is True


async def test_events_are_heard_again_after_the_connection_was_cut(clean_url: str) -> None:
    async with Database(clean_url) as database, PostgresListening(clean_url) as events:
        async with database.connection() as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            )
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await events.wait(ADA, seconds=PATIENCE_SECONDS):
                continue
            async with database.begin() as unit:
                await unit.events.add(ADA, "x", {}, system_clock())
            assert await events.wait(ADA, seconds=PATIENCE_SECONDS) is True


async def test_who_reads_on_from_an_id_misses_nothing_that_was_committed_later(
    database: Database,
) -> None:
    """Two writers at once: the one that began first commits last."""
    first_wrote, second_began = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with database.begin() as unit:
            await unit.events.add(ADA, "first", {}, system_clock())
            first_wrote.set()
            await second_began.wait()

    async def second() -> None:
        await first_wrote.wait()
        async with database.begin() as unit:
            second_began.set()
            await unit.events.add(ADA, "second", {}, system_clock())

    await asyncio.gather(first(), second())
    async with database.begin() as unit:
        seen = [event.kind for event in await unit.events.after(ADA, 0)]
    assert seen == ["first", "second"]


async def test_old_events_are_forgotten(opened: Opened) -> None:
    await start(opened)
    assert await opened.forget_events(system_clock() + timedelta(seconds=1)) == 1
    async with opened.services.begin() as unit:
        assert list(await unit.events.after(ADA, 0)) == []


async def test_a_queue_where_nobody_answers_says_so() -> None:
    with pytest.raises(QueueUnusable, match="QUEUE_URL"):
        async with open_queue("redis://127.0.0.1:1/0"):
            pass


def _with(opened: Opened, settings: Settings) -> Opened:
    import dataclasses

    services = dataclasses.replace(opened.services, settings=settings)
    return dataclasses.replace(opened, services=services)
