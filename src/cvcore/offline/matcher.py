"""Scoring's matching behind the `Matcher` port: no model, no network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.matching import MATCHER, match_all
from cvcore.scoring.model import Match


class OfflineMatcher:
    """A `Matcher` that finds evidence by the lexicon, dates and levels alone."""

    @property
    def name(self) -> str:
        """The matcher and its version."""
        return MATCHER

    async def match(self, cv: Cv, offer: Offer, *, at: date) -> Sequence[Match]:
        """The evidence in `cv` for what `offer` asks, as of `at`."""
        return match_all(cv, offer, at)
