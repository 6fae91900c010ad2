"""Paging through rows in memory by the id of the last one seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

R = TypeVar("R")


def after(rows: Sequence[R], last: str | None, id_of: Callable[[R], str]) -> Sequence[R]:
    """The rows behind the one with id `last`; all where it is None, none where it is not there."""
    if last is None:
        return rows
    places = (place for place, row in enumerate(rows) if id_of(row) == last)
    place = next(places, len(rows))
    return rows[place + 1 :]
