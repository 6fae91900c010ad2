"""Tailoring a CV to an offer: draft, verify, and say what accepting it all would bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.model import Score
from cvcore.scoring.ports import Matcher
from cvcore.scoring.scorer import score
from cvcore.tailoring.model import Draft
from cvcore.tailoring.ports import Writer
from cvcore.tailoring.verifier import verify_all
from cvcore.versions.model import Decision, Proposal
from cvcore.versions.reviewing import review

PROPOSALS_MAX = 60
"""How many proposals one draft may have; a writer's further ones are dropped."""


class Tailoring:
    """Drafts with a `Writer`, trusts it in nothing, and opens no transaction.

    Without a `matcher` the scores are the model-free ones.
    """

    def __init__(self, *, writer: Writer, matcher: Matcher | None = None) -> None:
        self._writer, self._matcher = writer, matcher

    async def draft(
        self, cv: Cv, offer: Offer, *, at: date, instructions: str | None = None
    ) -> Draft:
        """Proposals for `cv`, each with its verdict, and the scores as of the month of `at`.

        `score_before` is of `cv` as it is; `score_after` of `cv` with every supported proposal
        accepted, as far as they go together. Refused proposals are kept, with what they claim and
        the CV does not show.

        Raises:
            Unavailable: the writer or the matcher does not answer now.
        """
        before = await self._score(cv, offer, at)
        written = await self._writer.draft(cv, offer, before, instructions=instructions)
        proposals = judged(cv, written)
        after = await self._score(all_accepted(cv, proposals), offer, at)
        return Draft(proposals=proposals, score_before=before, score_after=after)

    async def _score(self, cv: Cv, offer: Offer, at: date) -> Score:
        if self._matcher is None:
            return score(cv, offer, at=at)
        matches = await self._matcher.match(cv, offer, at=at)
        return score(cv, offer, at=at, matches=matches, matcher=self._matcher.name)


def judged(cv: Cv, proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """`proposals` as pending, each with the verifier's verdict on it, whatever its writer said."""
    chosen = tuple({each.id: each for each in proposals}.values())[:PROPOSALS_MAX]
    return tuple(
        replace(
            proposal,
            state="pending",
            verdict="supported" if verdict.supported else "refused",
            refusals=verdict.refusals,
        )
        for proposal, verdict in zip(chosen, verify_all(cv, chosen), strict=True)
    )


def all_accepted(cv: Cv, proposals: Sequence[Proposal]) -> Cv:
    """`cv` with every supported one of `proposals` accepted, as far as they go together."""
    supported = [each for each in proposals if each.verdict == "supported"]
    decisions = [Decision(id=each.id, action="accept") for each in supported]
    return review(cv, cv, supported, decisions).cv
