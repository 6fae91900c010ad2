"""One's CVs, one CV, its versions."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.types import ControllerRouterHandler

from cvcore.errors import NotFound
from cvcore.ids import CvId, OwnerId, random_id, request_key
from cvcore.plans import COSTS
from cvcore.unit import Begin
from cvcore.versions import Versions
from cvcore.versions.model import Change
from cvcore.versions.ports import CvRecord
from cvweb.features.cvs.history import scored_versions
from cvweb.features.cvs.pages.document import document_view
from cvweb.features.cvs.pages.trash import ROUTES as TRASH
from cvweb.features.cvs.pages.variants import ROUTES as VARIANTS
from cvweb.features.cvs.pages.variants import base_of
from cvweb.features.cvs.service import CvDesk
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.http.frames import Form, Page, go, said
from cvweb.http.given import Given
from cvweb.http.keys import fingerprint
from cvweb.http.paging import Asked, page_of
from cvweb.http.rates import RateLimiter
from cvweb.http.render import Frame, draw, place
from cvweb.http.uploads import Upload
from cvweb.http.words import sides_of, words_of
from cvweb.ports import Dispatch, Unit
from cvweb.settings import Settings

OFFERS_SHOWN_MAX = 100
SCORES_SHOWN_MAX = 30
TEMPLATES = ("classic", "modern", "compact")
AnyRequest = Request[Any, Any, Any]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A CV in the list, with its newest score."""

    id: str
    filename: str
    version: int
    updated_at: Any
    base: str | None
    score: int | None


@get("/cvs")
async def list_page(
    request: AnyRequest,
    frame: Given[Frame],
    versions: Given[Versions],
    begin: Given[Begin[Unit]],
    settings: Given[Settings],
    owner: OwnerId,
    asked: Given[Asked],
) -> Page:
    """One's CVs, and the form to add one."""
    before = None if asked.after is None else CvId(asked.after)
    found = await versions.list(owner, limit=asked.limit + 1, before=before)
    shown = page_of(found, asked, name=lambda record: record.id, view=lambda record: record)
    async with begin() as unit:
        rows = [await _row(unit, owner, record) for record in shown.items]
    return draw(
        "cvs/pages/list.html",
        frame,
        flash=said(frame, request),
        cvs=rows,
        next=shown.next,
        key=random_id(),
        upload_megabytes=settings.upload_bytes_max // 1_000_000,
        price=COSTS["import_pdf"],
    )


@post("/cvs")
async def add(
    cv_desk: Given[CvDesk],
    dispatch: Given[Dispatch],
    limiter: Given[RateLimiter],
    owner: OwnerId,
    form: Given[Form],
) -> Response[Any]:
    """Start reading the chosen file; its task's page follows."""
    limiter.take("upload", owner)
    if form.file_name is None:
        raise InvalidRequest([FieldProblem("file", "choose a file first")])
    upload = Upload(name=form.file_name, data=form.file_data)
    started = await cv_desk.request_import(
        owner,
        upload,
        key=request_key(form.text("key") or random_id()),
        fingerprint=fingerprint("POST", "/cvs", upload.digest()),
    )
    await dispatch(started.task.id)
    return go(f"/tasks/{started.task.id}")


