"""`/cvs/{id}/scores`."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OfferId, OwnerId
from cvcore.runs import Started
from cvcore.scoring.ports import ScoreRecord
from cvcore.tasks.model import Task
from cvweb.features.scores.service import ScoreDesk
from cvweb.features.scores.wire import ScoreBody, ScoreView
from cvweb.http.given import Given, KeyHeader, OfferQuery, Prefer
from cvweb.http.keys import fingerprint, required_key
from cvweb.http.once import Answer, Asking
from cvweb.http.paging import Page
from cvweb.http.prefer import wait_seconds
from cvweb.http.schema import replay_headers, starts_a_task
from cvweb.http.tasks import TaskAnswers, located

AnyRequest = Request[Any, Any, Any]
SCORES_MAX = 200


@post(
    "/cvs/{id:str}/scores",
    responses={
        200: ResponseSpec(ScoreView, description="the equal score that stands already, free"),
        **starts_a_task(ScoreView, "the score"),
    },
    response_headers=replay_headers(),
)
async def request_score(
    *,
    request: AnyRequest,
    id: FromPath[str],
    data: JSONBody[ScoreBody],
    score_desk: Given[ScoreDesk],
    task_answers: Given[TaskAnswers],
    owner: Given[OwnerId],
    key: KeyHeader = None,
    prefer: Prefer = None,
) -> Response[Any]:
    """Ask for a score: a task (202), or the score itself for those who wait (201).

    Where an equal one stands already it is the answer (200), free, `isFree` true.
    """
    asking = Asking(
        owner=owner,
        key=required_key(key),
        fingerprint=fingerprint("POST", request.url.path, msgspec.to_builtins(data)),
    )
    cv = CvId(id)

    async def start() -> Started:
        return await score_desk.request(
            owner, cv, data, key=asking.key, fingerprint=asking.fingerprint
        )

    async def known() -> Answer | None:
        equal = await score_desk.equal(owner, cv, data)
        if equal is None:
            return None
        subject = f"score:{equal.cv}:{equal.id}"
        return Answer(status=200, location=location_of(equal), subject=subject)

    async def show(task: Task) -> ScoreView:
        made = str((task.result or {}).get("scoreId"))
        return ScoreView.whole(await score_desk.read(owner, cv, made))

    async def show_known(answer: Answer) -> ScoreView:
        _, of_cv, made = (answer.subject or "::").split(":")
        record = await score_desk.read(owner, CvId(of_cv), made)
        return ScoreView.whole(record, is_free=True)

    return await task_answers.start(
        asking,
        start,
        wait_seconds=wait_seconds(prefer),
        locate=located,
        show=show,
        known=known,
        show_known=show_known,
    )


@get("/cvs/{id:str}/scores")
async def list_scores(
    id: FromPath[str],
    score_desk: Given[ScoreDesk],
    owner: Given[OwnerId],
    offer: OfferQuery = None,
    limit: Annotated[int, QueryParameter(ge=1, le=SCORES_MAX)] = 50,
) -> Page[ScoreView]:
    """The last scores of a CV, newest first; `?offerId=` for one offer."""
    wanted = None if offer is None else OfferId(offer)
    found = await score_desk.of_cv(owner, CvId(id), offer=wanted, limit=limit)
    return Page([ScoreView.whole(record) for record in found])


@get("/cvs/{id:str}/scores/latest")
async def latest_score(
    id: FromPath[str],
    score_desk: Given[ScoreDesk],
    owner: Given[OwnerId],
    offer: OfferQuery = None,
) -> ScoreView:
    """The newest score of a CV; `?offerId=` for one offer."""
    wanted = None if offer is None else OfferId(offer)
    return ScoreView.whole(await score_desk.latest(owner, CvId(id), offer=wanted))


@get("/cvs/{id:str}/scores/{score:str}")
async def read_score(
    id: FromPath[str], score: FromPath[str], score_desk: Given[ScoreDesk], owner: Given[OwnerId]
) -> ScoreView:
    """One score; scores are history and never change."""
    return ScoreView.whole(await score_desk.read(owner, CvId(id), score))


def location_of(record: ScoreRecord) -> str:
    """Where a score is read."""
    return f"/api/v1/cvs/{record.cv}/scores/{record.id}"


ROUTES: list[ControllerRouterHandler] = [request_score, list_scores, latest_score, read_score]
