"""Times on the wire: RFC 3339, UTC, to the millisecond."""

from __future__ import annotations

from datetime import UTC, datetime


def wire_time(moment: datetime) -> str:
    """A moment as it goes over the wire.

    >>> wire_time(datetime(2026, 11, 1, 9, 30, tzinfo=UTC))
    '2026-11-01T09:30:00.000Z'
    """
    utc = moment.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def wire_time_or_none(moment: datetime | None) -> str | None:
    """The same, where there may be none."""
    return None if moment is None else wire_time(moment)