@get("/cvs/{id:str}")
async def show(
    request: AnyRequest,
    id: str,
    frame: Given[Frame],
    versions: Given[Versions],
    begin: Given[Begin[Unit]],
    owner: OwnerId,
) -> Page:
    """One CV: the document, and all that can be done with it."""
    kept = await versions.get(owner, CvId(id))
    async with begin() as unit:
        offers = await unit.offers.page(owner, limit=OFFERS_SHOWN_MAX, before=None)
        scores = await unit.scores.of_cv(owner, CvId(id), limit=SCORES_SHOWN_MAX)
        pending = await unit.proposals.of_cv(CvId(id), state="pending")
        exports = await unit.exports.of_cv(owner, CvId(id), limit=5)
        base = await base_of(unit, kept.record)
    titles = {record.id: record.offer.title for record in offers}
    return draw(
        "cvs/pages/show.html",
        frame,
        flash=said(frame, request),
        cv=kept.record,
        base=base,
        document_of=document_view(kept.cv),
        pending=sum(one.proposal.verdict == "supported" for one in pending),
        offers=[
            {"id": one.id, "title": one.offer.title, "company": one.offer.company}
            for one in offers
            if one.offer.status == "open"
        ],
        scores=[
            {
                "id": one.id,
                "offer_title": titles.get(one.offer),
                "version": one.version,
                "created_at": one.created_at,
                "value": one.score.value,
            }
            for one in scores[:5]
        ],
        trend=[one.score.value for one in reversed(scores) if one.score.value is not None],
        exports=[
            {"id": one.id, "filename": one.file_name, "version": one.version} for one in exports
        ],
        findings=[],
        templates=TEMPLATES,
        prices=COSTS,
        key=random_id(),
    )


@get("/cvs/{id:str}/versions")
async def versions_page(
    request: AnyRequest,
    id: str,
    frame: Given[Frame],
    versions: Given[Versions],
    begin: Given[Begin[Unit]],
    owner: OwnerId,
) -> Page:
    """The CV's versions, newest first, each with its score, to read, compare and restore."""
    kept = await versions.get(owner, CvId(id))
    found = await scored_versions(begin, versions, owner, CvId(id))
    trend = [info.score for info in reversed(found) if info.score is not None]
    flash = said(frame, request)
    return draw(
        "cvs/pages/versions.html", frame, flash=flash, cv=kept.record, versions=found, trend=trend
    )


@get("/cvs/{id:str}/versions/{number:int}")
async def version_page(
    id: str, number: int, frame: Given[Frame], versions: Given[Versions], owner: OwnerId
) -> Page:
    """One version, to read."""
    kept = await versions.get(owner, CvId(id))
    cv = await versions.content(owner, CvId(id), number)
    return draw(
        "cvs/pages/version.html",
        frame,
        cv=kept.record,
        number=number,
        document_of=document_view(cv),
    )


@get("/cvs/{id:str}/diff")
async def diff_page(
    request: AnyRequest, id: str, frame: Given[Frame], versions: Given[Versions], owner: OwnerId
) -> Page:
    """What changed from one version to another, word by word."""
    first, second = _number(request, "from"), _number(request, "to")
    kept = await versions.get(owner, CvId(id))
    changes = await versions.diff(owner, CvId(id), first, second)
    return draw(
        "cvs/pages/diff.html",
        frame,
        cv=kept.record,
        first=first,
        second=second,
        changes=[_shown(frame, one) for one in changes if not one.path.startswith("meta.")],
    )


@post("/cvs/{id:str}/versions/{number:int}/restore")
async def restore(
    id: str, number: int, versions: Given[Versions], owner: OwnerId, form: Given[Form]
) -> Response[Any]:
    """Make the CV again what it was then, as a new version."""
    del form  # reading it has checked its token
    kept = await versions.restore(owner, CvId(id), number)
    return go(f"/cvs/{id}/versions", said="restored", n=kept.record.version)


async def _row(unit: Unit, owner: OwnerId, record: CvRecord) -> Row:
    scores = await unit.scores.of_cv(owner, record.id, limit=1)
    return Row(
        id=record.id,
        filename=record.filename,
        version=record.version,
        updated_at=record.updated_at,
        base=record.base,
        score=scores[0].score.value if scores else None,
    )


def _number(request: AnyRequest, name: str) -> int:
    text = str(request.query_params.get(name, ""))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotFound("version", text)
    return int(text)


def _shown(frame: Frame, change: Change) -> dict[str, Any]:
    words = words_of(change.before, change.after, is_move=change.kind == "moved")
    return {
        "where": place(change.path, frame.t),
        "kind": change.kind,
        "words": words,
        "sides": sides_of(words),
    }


ROUTES: list[ControllerRouterHandler] = [
    list_page,
    add,
    show,
    versions_page,
    version_page,
    diff_page,
    restore,
    *TRASH,
    *VARIANTS,
]
