"""A task moves as the table says and no other way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.tasks import FINAL, MOVES, IllegalMove, Progress, Task, TaskError, is_leased, rules
from cvcore.testing import NOON
from cvcore.testing.samples import a_task

LATER = NOON + timedelta(minutes=1)
ERROR = TaskError(code="unavailable", message="no answer")
Move = Callable[[Task], Task]
ACTS: dict[str, tuple[str, Move]] = {
    "begin": ("running", lambda t: rules.begun(t, now=NOON, lease_until=LATER)),
    "take over": ("running", lambda t: rules.begun(t, now=LATER, lease_until=LATER)),
    "renew": ("running", lambda t: rules.renewed(t, now=NOON, lease_until=LATER)),
    "go on": ("running", lambda t: rules.progressed(t, Progress(done=1, total=2), now=NOON)),
    "queue again": ("queued", lambda t: rules.requeued(t, now=NOON)),
    "complete": ("completed", lambda t: rules.completed(t, {"a": 1}, now=NOON, charged=2)),
    "fail": ("failed", lambda t: rules.failed(t, ERROR, now=NOON)),
    "cancel": ("cancelled", lambda t: rules.cancelled(t, now=NOON)),
}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(sorted(ACTS))))
def test_every_life_of_a_task_follows_the_table(acts: list[str]) -> None:
    task = a_task()
    for act in acts:
        wanted, move = ACTS[act]
        try:
            moved = move(task)
        except IllegalMove:
            continue
        assert wanted in MOVES[task.status]
        assert moved.status == wanted
        assert moved.seq == task.seq + 1
        task = moved


@pytest.mark.parametrize("status", sorted(FINAL))
@pytest.mark.parametrize("act", sorted(ACTS))
def test_what_has_ended_never_changes(status: str, act: str) -> None:
    with pytest.raises(IllegalMove):
        ACTS[act][1](a_task(status=status))


def test_a_leased_task_is_not_begun_twice_and_a_lost_one_is() -> None:
    task = rules.begun(a_task(), now=NOON, lease_until=LATER)
    assert is_leased(task, NOON)
    with pytest.raises(IllegalMove):
        rules.begun(task, now=LATER - timedelta(microseconds=1), lease_until=LATER)
    again = rules.begun(task, now=LATER, lease_until=LATER + timedelta(minutes=1))
    assert (task.attempt, again.attempt) == (1, 2)
    assert again.started_at == NOON


def test_a_completed_task_says_what_it_cost_and_when_it_ended() -> None:
    task = rules.begun(a_task(), now=NOON, lease_until=LATER)
    done = rules.completed(task, {"a": 1}, now=LATER, charged=2)
    assert (done.credits_charged, done.finished_at, done.lease_until) == (2, LATER, None)
    assert done.progress.done == done.progress.total
