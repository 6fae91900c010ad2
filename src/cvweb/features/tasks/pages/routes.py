"""One's tasks, the progress of one, and calling it off."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.types import ControllerRouterHandler

from cvcore.errors import NotFound
from cvcore.ids import OwnerId, TaskId
from cvcore.runs import Runs
from cvcore.tasks.model import FINAL, Task
from cvcore.unit import Begin
from cvweb.http.frames import Form, Page, go, said
from cvweb.http.given import Given
from cvweb.http.paging import Asked, page_of
from cvweb.http.render import Frame, draw
from cvweb.http.texts import Translate, catalogue, failure, names_in
from cvweb.ports import Unit

AnyRequest = Request[Any, Any, Any]


@get("/tasks")
async def list_page(
    request: AnyRequest,
    frame: Given[Frame],
    begin: Given[Begin[Unit]],
    owner: OwnerId,
    asked: Given[Asked],
) -> Page:
    """One's tasks, newest first."""
    before = None if asked.after is None else TaskId(asked.after)
    async with begin() as unit:
        found = await unit.tasks.page(owner, limit=asked.limit + 1, before=before)
    shown = page_of(found, asked, name=lambda task: task.id, view=lambda task: task)
    flash = said(frame, request)
    rows = [(task, title_of(task, frame.t)) for task in shown.items]
    return draw("tasks/pages/list.html", frame, flash=flash, tasks=rows, next=shown.next)


@get("/tasks/{id:str}")
async def show(
    request: AnyRequest, id: str, frame: Given[Frame], begin: Given[Begin[Unit]], owner: OwnerId
) -> Response[Any]:
    """Where a task stands; once it is done, on to what it came to."""
    async with begin() as unit:
        task = await unit.tasks.get(TaskId(id))
    if task is None or task.owner != owner:
        raise NotFound("task", id)
    following = result_page(task)
    if task.status == "completed" and following and "stay" not in request.query_params:
        return go(following)
    return draw(
        "tasks/pages/show.html",
        frame,
        task=task,
        is_over=task.status in FINAL,
        next=following,
        title=title_of(task, frame.t),
        problem=failure(frame.t, task.error.code, task.error.message) if task.error else None,
        steps=step_names(frame.t),
    )


@post("/tasks/{id:str}/cancel")
async def cancel(id: str, runs: Given[Runs], owner: OwnerId, form: Given[Form]) -> Response[Any]:
    """Call a task off."""
    del form  # reading it has checked its token
    await runs.cancel(owner, TaskId(id))
    return go("/tasks", said="cancelled")


def title_of(task: Task, t: Translate) -> str:
    """What a task is, in words."""
    name = str(task.payload.get("name") or task.payload.get("filename") or "")
    if f"task.{task.type}" not in catalogue():
        return task.title
    return t(f"task.{task.type}", name=name).strip()


def step_names(t: Translate) -> dict[str, str]:
    """The steps that tasks go through, by their English name in lower case, in words."""
    return {name.replace("_", " "): t(f"step.{name}") for name in names_in("step")}


def result_page(task: Task) -> str | None:
    """The page that shows what a task came to; None where there is none."""
    result = task.result or {}
    cv = result.get("cvId") or task.payload.get("cv")
    match task.type:
        case "import_cv":
            return f"/cvs/{result['cvId']}" if "cvId" in result else None
        case "read_offer":
            return f"/offers/{result['offerId']}" if "offerId" in result else None
        case "score":
            return f"/cvs/{cv}/scores/{result['scoreId']}" if "scoreId" in result else None
        case "tailor":
            return f"/cvs/{cv}/review"
        case _:
            return f"/cvs/{cv}" if cv else None


ROUTES: list[ControllerRouterHandler] = [list_page, show, cancel]
