"""Drafting without a model: order, emphasis and names, only of what the CV already says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.model import Score
from cvcore.scoring.scorer import score
from cvcore.tailoring.naming import alias_proposals, plain_proposals
from cvcore.tailoring.ordering import (
    bullet_proposals,
    group_proposals,
    keyword_proposals,
    project_proposals,
)
from cvcore.tailoring.showing import label_proposals, list_proposals, summary_proposals
from cvcore.tailoring.sketch import Sketch
from cvcore.tailoring.verifier import verify_all
from cvcore.tailoring.wanted import seen_in, wanted_skills
from cvcore.tailoring.wording import wording
from cvcore.versions.model import Decision, Proposal
from cvcore.versions.reviewing import review

DRAFT_MAX = 30
"""How many proposals a draft without a model has at most."""

_KINDS = (
    plain_proposals,
    alias_proposals,
    list_proposals,
    summary_proposals,
    label_proposals,
    group_proposals,
    keyword_proposals,
    bullet_proposals,
    project_proposals,
)


def draft(cv: Cv, offer: Offer, now: Score) -> tuple[Proposal, ...]:
    """Proposals for `cv`, in the order in which a person best reads them; `now` is its score.

    All only use what the CV says, in its language: the offer's name beside the CV's for the same
    skill, skills that jobs show and the list lacks, and what answers the offer moved to the front.
    Accepting all of them never lowers the score.
    """
    if now.value is None:
        return ()
    sketch = Sketch(
        cv=cv,
        offer=offer,
        score=now,
        wanted=wanted_skills(offer, now),
        seen=seen_in(cv),
        words=wording(cv.language),
    )
    drafted = [each for kind in _KINDS for each in kind(sketch)][:DRAFT_MAX]
    numbered = [replace(each, id=f"p{at}") for at, each in enumerate(drafted, 1)]
    verdicts = verify_all(cv, numbered)
    sound = [each for each, verdict in zip(numbered, verdicts, strict=True) if verdict.supported]
    return tuple(_harmless(cv, offer, now, sound))


def _harmless(
    cv: Cv, offer: Offer, now: Score, proposals: Sequence[Proposal]
) -> Iterator[Proposal]:
    """Those that, accepted after one another, do not lower the score."""
    current: Any = cv
    exact = now.exact or 0.0
    for proposal in proposals:
        done = review(current, cv, [proposal], [Decision(id=proposal.id, action="accept")])
        if done.results[0].state != "accepted" or done.cv == current:
            continue
        after = score(done.cv, offer, at=now.receipt.at).exact or 0.0
        if after >= exact - 1e-9:
            current, exact = done.cv, after
            yield proposal
