"""Scores over the wire."""

from __future__ import annotations

import msgspec

from cvcore.scoring.model import Score
from cvcore.scoring.ports import ScoreRecord
from cvweb.http.border import VersionNumber
from cvweb.http.times import wire_time
from cvweb.http.wire import Body


class ScoreBody(Body, frozen=True, kw_only=True):
    """For which offer; without `version` the CV's newest version is scored."""

    offer_id: str
    version: VersionNumber | None = None


class ScoreView(Score, frozen=True, kw_only=True, rename="camel"):
    """A score with its receipt, of which CV version and for which offer.

    `is_free` says that an equal score stood already and this answer cost nothing.
    """

    id: str
    cv_id: str
    cv_version: int
    offer_id: str
    created_at: str
    is_free: bool = False

    @classmethod
    def whole(cls, record: ScoreRecord, *, is_free: bool = False) -> ScoreView:
        """The view of a score."""
        return cls(
            **msgspec.structs.asdict(record.score),
            id=record.id,
            cv_id=record.cv,
            cv_version=record.version,
            offer_id=record.offer,
            created_at=wire_time(record.created_at),
            is_free=is_free,
        )
