"""One answer per key: of equal calls exactly one says that it did the work."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from cvcore.ids import OwnerId, RequestKey
from cvweb.adapters.memory import WebUnits
from cvweb.http.once import REPLAYED, Answer, Answers, Asking

ASKING = Asking(owner=OwnerId("ada"), key=RequestKey("k"), fingerprint="f")


@pytest.fixture
def answers() -> Answers:
    ticks = count()
    start = datetime(2026, 11, 23, tzinfo=UTC)
    return Answers(begin=WebUnits().begin, clock=lambda: start + timedelta(seconds=next(ticks)))


async def render(answer: Answer) -> str:
    return answer.location or ""


async def test_whoever_did_the_work_is_no_replay_though_another_answered_first(
    answers: Answers,
) -> None:
    began, answered = asyncio.Event(), asyncio.Event()

    async def does_it() -> Answer:
        began.set()
        await answered.wait()
        return Answer(status=202, location="/t", is_replay=False)

    async def finds_it() -> Answer:
        return Answer(status=202, location="/t", is_replay=True)

    slow = asyncio.create_task(answers.once(ASKING, first=does_it, render=render))
    await began.wait()
    others = [await answers.once(ASKING, first=finds_it, render=render) for _ in range(3)]
    answered.set()
    said = [REPLAYED in each.headers for each in (await slow, *others)]
    assert said == [False, True, True, True]


async def test_where_nothing_tells_the_answer_that_is_kept_was_the_first(answers: Answers) -> None:
    began, released = asyncio.Event(), asyncio.Event()

    async def waits() -> Answer:
        began.set()
        await released.wait()
        return Answer(status=200, location="/x")

    async def knows() -> Answer:
        return Answer(status=200, location="/x")

    late = asyncio.create_task(answers.once(ASKING, first=waits, render=render))
    await began.wait()
    early = await answers.once(ASKING, first=knows, render=render)
    released.set()
    assert [REPLAYED in each.headers for each in (early, await late)] == [False, True]
