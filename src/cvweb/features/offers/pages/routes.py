"""One's offers, bringing one, and one as it was read."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.types import ControllerRouterHandler

from cvcore.ids import OfferId, OwnerId, random_id, request_key
from cvcore.plans import COSTS
from cvcore.unit import Begin
from cvcore.versions import Versions
from cvweb.features.offers.service import OfferDesk
from cvweb.features.offers.wire import OfferBody
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.http.frames import Form, Page, go, said
from cvweb.http.given import Given
from cvweb.http.keys import fingerprint
from cvweb.http.paging import Asked, page_of
from cvweb.http.rates import RateLimiter
from cvweb.http.render import Frame, draw
from cvweb.http.uploads import Upload
from cvweb.ports import Dispatch, Unit

CVS_SHOWN_MAX = 100
AnyRequest = Request[Any, Any, Any]


@get("/offers")
async def list_page(
    request: AnyRequest,
    frame: Given[Frame],
    begin: Given[Begin[Unit]],
    owner: OwnerId,
    asked: Given[Asked],
) -> Page:
    """One's offers, and the form to bring one."""
    before = None if asked.after is None else OfferId(asked.after)
    async with begin() as unit:
        found = await unit.offers.page(owner, limit=asked.limit + 1, before=before)
    shown = page_of(found, asked, name=lambda record: record.id, view=lambda record: record)
    return draw(
        "offers/pages/list.html",
        frame,
        flash=said(frame, request),
        offers=shown.items,
        next=shown.next,
        key=random_id(),
    )


@post("/offers")
async def bring(
    offer_desk: Given[OfferDesk],
    dispatch: Given[Dispatch],
    limiter: Given[RateLimiter],
    owner: OwnerId,
    form: Given[Form],
) -> Response[Any]:
    """Start reading what was brought: the file, else the pasted text, else the address."""
    brought = brought_by(form)
    limiter.take("upload" if isinstance(brought, Upload) else "fetch", owner)
    content = brought.digest() if isinstance(brought, Upload) else msgspec.to_builtins(brought)
    started = await offer_desk.request_reading(
        owner,
        brought,
        key=request_key(form.text("key") or random_id()),
        fingerprint=fingerprint("POST", "/offers", content),
    )
    await dispatch(started.task.id)
    return go(f"/tasks/{started.task.id}")


def brought_by(form: Form) -> Upload | OfferBody:
    """What the form brings.

    Raises:
        InvalidRequest: it is empty.
    """
    if form.file_name is not None:
        return Upload(name=form.file_name, data=form.file_data)
    if form.text("text"):
        return OfferBody(text=form.text("text"))
    if form.text("url"):
        return OfferBody(url=form.text("url"))
    raise InvalidRequest([FieldProblem("offer", "paste its text, give its address or a file")])


@get("/offers/{id:str}")
async def show(
    request: AnyRequest,
    id: str,
    frame: Given[Frame],
    offer_desk: Given[OfferDesk],
    versions: Given[Versions],
    owner: OwnerId,
) -> Page:
    """One offer as it was read, and the form to compare it with a CV."""
    record = await offer_desk.read(owner, OfferId(id))
    cvs = await versions.list(owner, limit=CVS_SHOWN_MAX)
    return draw(
        "offers/pages/show.html",
        frame,
        flash=said(frame, request),
        id=id,
        offer=record.offer,
        findings=record.findings,
        cvs=cvs,
        prices=COSTS,
        key=random_id(),
    )


@post("/offers/{id:str}/delete")
async def delete_offer(
    id: str, offer_desk: Given[OfferDesk], owner: OwnerId, form: Given[Form]
) -> Response[Any]:
    """Remove an offer."""
    del form  # reading it has checked its token
    await offer_desk.remove(owner, OfferId(id))
    return go("/offers", said="offer_removed")


ROUTES: list[ControllerRouterHandler] = [list_page, bring, show, delete_offer]
