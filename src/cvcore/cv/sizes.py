"""How large a CV may be: a document of any size is never built, kept or given to a reader."""

from __future__ import annotations

from typing import Any

from cvcore.cv.errors import CvTooLarge
from cvcore.cv.marked import Marked

CV_BYTES_MAX = 1_000_000
"""How many bytes the document of one CV may have: its texts in UTF-8 and the signs between."""
CV_VALUES_MAX = 20_000
"""How many texts, numbers, lists and objects the document of one CV may have."""


class Room:
    """What still fits into one document, or into `times` of them."""

    def __init__(self, times: int = 1) -> None:
        self._bytes_left = CV_BYTES_MAX * times
        self._values_left = CV_VALUES_MAX * times

    def take(self, value: Any) -> None:
        """Count `value` in, and no further than there is room.

        Raises:
            CvTooLarge: it does not fit.
        """
        rest = [value]
        while rest:
            held = rest.pop()
            held = held.value if isinstance(held, Marked) else held
            self._values_left -= 1
            self._bytes_left -= _own_bytes(held)
            if isinstance(held, dict):
                rest.extend(held.values())
            elif isinstance(held, list | tuple):
                rest.extend(held)
            if self._bytes_left < 0 or self._values_left < 0:
                raise CvTooLarge(cv_bytes_max=CV_BYTES_MAX, cv_values_max=CV_VALUES_MAX)


def depth_of(value: Any, *, depth_max: int) -> int:
    """How many levels `value` has, counted without recursion and no further than `depth_max`."""
    level, depth = [value], 0
    while level and depth <= depth_max:
        depth += 1
        inner: list[Any] = []
        for held in level:
            plain = held.value if isinstance(held, Marked) else held
            if isinstance(plain, dict):
                inner.extend(plain.values())
            elif isinstance(plain, list | tuple):
                inner.extend(plain)
        level = inner
    return depth


def _own_bytes(value: Any) -> int:
    if isinstance(value, dict):
        return 2 + sum(_text_bytes(name) + 2 for name in value)
    return _text_bytes(value) + 1


def _text_bytes(value: Any) -> int:
    if not isinstance(value, str):
        return 4
    return 2 + (len(value) if value.isascii() else len(value.encode("utf-8", "surrogatepass")))
