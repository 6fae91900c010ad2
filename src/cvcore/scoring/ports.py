"""What scoring needs: somebody who finds evidence, and a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from cvcore.cv.model import Cv
from cvcore.ids import CvId, OfferId, OwnerId, ScoreId, TaskId
from cvcore.offers.model import Offer
from cvcore.scoring.model import Match, Score


class Matcher(Protocol):
    """Finds in a CV the evidence for what an offer asks."""

    @property
    def name(self) -> str:
        """Names the matcher and its version in every receipt."""
        ...

    async def match(self, cv: Cv, offer: Offer, *, at: date) -> Sequence[Match]:
        """One match per requirement at most. Quotes that are not in the CV are dropped later.

        Raises:
            Unavailable: no answer now.
        """
        ...


class ScoreRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A score as it is kept: of which CV version, for which offer."""

    id: ScoreId
    owner: OwnerId
    cv: CvId
    version: int
    offer: OfferId
    score: Score
    created_at: datetime
    task: TaskId | None = None


class ScoreStore(Protocol):
    """Keeps scores; they are history and never change. Prove yours with `ScoreContract`."""

    async def add(self, record: ScoreRecord) -> None:
        """Keep a new score."""
        ...

    async def get(self, owner: OwnerId, id: ScoreId) -> ScoreRecord | None:
        """The owner's score; None where there is none, or it is somebody else's."""
        ...

    async def of_cv(
        self, owner: OwnerId, cv: CvId, *, offer: OfferId | None = None, limit: int = 50
    ) -> Sequence[ScoreRecord]:
        """The scores of a CV, newest first."""
        ...

    async def equal(self, owner: OwnerId, score_receipt_hash: str) -> ScoreRecord | None:
        """The owner's score with an equal receipt (see `receipt_hash`), or None."""
        ...
