"""What tailoring needs: somebody who drafts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.model import Score
from cvcore.versions.model import Proposal


class Writer(Protocol):
    """Drafts changes to a CV for an offer. Whoever writes, every claim is verified afterwards."""

    @property
    def name(self) -> str:
        """Names the writer and its version."""
        ...

    async def draft(
        self, cv: Cv, offer: Offer, score: Score, *, instructions: str | None = None
    ) -> Sequence[Proposal]:
        """Proposals against `cv`, with ids that differ within the draft; none is a good answer.

        Raises:
            Unavailable: no answer now.
        """
        ...
