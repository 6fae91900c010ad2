"""Tasks over the wire, and the answers of calls that start one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

import msgspec
from litestar import Response

from cvcore.errors import NotFound
from cvcore.ids import OwnerId, TaskId
from cvcore.tasks.errors import KeyTaken
from cvcore.tasks.model import FINAL, Task
from cvcore.unit import Begin
from cvweb.http.once import Answer, Answers, Asking, Render
from cvweb.http.times import wire_time, wire_time_or_none
from cvweb.ports import Dispatch, Events, Unit
from cvweb.problems import Problem, task_problem

T = TypeVar("T")

API = "/api/v1"
TASK = "task:"
LOOK_AGAIN_SECONDS = 1.0


class ProgressView(msgspec.Struct, frozen=True):
    """`done` of `total` steps; `step` names the one under way."""

    done: int
    total: int
    step: str


class TaskErrorView(msgspec.Struct, frozen=True):
    """Why a task failed."""

    code: str
    message: str


class TaskView(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A task as its owner sees it; times are RFC 3339, UTC."""

    id: str
    type: str
    status: str
    title: str
    progress: ProgressView
    credits_held: int
    credits_charged: int
    created_at: str
    started_at: str | None
    finished_at: str | None
    result: dict[str, Any] | None = None
    error: TaskErrorView | None = None

    @classmethod
    def of(cls, task: Task) -> TaskView:
        """The view of a task; held credits are those of a run that is still open."""
        is_open = task.status not in FINAL
        error = task.error
        return cls(
            id=task.id,
            type=task.type,
            status=task.status,
            title=task.title,
            progress=ProgressView(task.progress.done, task.progress.total, task.progress.step),
            result=task.result,
            error=None if error is None else TaskErrorView(error.code, error.message),
            credits_held=task.paid.credits if is_open and task.paid.by == "credits" else 0,
            credits_charged=task.credits_charged,
            created_at=wire_time(task.created_at),
            started_at=wire_time_or_none(task.started_at),
            finished_at=wire_time_or_none(task.finished_at),
        )


class Started(Protocol):
    """What starting a run answers: its task, and whether an earlier call had started it."""

    @property
    def task(self) -> Task:
        """The run's task."""
        ...

    @property
    def replayed(self) -> bool:
        """Whether the key had started it before."""
        ...


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """What a completed task came to, for somebody who waited: where it is and how it looks."""

    location: str
    status: int = 201


Start = Callable[[], Awaitable[Started]]
Locate = Callable[[Task], Finished]
Show = Callable[[Task], Awaitable[Any]]
Known = Callable[[], Awaitable[Answer | None]]


async def nothing_known() -> Answer | None:
    """No answer without work: the usual case."""
    return None


class TaskAnswers:
    """Answers calls that start a task: 202 at once, or the outcome for those who wait."""

    def __init__(
        self, *, begin: Begin[Unit], answers: Answers, dispatch: Dispatch, events: Events
    ) -> None:
        self._begin = begin
        self._answers = answers
        self._dispatch = dispatch
        self._events = events

    async def start(
        self,
        asking: Asking,
        start: Start,
        *,
        wait_seconds: int,
        locate: Locate,
        show: Show,
        known: Known = nothing_known,
        show_known: Render | None = None,
    ) -> Response[Any]:
        """Start the task once per key and answer with it.

        Within `wait_seconds` a completed task answers as `locate` and `show` say, a failed one with
        its problem; else the answer is 202 with the task to follow. What is `known` without a task
        is answered as `show_known` says.
        """

        async def first() -> Answer:
            answer = await known()
            if answer is not None:
                return answer
            started = await start()
            task = started.task
            await self._dispatch(task.id)
            if wait_seconds:
                task = await self.wait(task, seconds=wait_seconds)
            return _answer(task, locate, is_replay=started.replayed)

        async def render(answer: Answer) -> Any:
            if show_known is not None and not (answer.subject or "").startswith(TASK):
                return await show_known(answer)
            task = await self._read(asking.owner, answer)
            if answer.status == 202:
                return TaskView.of(task)
            if answer.status >= 400:
                return _problem(task)
            return await show(task)

        headers = {"Preference-Applied": f"wait={wait_seconds}"} if wait_seconds else {}
        return await self._answers.once(asking, first=first, render=render, headers=headers)

    async def wait(self, task: Task, *, seconds: float) -> Task:
        """The task once it is in a final state, or as it stands after `seconds`."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while task.status not in FINAL and (left := until - loop.time()) > 0:
            await self._events.wait(task.owner, seconds=min(left, LOOK_AGAIN_SECONDS))
            async with self._begin() as unit:
                task = await unit.tasks.get(task.id) or task
        return task

    async def _read(self, owner: OwnerId, answer: Answer) -> Task:
        id = TaskId((answer.subject or "").removeprefix(TASK))
        async with self._begin() as unit:
            task = await unit.tasks.get(id)
        if task is None or task.owner != owner:
            raise NotFound("task", id)
        return task


async def in_unit(begin: Begin[Unit], effect: Callable[[Unit], Awaitable[T]]) -> T:
    """`effect` in one unit; once more where a call under the same key was faster."""
    try:
        async with begin() as unit:
            return await effect(unit)
    except KeyTaken:
        async with begin() as unit:
            return await effect(unit)


def task_location(id: str) -> str:
    """Where a task is read."""
    return f"{API}/tasks/{id}"


def located(task: Task) -> Finished:
    """Where a completed task says its result is (`location` of the result)."""
    location = (task.result or {}).get("location")
    return Finished(location=str(location or task_location(task.id)))


def _answer(task: Task, locate: Locate, *, is_replay: bool) -> Answer:
    subject = f"{TASK}{task.id}"
    if task.status == "completed":
        finished = locate(task)
        return Answer(
            status=finished.status,
            location=finished.location,
            subject=subject,
            is_replay=is_replay,
        )
    status = _problem(task).status if task.status == "failed" else 202
    return Answer(
        status=status, location=task_location(task.id), subject=subject, is_replay=is_replay
    )


def _problem(task: Task) -> Problem:
    error = task.error
    if error is None:
        return task_problem("internal_error", "", {})
    return task_problem(error.code, error.message, {**error.fields, "task_id": task.id})
