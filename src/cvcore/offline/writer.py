"""Tailoring's drafting behind the `Writer` port: no model, no network."""

from __future__ import annotations

from collections.abc import Sequence

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.model import Score
from cvcore.tailoring.drafting import draft
from cvcore.versions.model import Proposal

WRITER = "cvcore-offline/1"
"""Names this writer and its version."""


class OfflineWriter:
    """A `Writer` that only orders, names and lists what the CV says."""

    @property
    def name(self) -> str:
        """The writer and its version."""
        return WRITER

    async def draft(
        self,
        cv: Cv,
        offer: Offer,
        score: Score,
        *,
        instructions: str | None = None,  # noqa: ARG002 - it reads no wishes: it writes no sentences
    ) -> Sequence[Proposal]:
        """The drafts of `cvcore.tailoring.draft`; `instructions` make no difference."""
        return draft(cv, offer, score)
