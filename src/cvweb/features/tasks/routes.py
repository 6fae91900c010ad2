"""`/tasks` and `/events`."""

from __future__ import annotations

from litestar import get, post
from litestar.params import FromPath
from litestar.response import ServerSentEvent
from litestar.types import ControllerRouterHandler

from cvcore.ids import OwnerId, TaskId
from cvcore.unit import Begin
from cvweb.features.tasks.service import TaskDesk
from cvweb.http.given import Given, LastEventId
from cvweb.http.paging import Asked, Page, page_of
from cvweb.http.streams import Streams
from cvweb.http.tasks import TaskView
from cvweb.ports import Unit


@get("/tasks")
async def list_tasks(
    begin: Given[Begin[Unit]], owner: Given[OwnerId], asked: Given[Asked]
) -> Page[TaskView]:
    """One's tasks, newest first."""
    before = None if asked.after is None else TaskId(asked.after)
    async with begin() as unit:
        found = await unit.tasks.page(owner, limit=asked.limit + 1, before=before)
    return page_of(found, asked, name=lambda task: task.id, view=TaskView.of)


@get("/tasks/{id:str}")
async def read_task(
    id: FromPath[str], task_desk: Given[TaskDesk], owner: Given[OwnerId]
) -> TaskView:
    """Where a task stands and what it came to."""
    return TaskView.of(await task_desk.read(owner, TaskId(id)))


@post("/tasks/{id:str}/cancel", status_code=200)
async def cancel_task(
    id: FromPath[str], task_desk: Given[TaskDesk], owner: Given[OwnerId]
) -> TaskView:
    """Call a task off: it costs nothing. One that has ended stays as it is, 409."""
    return TaskView.of(await task_desk.cancel(owner, TaskId(id)))


@get("/events")
async def follow_events(
    streams: Given[Streams],
    owner: Given[OwnerId],
    last_event_id: LastEventId = None,
) -> ServerSentEvent:
    """What happens to one's things, as it happens (`text/event-stream`)."""
    return await streams.open(owner, last_id=last_event_id)


ROUTES: list[ControllerRouterHandler] = [list_tasks, read_task, cancel_task, follow_events]
