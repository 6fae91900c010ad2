"""Clocks that stand still, and move when they are told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cvcore.clock import aware

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""An ordinary Monday, at noon."""


class FixedClock:
    """A `Clock` that always says the same moment."""

    def __init__(self, moment: datetime = NOON) -> None:
        self._moment = aware(moment)

    def __call__(self) -> datetime:
        return self._moment


class MovingClock(FixedClock):
    """A `Clock` that stands until it is moved."""

    def move(self, by: timedelta) -> datetime:
        """Move by so much, backwards too; answers with the new moment."""
        self._moment += by
        return self._moment

    def set(self, moment: datetime) -> datetime:
        """Move to this moment."""
        self._moment = aware(moment)
        return self._moment
