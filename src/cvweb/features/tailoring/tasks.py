"""The work behind a tailoring: verified proposals for an offer, and the score before and after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from msgspec.structs import replace

from cvcore.clock import Clock
from cvcore.errors import NotFound
from cvcore.ids import CvId, OfferId, ScoreId, derived_id
from cvcore.money import Credits
from cvcore.runs import Runs
from cvcore.scoring.ports import ScoreRecord
from cvcore.tailoring import Draft, Tailoring
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvcore.versions import KeptCv, Versions
from cvweb.ports import Unit

STEPS = 3


class Work(Protocol):
    """What this room's work needs."""

    @property
    def begin(self) -> Begin[Unit]:
        """Begins a unit."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    @property
    def runs(self) -> Runs:
        """Runs, to tell how it goes and to end one."""
        ...

    @property
    def versions(self) -> Versions:
        """The history of CVs."""
        ...

    @property
    def tailoring(self) -> Tailoring:
        """Drafts proposals and verifies them."""
        ...


async def tailor(task: Task, work: Work) -> None:
    """Draft proposals against the version the order was made for, and keep them for review.

    Where nothing can be proposed that the CV supports, it costs nothing.

    Raises:
        NotFound: the CV or the offer is gone.
        Unavailable: the writer or the matcher does not answer now.
    """
    payload = task.payload
    cv_id, number = CvId(str(payload["cv"])), int(payload["version"])
    cv = await work.versions.content(task.owner, cv_id, number)
    record = (await work.versions.get(task.owner, cv_id)).record
    async with work.begin() as unit:
        offer = await unit.offers.get(task.owner, OfferId(str(payload["offer"])))
    if offer is None:
        raise NotFound("offer", str(payload["offer"]))
    await work.runs.progress(task.id, 0, STEPS, "comparing CV and offer", attempt=task.attempt)
    draft = await work.tailoring.draft(
        cv, offer.offer, at=work.clock().date(), instructions=payload.get("instructions")
    )
    await work.runs.progress(task.id, 2, STEPS, "keeping the proposals", attempt=task.attempt)
    await _keep(task, work, KeptCv(replace(record, version=number), cv), offer.id, draft)


async def _keep(task: Task, work: Work, kept: KeptCv, offer: OfferId, draft: Draft) -> None:
    async with work.begin() as unit:
        await work.versions.propose_within(unit, kept, draft.proposals, task=task.id, offer=offer)
        await unit.scores.add(_score_before(task, work, offer, draft))
        result = _result(task, offer, draft)
        cost = None if result["proposals"] else Credits(0)
        await work.runs.complete_within(unit, task.id, result, attempt=task.attempt, cost=cost)


def _score_before(task: Task, work: Work, offer: OfferId, draft: Draft) -> ScoreRecord:
    return ScoreRecord(
        id=ScoreId(derived_id("score before", task.id)),
        owner=task.owner,
        cv=CvId(str(task.payload["cv"])),
        version=int(task.payload["version"]),
        offer=offer,
        score=draft.score_before,
        created_at=work.clock(),
        task=task.id,
    )


def _result(task: Task, offer: OfferId, draft: Draft) -> dict[str, Any]:
    refused = sum(proposal.verdict == "refused" for proposal in draft.proposals)
    cv = str(task.payload["cv"])
    return {
        "cvId": cv,
        "version": int(task.payload["version"]),
        "offerId": offer,
        "proposals": len(draft.proposals) - refused,
        "refused": refused,
        "scoreBefore": draft.score_before.value,
        "scoreAfter": draft.score_after.value,
        "location": f"/api/v1/cvs/{cv}/proposals?taskId={task.id}",
    }


HANDLERS: Mapping[str, Callable[[Task, Work], Awaitable[None]]] = {"tailor": tailor}
