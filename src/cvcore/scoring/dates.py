"""Months: the dates of a CV as numbers that can be merged and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import msgspec

_DATE = re.compile(r"\s*(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\s*")
_MID_YEAR = 6
_YEAR_ONLY_MONTHS_MIN = 6


class Span(msgspec.Struct, frozen=True):
    """Months from `start` to `end` (half-open), counted from the year 0."""

    start: int
    end: int


def month_of(day: date) -> int:
    """The month of a day, counted from the year 0."""
    return day.year * 12 + day.month - 1


def span_of(start: str | None, end: str | None, *, at: int) -> Span | None:
    """The months that two dates of a CV (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`) enclose.

    Without an end it lasts to the month `at`, and none goes beyond. A bare year counts from or to
    its middle. None where there is no start that can be read, or nothing before `at`.
    """
    first = _month(start)
    if first is None:
        return None
    last = _month(end)
    to = at if last is None else last[0] + (0 if last[1] else 1)
    begin = first[0]
    if last is not None and (first[1] or last[1]) and to < begin + _YEAR_ONLY_MONTHS_MIN:
        to = begin + _YEAR_ONLY_MONTHS_MIN
    to = min(to, at)
    return Span(begin, to) if to > begin else None


def _month(text: str | None) -> tuple[int, bool] | None:
    """The month, and whether only its year was given (then the middle of it)."""
    form = _DATE.fullmatch(text or "")
    if form is None:
        return None
    year, month = int(form[1]), int(form[2] or 0)
    if not 1 <= month <= 12:
        return year * 12 + _MID_YEAR, True
    return year * 12 + month - 1, False


def months_in(spans: Iterable[Span]) -> int:
    """How many months the spans cover together; what overlaps counts once.

    >>> months_in([Span(0, 12), Span(6, 18)])
    18
    """
    total, reached = 0, -1
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        begin = max(span.start, reached)
        if span.end > begin:
            total += span.end - begin
            reached = span.end
    return total
