"""The stories of a paid run: started once, paid once, and free where nothing came of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cvcore.charging import FeatureRefused, UnknownFeature
from cvcore.errors import NotFound
from cvcore.ids import OwnerId
from cvcore.ledger import KeyReused
from cvcore.money import Credits
from cvcore.runs import LeaseLost, RunSettings, Started
from cvcore.tasks import IllegalMove, TaskError

ADA = OwnerId("ada")
ERROR = TaskError(code="unavailable", message="the model did not answer")
House = Any  # the class is conftest's: `build` hands it over


async def test_starting_holds_the_credits_and_queues_the_task(house: House) -> None:
    await house.give(5)
    task = (await house.start()).task
    assert task.status == "queued"
    assert (task.paid.by, task.paid.credits) == ("credits", 3)
    assert await house.state() == (2, 3)


async def test_the_same_key_answers_with_the_same_task(house: House) -> None:
    await house.give(5)
    first = await house.start("k")
    again = await house.start("k")
    assert (first.replayed, again.replayed) == (False, True)
    assert again.task == first.task
    assert await house.state() == (2, 3)


async def test_the_same_key_answers_after_the_credits_are_gone_and_the_task_over(
    house: House,
) -> None:
    await house.give(3)
    id = (await house.start("k")).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    done = await house.runs.complete(id, {"a": 1})
    assert (await house.start("k")).task == done


async def test_the_same_key_for_another_request_is_refused(house: House) -> None:
    await house.give(9)
    await house.start("k", "one body")
    with pytest.raises(KeyReused):
        await house.start("k", "another body")
    assert await house.state() == (6, 3)


async def test_one_key_from_many_tasks_starts_one_run(house: House) -> None:
    await house.give(9)
    started = await asyncio.gather(*(house.start("k") for _ in range(5)))
    assert sum(not one.replayed for one in started) == 1
    assert {one.task.id for one in started} == {started[0].task.id}
    assert await house.state() == (6, 3)


async def test_one_key_from_many_tasks_needs_the_credits_once(house: House) -> None:
    await house.give(3)
    started = await asyncio.gather(*(house.start("k") for _ in range(5)))
    assert {one.task.id for one in started} == {started[0].task.id}
    assert await house.state() == (0, 3)


async def test_racing_starts_never_hold_more_than_there_is(house: House) -> None:
    await house.give(7)
    results = await asyncio.gather(
        *(house.start(f"k{n}") for n in range(5)), return_exceptions=True
    )
    assert sum(isinstance(one, Started) for one in results) == 2
    assert sum(isinstance(one, FeatureRefused) for one in results) == 3
    assert await house.state() == (1, 6)


async def test_a_refused_start_leaves_no_task(house: House) -> None:
    await house.give(2)
    with pytest.raises(FeatureRefused) as refused:
        await house.start("k")
    assert (refused.value.reason, refused.value.needed) == ("insufficient_credits", 3)
    async with house.units.begin() as unit:
        assert list(await unit.tasks.page(ADA, limit=9, before=None)) == []
    await house.give(1)
    assert not (await house.start("k")).replayed


async def test_an_unknown_feature_is_named_with_those_there_are(house: House) -> None:
    with pytest.raises(UnknownFeature, match="match_score"):
        await house.start(feature="fly")


async def test_a_free_feature_runs_with_nothing(house: House) -> None:
    task = (await house.start(feature="edit_cv")).task
    await house.runs.begin_work(task.id, lease_seconds=60)
    done = await house.runs.complete(task.id, {})
    assert (task.paid.by, done.credits_charged) == ("free", 0)
    assert await house.ledger.history(ADA) == []


async def test_completing_charges_what_was_held_once(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    task = await house.runs.begin_work(id, lease_seconds=60)
    done = await house.runs.complete(id, {"a": 1}, attempt=task.attempt)
    assert (done.status, done.result, done.credits_charged) == ("completed", {"a": 1}, 3)
    assert await house.runs.complete(id, {"another": 2}) == done
    assert await house.state() == (2, 0)


async def test_completing_may_charge_less(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    done = await house.runs.complete(id, {}, cost=Credits(1))
    assert done.credits_charged == 1
    assert await house.state() == (4, 0)


async def test_what_is_made_and_what_is_paid_commit_together(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)

    async def broken() -> None:
        async with house.units.begin() as unit:
            await house.runs.complete_within(unit, id, {"a": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await broken()
    assert await house.state() == (2, 3)
    assert (await house.runs.complete(id, {"b": 2})).result == {"b": 2}


async def test_a_failed_run_costs_nothing(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    failed = await house.runs.fail(id, ERROR)
    assert (failed.status, failed.error) == ("failed", ERROR)
    assert await house.runs.fail(id, ERROR) == failed
    assert await house.state() == (5, 0)


async def test_a_run_tried_again_keeps_its_hold_until_the_last_time(build: type[House]) -> None:
    house = build(settings=RunSettings(attempts_max=2))
    await house.give(5)
    id = (await house.start()).task.id
    for status, state in (("queued", (2, 3)), ("failed", (5, 0))):
        task = await house.runs.begin_work(id, lease_seconds=60)
        assert (await house.runs.retry(id, ERROR, attempt=task.attempt)).status == status
        assert await house.state() == state


async def test_a_cancelled_run_costs_nothing_and_its_worker_keeps_nothing(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    cancelled = await house.runs.cancel(ADA, id)
    assert await house.runs.cancel(ADA, id) == cancelled
    with pytest.raises(IllegalMove):
        await house.runs.complete(id, {"a": 1})
    assert await house.runs.progress(id, 1, 2, "late") is False
    assert await house.runs.renew(id, lease_seconds=60, attempt=1) is False
    assert await house.state() == (5, 0)


async def test_a_completed_run_cannot_be_cancelled_nor_somebody_elses(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    with pytest.raises(NotFound):
        await house.runs.cancel(OwnerId("eve"), id)
    await house.runs.begin_work(id, lease_seconds=60)
    await house.runs.complete(id, {})
    with pytest.raises(IllegalMove):
        await house.runs.cancel(ADA, id)
    assert await house.state() == (2, 0)


async def test_of_cancel_and_complete_one_wins(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    results = await asyncio.gather(
        house.runs.cancel(ADA, id), house.runs.complete(id, {}), return_exceptions=True
    )
    assert sum(isinstance(one, IllegalMove) for one in results) == 1
    available, held = await house.state()
    assert (available, held) in {(5, 0), (2, 0)}


async def test_a_lost_worker_is_followed_by_another_and_what_it_made_is_not_kept(
    house: House,
) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    first = await house.runs.begin_work(id, lease_seconds=60)
    assert await house.runs.begin_work(id, lease_seconds=60) is None
    house.move(seconds=60)
    second = await house.runs.begin_work(id, lease_seconds=60)
    assert (first.attempt, second.attempt) == (1, 2)
    with pytest.raises(LeaseLost):
        await house.runs.complete(id, {"by": "first"}, attempt=first.attempt)
    done = await house.runs.complete(id, {"by": "second"}, attempt=second.attempt)
    assert done.result == {"by": "second"}
    assert await house.state() == (2, 0)


async def test_a_renewed_lease_keeps_others_away(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    house.move(seconds=59)
    assert await house.runs.renew(id, lease_seconds=60, attempt=1)
    house.move(seconds=59)
    assert await house.runs.begin_work(id, lease_seconds=60) is None


async def test_a_run_that_kills_its_workers_fails_and_costs_nothing(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    for _ in range(house.settings.attempts_max):
        assert await house.runs.begin_work(id, lease_seconds=60)
        house.move(seconds=60)
    assert await house.runs.begin_work(id, lease_seconds=60) is None
    async with house.units.begin() as unit:
        task = await unit.tasks.get(id)
    assert (task.status, task.error.code) == ("failed", "attempts_exhausted")
    assert await house.state() == (5, 0)


async def test_a_run_nobody_began_in_time_fails_and_costs_nothing(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    house.move(seconds=house.settings.deadline_seconds)
    assert await house.runs.begin_work(id, lease_seconds=60) is None
    assert await house.state() == (5, 0)


async def test_a_run_nobody_ever_looks_at_gives_its_credits_back_by_itself(house: House) -> None:
    await house.give(5)
    await house.start()
    seconds = house.settings.deadline_seconds + house.settings.hold_margin_seconds
    house.move(seconds=seconds - 1)
    assert await house.state() == (2, 3)
    house.move(seconds=1)
    assert await house.state() == (5, 0)


async def test_a_result_that_comes_very_late_is_delivered_and_paid_as_far_as_it_goes(
    house: House,
) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    house.move(days=1)
    await house.start()
    done = await house.runs.complete(id, {"a": 1}, attempt=1)
    assert (done.status, done.credits_charged) == ("completed", 2)
    assert await house.state() == (0, 3)


async def test_progress_is_kept_and_tells_the_worker_to_go_on(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    assert await house.runs.progress(id, 1, 3, "matching", attempt=1)
    assert not await house.runs.progress(id, 2, 3, "writing", attempt=2)
    async with house.units.begin() as unit:
        task = await unit.tasks.get(id)
    assert (task.progress.done, task.progress.total, task.progress.step) == (1, 3, "matching")
