"""What time it is: asked of a `Clock`, never of the machine, so that tests can move it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers the present moment, aware, in UTC."""


def system_clock() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)


def aware(moment: datetime) -> datetime:
    """`moment` in UTC.

    Raises:
        ValueError: `moment` has no time zone; a naive time means another moment on each machine.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; pass an aware time, in UTC")
    return moment.astimezone(UTC)
