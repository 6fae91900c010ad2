"""`/cvs` and their versions."""

from __future__ import annotations

from math import inf
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from cvcore.errors import NotFound
from cvcore.ids import CvId, OwnerId
from cvcore.runs import Started
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvcore.versions import Trash, Versions
from cvweb.features.cvs.answers import cv_response, tagged
from cvweb.features.cvs.history import scored_versions
from cvweb.features.cvs.service import CvDesk
from cvweb.features.cvs.variant_routes import ROUTES as VARIANTS
from cvweb.features.cvs.wire import (
    CvBody,
    CvSummary,
    CvView,
    DiffView,
    VersionSummary,
    VersionView,
)
from cvweb.http.border import NUMBER_MAX
from cvweb.http.errors import InvalidCursor
from cvweb.http.given import Given, IfMatch, KeyHeader, Prefer
from cvweb.http.keys import fingerprint, key_or_new, required_key
from cvweb.http.once import Answer, Answers, Asking
from cvweb.http.paging import Asked, Page, page_of
from cvweb.http.preconditions import version_wanted
from cvweb.http.prefer import wait_seconds
from cvweb.http.rates import RateLimiter
from cvweb.http.schema import CvOperation, replay_headers, starts_a_task
from cvweb.http.tasks import TaskAnswers, located
from cvweb.http.uploads import Upload, upload_or_json
from cvweb.ports import Unit

AnyRequest = Request[Any, Any, Any]
OWN_META = "meta.x-cvcore"


@get("/cvs")
async def list_cvs(
    versions: Given[Versions],
    trash: Given[Trash],
    owner: Given[OwnerId],
    asked: Given[Asked],
    is_trash: Annotated[bool, QueryParameter(name="trash")] = False,  # noqa: FBT002 - by name only
) -> Page[CvSummary]:
    """One's CVs, last changed first; with `trash=true` those in the trash, last deleted first."""
    before = None if asked.after is None else CvId(asked.after)
    kept = trash if is_trash else versions
    found = await kept.list(owner, limit=asked.limit + 1, before=before)
    return page_of(found, asked, name=lambda record: record.id, view=CvSummary.of)


@post(
    "/cvs",
    operation_class=CvOperation,
    responses=starts_a_task(CvView, "the CV"),
    response_headers=replay_headers(),
)
async def create_cv(
    *,
    request: AnyRequest,
    cv_desk: Given[CvDesk],
    versions: Given[Versions],
    answers: Given[Answers],
    task_answers: Given[TaskAnswers],
    limiter: Given[RateLimiter],
    owner: Given[OwnerId],
    key: KeyHeader = None,
    prefer: Prefer = None,
) -> Response[Any]:
    """Bring a CV: JSON `{filename, content}` is kept at once (201), a file is a task (202)."""
    brought = await upload_or_json(request, CvBody)
    path = request.url.path
    if isinstance(brought, CvBody):
        print_ = fingerprint("POST", path, msgspec.to_builtins(brought))
        asking = Asking(owner=owner, key=key_or_new(key), fingerprint=print_)
        return await _typed(asking, brought, cv_desk, versions, answers)
    limiter.take("upload", owner)
    asking = Asking(
        owner=owner,
        key=required_key(key),
        fingerprint=fingerprint("POST", path, brought.digest()),
    )
    seconds = wait_seconds(prefer)
    return await _uploaded(asking, brought, cv_desk, versions, task_answers, seconds=seconds)


@get("/cvs/{id:str}")
async def read_cv(
    id: FromPath[str], versions: Given[Versions], owner: Given[OwnerId]
) -> Response[CvView]:
    """A CV at its newest version; `ETag` is what `If-Match` compares."""
    return cv_response(await versions.get(owner, CvId(id)))


@patch("/cvs/{id:str}")
async def edit_cv(
    id: FromPath[str],
    data: JSONBody[list[dict[str, Any]]],
    cv_desk: Given[CvDesk],
    owner: Given[OwnerId],
    if_match: IfMatch = None,
) -> Response[CvView]:
    """Change a CV by JSON Patch, made against the version in `If-Match`; 412 when that is stale."""
    seen = version_wanted(if_match)
    return cv_response(await cv_desk.edit(owner, CvId(id), data, seen=seen))


@delete("/cvs/{id:str}")
async def delete_cv(id: FromPath[str], versions: Given[Versions], owner: Given[OwnerId]) -> None:
    """Put a CV in the trash; `/cvs/{id}/undelete` takes it out again."""
    await versions.delete(owner, CvId(id))


