"""Asking for an export by a form, and downloading it."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OwnerId, random_id, request_key
from cvweb.features.exports.routes import attachment, media_type_of
from cvweb.features.exports.service import ExportDesk
from cvweb.features.exports.wire import ExportBody
from cvweb.http.frames import Form, go
from cvweb.http.given import Given
from cvweb.http.keys import fingerprint
from cvweb.http.uploads import read_as
from cvweb.ports import Dispatch


@post("/exports")
async def order(
    export_desk: Given[ExportDesk],
    dispatch: Given[Dispatch],
    owner: OwnerId,
    form: Given[Form],
) -> Response[Any]:
    """Start making the file; its task's page follows."""
    wanted = {"format": form.text("format"), "template": form.text("template") or None}
    body = read_as(msgspec.json.encode(wanted), ExportBody)
    cv = CvId(form.text("cv"))
    started = await export_desk.request(
        owner,
        cv,
        body,
        key=request_key(form.text("key") or random_id()),
        fingerprint=fingerprint("POST", f"/exports/{cv}", msgspec.to_builtins(body)),
    )
    await dispatch(started.task.id)
    return go(f"/tasks/{started.task.id}")


@get("/exports/{id:str}/file")
async def download(id: str, export_desk: Given[ExportDesk], owner: OwnerId) -> Response[bytes]:
    """The file, to keep."""
    export, data = await export_desk.data(owner, id)
    headers = {"Content-Disposition": attachment(export.file_name), "Cache-Control": "private"}
    return Response(data, media_type=media_type_of(export), headers=headers)


ROUTES: list[ControllerRouterHandler] = [order, download]
