"""What a run that came to nothing gives back, and what a plan pays for."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from cvcore.charging import FeatureRefused
from cvcore.errors import NotFound
from cvcore.ids import OwnerId, TaskId
from cvcore.runs import RunSettings, Started, run_key
from cvcore.tasks import TaskError
from cvcore.testing import NOON

ADA = OwnerId("ada")
ERROR = TaskError(code="unavailable", message="the model did not answer")
House = Any  # the class is conftest's: `build` hands it over


async def test_a_wholly_rejected_run_is_refunded_once(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    await house.runs.begin_work(id, lease_seconds=60)
    await house.runs.complete(id, {})
    answers = await asyncio.gather(*(house.runs.refund_rejected(id) for _ in range(3)))
    assert answers == [True, True, True]
    assert await house.state() == (5, 0)
    keys = [entry.key for entry in await house.ledger.history(ADA)]
    assert keys.count(run_key(id, "rejected")) == 1


async def test_a_rejected_run_is_refunded_within_the_hours_and_the_months_limit(
    build: type[House],
) -> None:
    house = build(settings=RunSettings(rejected_per_month_max=1))
    await house.give(9)
    ids = []
    for _ in range(3):
        ids.append((await house.start()).task.id)
        await house.runs.begin_work(ids[-1], lease_seconds=60)
        await house.runs.complete(ids[-1], {})
    assert await house.runs.refund_rejected(ids[0])
    assert not await house.runs.refund_rejected(ids[1])
    house.clock.set(NOON + timedelta(hours=24, microseconds=1))
    assert not await house.runs.refund_rejected(ids[2])
    assert await house.state() == (3, 0)


async def test_a_run_that_did_not_complete_is_not_refunded(house: House) -> None:
    await house.give(5)
    id = (await house.start()).task.id
    assert not await house.runs.refund_rejected(id)
    with pytest.raises(NotFound):
        await house.runs.refund_rejected(TaskId("unknown"))


async def test_a_plan_pays_before_the_credits(subscribed: House) -> None:
    await subscribed.give(5)
    task = (await subscribed.start()).task
    assert (task.paid.by, task.paid.period_start) == ("plan", NOON)
    assert await subscribed.state() == (5, 0)
    assert await subscribed.used() == 1


async def test_credits_pay_when_the_plans_uses_are_spent(subscribed: House) -> None:
    await subscribed.give(3)
    async with subscribed.units.begin() as unit:
        await unit.plans.count(ADA, "gpt_cv_generation", NOON, change=25, limit=-1)
    assert (await subscribed.start()).task.paid.by == "credits"
    with pytest.raises(FeatureRefused) as refused:
        await subscribed.start()
    assert refused.value.reason == "insufficient_credits"
    assert await subscribed.used() == 25


async def test_racing_starts_never_pass_the_limit_of_the_plan(subscribed: House) -> None:
    async with subscribed.units.begin() as unit:
        await unit.plans.count(ADA, "gpt_cv_generation", NOON, change=23, limit=-1)
    results = await asyncio.gather(
        *(subscribed.start(f"k{n}") for n in range(4)), return_exceptions=True
    )
    assert sum(isinstance(one, Started) for one in results) == 2
    assert await subscribed.used() == 25


@pytest.mark.parametrize("end", ["fail", "cancel", "reject"])
async def test_a_use_that_came_to_nothing_goes_back_to_the_period_it_came_from(
    subscribed: House, end: str
) -> None:
    id = (await subscribed.start()).task.id
    assert await subscribed.used() == 1
    subscribed.move(minutes=1)
    await subscribed.runs.begin_work(id, lease_seconds=60)
    if end == "fail":
        await subscribed.runs.fail(id, ERROR)
    elif end == "cancel":
        await subscribed.runs.cancel(ADA, id)
    else:
        await subscribed.runs.complete(id, {})
        assert await subscribed.runs.refund_rejected(id)
        assert await subscribed.runs.refund_rejected(id)
    assert await subscribed.used() == 0


async def test_without_a_plan_nothing_runs_in_the_mode_of_plans(build: type[House]) -> None:
    house = build("subscription")
    await house.give(99)
    with pytest.raises(FeatureRefused) as refused:
        await house.start()
    assert refused.value.reason == "plan_inactive"


async def test_a_quote_says_what_a_start_would_do_and_does_nothing(house: House) -> None:
    await house.give(3)
    quote = await house.runs.charging.quote(ADA, "gpt_cv_generation")
    assert msgspec.to_builtins(quote) == {"cost": 3}
    assert await house.state() == (3, 0)