@post("/cvs/{id:str}/undelete", status_code=200)
async def undelete_cv(
    id: FromPath[str], trash: Given[Trash], owner: Given[OwnerId]
) -> Response[CvView]:
    """Take a CV out of the trash, whole, under its name or the next free one."""
    return cv_response(await trash.undelete(owner, CvId(id)))


@get("/cvs/{id:str}/versions")
async def list_versions(
    id: FromPath[str],
    versions: Given[Versions],
    begin: Given[Begin[Unit]],
    owner: Given[OwnerId],
    asked: Given[Asked],
) -> Page[VersionSummary]:
    """The CV's versions, newest first, each with the newest score it had."""
    last = number_of(asked.after)
    every = await scored_versions(begin, versions, owner, CvId(id))
    found = [info for info in every if info.number < last]
    return page_of(found, asked, name=lambda info: str(info.number), view=VersionSummary.of)


@get("/cvs/{id:str}/versions/{number:int}")
async def read_version(
    id: FromPath[str],
    number: FromPath[int],
    versions: Given[Versions],
    begin: Given[Begin[Unit]],
    owner: Given[OwnerId],
) -> VersionView:
    """One version with its document."""
    found = await scored_versions(begin, versions, owner, CvId(id))
    info = next((info for info in found if info.number == number), None)
    if info is None:
        raise NotFound("version", str(number))
    return VersionView.whole(info, await versions.content(owner, CvId(id), number))


@post("/cvs/{id:str}/versions/{number:int}/restore")
async def restore_version(
    id: FromPath[str],
    number: FromPath[int],
    versions: Given[Versions],
    owner: Given[OwnerId],
    if_match: IfMatch = None,
) -> Response[CvView]:
    """Make the CV again what it was then, as a new version; nothing is taken away."""
    seen = None if if_match is None else version_wanted(if_match)
    kept = await versions.restore(owner, CvId(id), number, seen=seen)
    response = cv_response(kept, status_code=201)
    response.set_header("Location", f"/api/v1/cvs/{id}/versions/{kept.record.version}")
    return response


@get("/cvs/{id:str}/diff")
async def diff_versions(
    id: FromPath[str],
    versions: Given[Versions],
    owner: Given[OwnerId],
    from_: Annotated[int, QueryParameter(name="from", ge=1, le=NUMBER_MAX)],
    to: Annotated[int, QueryParameter(name="to", ge=1, le=NUMBER_MAX)],
) -> DiffView:
    """What makes version `to` of version `from`; what only machines read is left out."""
    changes = await versions.diff(owner, CvId(id), from_, to)
    shown = tuple(each for each in changes if not each.path.startswith(OWN_META))
    return DiffView(from_version=from_, to_version=to, changes=shown)


def number_of(cursor: str | None) -> float:
    """The version number in a cursor; without one, above all there are."""
    if cursor is None:
        return inf
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 9):
        raise InvalidCursor
    return int(cursor)


async def _typed(
    asking: Asking, body: CvBody, desk: CvDesk, versions: Versions, answers: Answers
) -> Response[Any]:
    cv = desk.read(body)

    async def keep(unit: Unit) -> Answer:
        record = await desk.create_within(
            unit, asking.owner, filename=body.filename, cv=cv, key=asking.key
        )
        return Answer(status=201, location=f"/api/v1/cvs/{record.id}", subject=f"cv:{record.id}")

    async def render(answer: Answer) -> CvView:
        id = CvId((answer.subject or "").removeprefix("cv:"))
        kept = await versions.get(asking.owner, id)
        return CvView.whole(kept.record, kept.cv)

    return tagged(await answers.together(asking, effect=keep, render=render))


async def _uploaded(
    asking: Asking,
    upload: Upload,
    desk: CvDesk,
    versions: Versions,
    task_answers: TaskAnswers,
    *,
    seconds: int,
) -> Response[Any]:
    async def start() -> Started:
        return await desk.request_import(
            asking.owner, upload, key=asking.key, fingerprint=asking.fingerprint
        )

    async def show(task: Task) -> CvView:
        kept = await versions.get(asking.owner, CvId(str((task.result or {}).get("cvId"))))
        return CvView.whole(kept.record, kept.cv)

    response = await task_answers.start(
        asking, start, wait_seconds=seconds, locate=located, show=show
    )
    return tagged(response)


ROUTES: list[ControllerRouterHandler] = [
    list_cvs,
    create_cv,
    read_cv,
    edit_cv,
    delete_cv,
    undelete_cv,
    list_versions,
    read_version,
    restore_version,
    diff_versions,
    *VARIANTS,
]
