"""Tailoring trusts no writer: every claim is verified, and the scores are of what is supported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from cvcore.cv import Cv
from cvcore.errors import Unavailable
from cvcore.offers.model import Offer, Requirement
from cvcore.offline.writer import OfflineWriter
from cvcore.scoring import Score
from cvcore.tailoring import Proposal, Tailoring

AT = date(2026, 1, 1)
OFFER = Offer(
    title="Backend developer",
    requirements=(
        Requirement(id="r1", text="Kubernetes", kind="skill", skills=("kubernetes",)),
        Requirement(id="r2", text="Apache Kafka", kind="skill", skills=("kafka",)),
    ),
)


class ScriptedWriter:
    """A writer that says what it was told to."""

    def __init__(self, *proposals: Proposal, raises: Exception | None = None) -> None:
        self._proposals, self._raises = proposals, raises

    @property
    def name(self) -> str:
        return "scripted/1"

    async def draft(
        self, cv: Cv, offer: Offer, score: Score, *, instructions: str | None = None
    ) -> Sequence[Proposal]:
        del cv, offer, score, instructions
        if self._raises is not None:
            raise self._raises
        return self._proposals


LIE = Proposal(
    id="p1", path="skills[s2].keywords", op="insert", reason="r", after="Apache Kafka",
    verdict="supported", state="accepted",
)  # fmt: skip
TRUTH = Proposal(id="p2", path="skills[s2].keywords", op="insert", reason="r", after="Kubernetes")


async def test_a_lie_is_kept_with_its_reason_and_brings_no_points(ada: Cv) -> None:
    draft = await Tailoring(writer=ScriptedWriter(LIE)).draft(ada, OFFER, at=AT)
    (kept,) = draft.proposals
    assert (kept.verdict, kept.state) == ("refused", "pending")
    assert [(each.rule, each.claim) for each in kept.refusals] == [("tool", "Apache Kafka")]
    assert draft.score_after == draft.score_before


async def test_what_is_supported_counts_in_the_score_after(ada: Cv) -> None:
    draft = await Tailoring(writer=ScriptedWriter(LIE, TRUTH)).draft(ada, OFFER, at=AT)
    assert [each.verdict for each in draft.proposals] == ["refused", "supported"]
    assert draft.score_after.receipt.cv_hash != draft.score_before.receipt.cv_hash


async def test_equal_ids_are_kept_once(ada: Cv) -> None:
    draft = await Tailoring(writer=ScriptedWriter(TRUTH, TRUTH)).draft(ada, OFFER, at=AT)
    assert len(draft.proposals) == 1


async def test_a_writer_that_does_not_answer_is_said_so(ada: Cv) -> None:
    writer = ScriptedWriter(raises=Unavailable("the writer does not answer"))
    with pytest.raises(Unavailable):
        await Tailoring(writer=writer).draft(ada, OFFER, at=AT)


async def test_the_offline_writer_drafts_for_both_languages(ada: Cv, leo: Cv) -> None:
    tailoring = Tailoring(writer=OfflineWriter())
    for cv in (ada, leo):
        draft = await tailoring.draft(cv, OFFER, at=AT)
        assert all(each.verdict == "supported" for each in draft.proposals)
        assert (draft.score_after.exact or 0) >= (draft.score_before.exact or 0)
