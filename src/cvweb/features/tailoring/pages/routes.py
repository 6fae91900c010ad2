"""Asking for proposals by a form, and reviewing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, cast

import msgspec
from litestar import Request, Response, get, post
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OwnerId, TaskId, random_id, request_key
from cvcore.unit import Begin
from cvcore.versions import Decision, StoredProposal, Versions
from cvweb.features.tailoring.service import TailoringDesk
from cvweb.features.tailoring.wire import ReviewBody, TailoringBody
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.http.frames import Form, Page, go, said
from cvweb.http.given import Given
from cvweb.http.keys import fingerprint
from cvweb.http.render import Frame, draw
from cvweb.http.words import Words, words_of
from cvweb.ports import Dispatch, Unit

AnyRequest = Request[Any, Any, Any]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as the page shows it."""

    id: str
    path: str
    op: str
    state: str
    verdict: str
    reason: str
    words: Words
    citations: tuple[Any, ...]
    refusals: tuple[Any, ...]
    is_text: bool
    after: Any


@post("/tailorings")
async def order(
    tailoring_desk: Given[TailoringDesk],
    dispatch: Given[Dispatch],
    owner: OwnerId,
    form: Given[Form],
) -> Response[Any]:
    """Ask for proposals; the task's page follows."""
    body, cv = TailoringBody(offer_id=form.text("offer")), CvId(form.text("cv"))
    if not body.offer_id:
        raise InvalidRequest([FieldProblem("offer", "choose an offer first")])
    started = await tailoring_desk.request(
        owner,
        cv,
        body,
        key=request_key(form.text("key") or random_id()),
        fingerprint=fingerprint("POST", f"/tailorings/{cv}", msgspec.to_builtins(body)),
    )
    await dispatch(started.task.id)
    return go(f"/tasks/{started.task.id}")


@get("/cvs/{id:str}/review")
async def show(
    request: AnyRequest,
    id: str,
    frame: Given[Frame],
    tailoring_desk: Given[TailoringDesk],
    versions: Given[Versions],
    begin: Given[Begin[Unit]],
    owner: OwnerId,
) -> Page:
    """The newest tailoring's proposals, one under the other."""
    kept = await versions.get(owner, CvId(id))
    newest = _newest(await tailoring_desk.proposals(owner, CvId(id)))
    before, after = await _scores(begin, newest[0].task) if newest else (None, None)
    return draw(
        "tailoring/pages/review.html",
        frame,
        flash=said(frame, request),
        cv=kept.record,
        before=before,
        after=after,
        proposals=[_shown(stored) for stored in newest],
        pending=sum(_is_open(stored) for stored in newest),
    )


@post("/cvs/{id:str}/review")
async def decide(
    id: str, tailoring_desk: Given[TailoringDesk], owner: OwnerId, form: Given[Form]
) -> Response[Any]:
    """Carry out what the person decided, of one proposal or of all that are open."""
    action = form.text("action")
    if action not in {"accept", "reject", "edit"}:
        raise InvalidRequest([FieldProblem("action", "must be accept, reject or edit")])
    chosen = cast("Literal['accept', 'reject', 'edit']", action)
    decisions = await _decisions(tailoring_desk, owner, CvId(id), form, chosen)
    if not decisions:
        return go(f"/cvs/{id}/review", said="conflict")
    ReviewBody(decisions=decisions).check()
    outcome = await tailoring_desk.review(owner, CvId(id), decisions)
    states = {result.state for result in outcome.results}
    anchor = f"p-{form.text('id')}" if form.text("id") else ""
    if "conflict" in states:
        return go(f"/cvs/{id}/review", anchor=anchor, said="conflict")
    if states == {"rejected"}:
        return go(f"/cvs/{id}/review", anchor=anchor, said="rejected")
    return go(f"/cvs/{id}/review", anchor=anchor, said="saved", n=outcome.version)


async def _decisions(
    desk: TailoringDesk,
    owner: OwnerId,
    cv: CvId,
    form: Form,
    action: Literal["accept", "reject", "edit"],
) -> list[Decision]:
    if form.text("all"):
        newest = _newest(await desk.proposals(owner, cv))
        return [Decision(id=one.proposal.id, action=action) for one in newest if _is_open(one)]
    value = form.text("value") if action == "edit" else None
    attest = form.text("attest") == "yes"
    return [Decision(id=form.text("id"), action=action, value=value, attest=attest)]


def _newest(found: Sequence[StoredProposal]) -> list[StoredProposal]:
    return [stored for stored in found if stored.task == found[0].task]


def _is_open(stored: StoredProposal) -> bool:
    return stored.proposal.state == "pending" and stored.proposal.verdict == "supported"


async def _scores(begin: Begin[Unit], id: TaskId) -> tuple[int | None, int | None]:
    async with begin() as unit:
        task = await unit.tasks.get(id)
    result = (task.result if task else None) or {}
    return result.get("scoreBefore"), result.get("scoreAfter")


def _shown(stored: StoredProposal) -> Shown:
    one = stored.proposal
    return Shown(
        id=one.id,
        path=one.path,
        op=one.op,
        state=one.state,
        verdict=one.verdict,
        reason=one.reason,
        words=words_of(one.before, one.after, is_move=one.op == "move"),
        citations=one.citations,
        refusals=one.refusals,
        is_text=isinstance(one.after, str),
        after=one.after,
    )


ROUTES: list[ControllerRouterHandler] = [order, show, decide]
