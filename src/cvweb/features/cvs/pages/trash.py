"""The trash as a page, and the ways into it and out."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OwnerId
from cvcore.versions import Trash, Versions
from cvweb.http.frames import Form, Page, go, said
from cvweb.http.given import Given
from cvweb.http.paging import Asked, page_of
from cvweb.http.render import Frame, draw
from cvweb.settings import Settings


@get("/trash")
async def trash_page(
    request: Request[Any, Any, Any],
    frame: Given[Frame],
    trash: Given[Trash],
    settings: Given[Settings],
    owner: OwnerId,
    asked: Given[Asked],
) -> Page:
    """One's deleted CVs, each to be had back."""
    before = None if asked.after is None else CvId(asked.after)
    found = await trash.list(owner, limit=asked.limit + 1, before=before)
    shown = page_of(found, asked, name=lambda record: record.id, view=lambda record: record)
    return draw(
        "cvs/pages/trash.html",
        frame,
        flash=said(frame, request),
        cvs=shown.items,
        next=shown.next,
        days=settings.trash_days_max,
    )


@post("/cvs/{id:str}/delete")
async def delete_cv(
    id: str, versions: Given[Versions], owner: OwnerId, form: Given[Form]
) -> Response[Any]:
    """Put a CV in the trash; the page that follows can take it out again."""
    del form  # reading it has checked its token
    await versions.delete(owner, CvId(id))
    return go("/trash", said="removed")


@post("/cvs/{id:str}/undelete")
async def undelete_cv(
    id: str, trash: Given[Trash], owner: OwnerId, form: Given[Form]
) -> Response[Any]:
    """Take a CV out of the trash."""
    del form  # reading it has checked its token
    await trash.undelete(owner, CvId(id))
    return go(f"/cvs/{id}", said="undeleted")


ROUTES: list[ControllerRouterHandler] = [trash_page, delete_cv, undelete_cv]
