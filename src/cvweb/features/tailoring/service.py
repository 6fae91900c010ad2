"""Asking for a tailoring, and deciding what it proposed."""

from __future__ import annotations

from collections.abc import Sequence

from cvcore.errors import NotFound
from cvcore.ids import CvId, OfferId, OwnerId, RequestKey, TaskId
from cvcore.runs import Runs, Started
from cvcore.unit import Begin
from cvcore.versions import CvBlocked, Decision, ReviewOutcome, StoredProposal, Versions
from cvweb.features.tailoring.wire import TailoringBody
from cvweb.ports import Unit

TAILOR = "tailor"
FEATURE = "gpt_cv_generation"


class TailoringDesk:
    """Takes orders for tailorings and carries out their review."""

    def __init__(self, *, begin: Begin[Unit], runs: Runs, versions: Versions) -> None:
        self._begin = begin
        self._runs = runs
        self._versions = versions

    async def request(
        self, owner: OwnerId, cv: CvId, body: TailoringBody, *, key: RequestKey, fingerprint: str
    ) -> Started:
        """Start the task that drafts proposals for the CV as it is at this moment.

        Raises:
            NotFound: the owner has no such CV or offer.
            CvBlocked: the CV cannot be changed.
        """
        body.check()
        kept = await self._versions.get(owner, cv)
        record = kept.record
        if record.blocked:
            raise CvBlocked(id=cv, reason=record.blocked_reason or "blocked")
        async with self._begin() as unit:
            offer = await unit.offers.get(owner, OfferId(body.offer_id))
        if offer is None:
            raise NotFound("offer", body.offer_id)
        return await self._runs.start(
            owner,
            feature=FEATURE,
            type=TAILOR,
            title=f"Tailor {record.filename} to {offer.offer.title or 'the offer'}",
            payload={
                "cv": cv,
                "version": record.version,
                "offer": body.offer_id,
                "instructions": body.instructions,
            },
            key=key,
            fingerprint=fingerprint,
        )

    async def proposals(
        self, owner: OwnerId, cv: CvId, *, task: TaskId | None = None
    ) -> Sequence[StoredProposal]:
        """The proposals for a CV, newest tailoring first, each tailoring's in its own order.

        Raises:
            NotFound: the owner has no such CV.
        """
        found = await self._versions.proposals(owner, cv)
        wanted = [each for each in found if task is None or each.task == task]
        return sorted(wanted, key=lambda each: each.created_at, reverse=True)

    async def review(
        self, owner: OwnerId, cv: CvId, decisions: Sequence[Decision]
    ) -> ReviewOutcome:
        """Carry out a person's decisions; a tailoring rejected as a whole is refunded.

        Raises:
            NotFound: the owner has no such CV, or the CV no such proposal; nothing was decided.
            CvBlocked: the CV cannot be changed.
        """
        outcome = await self._versions.review(owner, cv, decisions)
        if any(decision.action == "reject" for decision in decisions):
            await self._refund_rejected(owner, cv, {decision.id for decision in decisions})
        return outcome

    async def _refund_rejected(self, owner: OwnerId, cv: CvId, decided: set[str]) -> None:
        stored = await self._versions.proposals(owner, cv)
        touched = {each.task for each in stored if each.proposal.id in decided}
        for task in sorted(touched):
            states = [
                each.proposal.state
                for each in stored
                if each.task == task and each.proposal.verdict == "supported"
            ]
            if states and all(state == "rejected" for state in states):
                async with self._begin() as unit:
                    is_run = await unit.tasks.get(task) is not None  # a pull is none
                if is_run:
                    await self._runs.refund_rejected(task)
