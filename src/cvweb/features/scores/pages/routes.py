"""Asking for a score by a form, and reading one."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OwnerId, random_id, request_key
from cvcore.plans import COSTS
from cvcore.unit import Begin
from cvcore.versions import Versions
from cvweb.features.scores.service import ScoreDesk
from cvweb.features.scores.wire import ScoreBody
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.http.frames import Form, Page, go, said
from cvweb.http.given import Given
from cvweb.http.keys import fingerprint
from cvweb.http.render import Frame, draw
from cvweb.ports import Dispatch, Unit

AnyRequest = Request[Any, Any, Any]


@post("/scores")
async def order(
    score_desk: Given[ScoreDesk],
    dispatch: Given[Dispatch],
    owner: OwnerId,
    form: Given[Form],
) -> Response[Any]:
    """Ask for a score; an equal one that stands already is shown at once, and free."""
    body, cv = ScoreBody(offer_id=form.text("offer")), CvId(form.text("cv"))
    if not body.offer_id:
        raise InvalidRequest([FieldProblem("offer", "choose an offer first")])
    equal = await score_desk.equal(owner, cv, body)
    if equal is not None:
        return go(f"/cvs/{cv}/scores/{equal.id}", said="known")
    started = await score_desk.request(
        owner,
        cv,
        body,
        key=request_key(form.text("key") or random_id()),
        fingerprint=fingerprint("POST", f"/scores/{cv}", msgspec.to_builtins(body)),
    )
    await dispatch(started.task.id)
    return go(f"/tasks/{started.task.id}")


@get("/cvs/{id:str}/scores/{score:str}")
async def show(
    request: AnyRequest,
    id: str,
    score: str,
    frame: Given[Frame],
    score_desk: Given[ScoreDesk],
    versions: Given[Versions],
    begin: Given[Begin[Unit]],
    owner: OwnerId,
) -> Page:
    """One score with its receipt."""
    kept = await versions.get(owner, CvId(id))
    record = await score_desk.read(owner, CvId(id), score)
    async with begin() as unit:
        offer = await unit.offers.get(owner, record.offer)
    facts = msgspec.to_builtins(record.score.receipt)
    return draw(
        "scores/pages/show.html",
        frame,
        flash=said(frame, request),
        cv=kept.record,
        score=record.score,
        version=record.version,
        created_at=record.created_at,
        offer_id=record.offer,
        offer_title=offer.offer.title if offer else None,
        has_offer=offer is not None,
        receipt=[(name, _shown(value)) for name, value in facts.items()],
        prices=COSTS,
        key=random_id(),
    )


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {weight}" for name, weight in value.items())
    return str(value)


ROUTES: list[ControllerRouterHandler] = [order, show]
