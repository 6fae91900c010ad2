"""`/cvs/{id}/tailorings`, `/cvs/{id}/proposals` and `/cvs/{id}/reviews`."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OwnerId, TaskId
from cvcore.runs import Started
from cvcore.tasks.model import Task
from cvweb.features.tailoring.service import TailoringDesk
from cvweb.features.tailoring.wire import ProposalView, ReviewBody, ReviewView, TailoringBody
from cvweb.http.given import Given, KeyHeader, Prefer
from cvweb.http.keys import fingerprint, required_key
from cvweb.http.once import Asking
from cvweb.http.paging import Asked, Page, page_of
from cvweb.http.prefer import wait_seconds
from cvweb.http.schema import replay_headers, starts_a_task
from cvweb.http.tasks import TaskAnswers, located

AnyRequest = Request[Any, Any, Any]


@post(
    "/cvs/{id:str}/tailorings",
    responses=starts_a_task(Page[ProposalView], "the proposals"),
    response_headers=replay_headers(),
)
async def request_tailoring(
    *,
    request: AnyRequest,
    id: FromPath[str],
    data: JSONBody[TailoringBody],
    tailoring_desk: Given[TailoringDesk],
    task_answers: Given[TaskAnswers],
    owner: Given[OwnerId],
    key: KeyHeader = None,
    prefer: Prefer = None,
) -> Response[Any]:
    """Ask for proposals that fit the CV to an offer: a task (202), both scores included."""
    asking = Asking(
        owner=owner,
        key=required_key(key),
        fingerprint=fingerprint("POST", request.url.path, msgspec.to_builtins(data)),
    )

    async def start() -> Started:
        return await tailoring_desk.request(
            owner, CvId(id), data, key=asking.key, fingerprint=asking.fingerprint
        )

    async def show(task: Task) -> Page[ProposalView]:
        found = await tailoring_desk.proposals(owner, CvId(id), task=task.id)
        return Page([ProposalView.whole(stored) for stored in found])

    return await task_answers.start(
        asking, start, wait_seconds=wait_seconds(prefer), locate=located, show=show
    )


@get("/cvs/{id:str}/proposals")
async def list_proposals(
    *,
    id: FromPath[str],
    tailoring_desk: Given[TailoringDesk],
    owner: Given[OwnerId],
    asked: Given[Asked],
    task: Annotated[str | None, QueryParameter(name="taskId")] = None,
    wanted_state: Annotated[str | None, QueryParameter(name="state")] = None,
) -> Page[ProposalView]:
    """The proposals for a CV, the newest tailoring's first; `?taskId=&state=` narrow them."""
    wanted = None if task is None else TaskId(task)
    found = await tailoring_desk.proposals(owner, CvId(id), task=wanted)
    shown = [each for each in found if wanted_state is None or each.proposal.state == wanted_state]
    names = [each.proposal.id for each in shown]
    start = names.index(asked.after) + 1 if asked.after in names else 0
    rest = shown[start : start + asked.limit + 1]
    return page_of(rest, asked, name=lambda each: each.proposal.id, view=ProposalView.whole)


@post("/cvs/{id:str}/reviews", status_code=200)
async def review(
    id: FromPath[str],
    data: JSONBody[ReviewBody],
    tailoring_desk: Given[TailoringDesk],
    owner: Given[OwnerId],
) -> ReviewView:
    """Decide proposals one by one; what is accepted becomes one new version.

    Deciding the same again changes nothing and answers the same. A tailoring rejected as a whole
    is refunded.
    """
    data.check()
    outcome = await tailoring_desk.review(owner, CvId(id), data.decisions)
    return ReviewView(version=outcome.version, results=outcome.results)


ROUTES: list[ControllerRouterHandler] = [request_tailoring, list_proposals, review]
