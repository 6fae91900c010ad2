"""`/cvs/{id}/exports` and `/exports`."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OwnerId
from cvcore.runs import Started
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvcore.versions import Versions
from cvweb.features.exports.service import ExportDesk
from cvweb.features.exports.wire import ExportBody, ExportView
from cvweb.http.given import Given, KeyHeader, Prefer
from cvweb.http.keys import fingerprint, required_key
from cvweb.http.once import Asking
from cvweb.http.paging import Page
from cvweb.http.prefer import wait_seconds
from cvweb.http.schema import replay_headers, starts_a_task
from cvweb.http.tasks import TaskAnswers, located
from cvweb.ports import ExportRecord, Unit

AnyRequest = Request[Any, Any, Any]


@post(
    "/cvs/{id:str}/exports",
    responses=starts_a_task(ExportView, "the export"),
    response_headers=replay_headers(),
)
async def make_export(
    *,
    request: AnyRequest,
    id: FromPath[str],
    data: JSONBody[ExportBody],
    export_desk: Given[ExportDesk],
    task_answers: Given[TaskAnswers],
    owner: Given[OwnerId],
    key: KeyHeader = None,
    prefer: Prefer = None,
) -> Response[Any]:
    """Make a file of a version: a task (202), or the export itself for those who wait (201)."""
    asking = Asking(
        owner=owner,
        key=required_key(key),
        fingerprint=fingerprint("POST", request.url.path, msgspec.to_builtins(data)),
    )

    async def start() -> Started:
        return await export_desk.request(
            owner, CvId(id), data, key=asking.key, fingerprint=asking.fingerprint
        )

    async def show(task: Task) -> ExportView:
        made = str((task.result or {}).get("exportId"))
        return ExportView.of(await export_desk.read(owner, made))

    return await task_answers.start(
        asking, start, wait_seconds=wait_seconds(prefer), locate=located, show=show
    )


@get("/cvs/{id:str}/exports")
async def list_exports(
    id: FromPath[str], begin: Given[Begin[Unit]], versions: Given[Versions], owner: Given[OwnerId]
) -> Page[ExportView]:
    """The last 50 exports of a CV, newest first."""
    await versions.get(owner, CvId(id))
    async with begin() as unit:
        found = await unit.exports.of_cv(owner, CvId(id), limit=50)
    return Page([ExportView.of(export) for export in found])


@get("/exports/{id:str}")
async def read_export(
    id: FromPath[str], export_desk: Given[ExportDesk], owner: Given[OwnerId]
) -> ExportView:
    """An export: of which version, for which offer, with the hash of its file."""
    return ExportView.of(await export_desk.read(owner, id))


@get("/exports/{id:str}/file")
async def download_export(
    id: FromPath[str], export_desk: Given[ExportDesk], owner: Given[OwnerId]
) -> Response[bytes]:
    """The file, the same bytes for ever; downloading it again is free."""
    export, data = await export_desk.data(owner, id)
    return Response(
        data,
        media_type=media_type_of(export),
        headers={
            "Content-Disposition": attachment(export.file_name),
            "ETag": f'"{export.sha256}"',
            "Cache-Control": "no-store",
        },
    )


def media_type_of(export: ExportRecord) -> str:
    """The type of a file without its charset, which every text is sent with."""
    return export.media_type.partition(";")[0]


def attachment(name: str) -> str:
    """`Content-Disposition` for a file of any name (RFC 6266).

    >>> attachment("résumé.pdf")
    'attachment; filename="r_sum_.pdf"; filename*=UTF-8\\'\\'r%C3%A9sum%C3%A9.pdf'
    """
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


ROUTES: list[ControllerRouterHandler] = [make_export, list_exports, read_export, download_export]
