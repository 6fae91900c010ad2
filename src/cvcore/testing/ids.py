"""Ids that count, so that a test can say which."""

from __future__ import annotations

from itertools import count

from cvcore.ids import NewId


def counting_ids(prefix: str = "id") -> NewId:
    """Makes `id-0001`, `id-0002`, ...

    >>> new_id = counting_ids("task")
    >>> new_id(), new_id()
    ('task-0001', 'task-0002')
    """
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers):04}"
