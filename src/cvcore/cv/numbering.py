"""Ids for items and lines.

A document read for the first time is counted: `w1`, `w2`, and `b1`, `b2` in each. What is added
later is named after its content: two people who add the same line add one line, who add different
ones never collide, and an id that was removed does not come back for something else.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from cvcore.cv.model import ID_PREFIX

DIGITS_MIN = 5

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_id(text: object) -> bool:
    """Whether `text` can be an id: 1 to 64 letters, digits, `-` or `_`.

    >>> is_id("w1"), is_id("w 1")
    (True, False)
    """
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def counted(name: str, taken: Collection[str] = ()) -> Iterator[str]:
    """The ids of the list `name`, in turn, those in `taken` left out.

    >>> ids = counted("highlights", taken={"b2"})
    >>> next(ids), next(ids)
    ('b1', 'b3')
    """
    prefix, number = ID_PREFIX[name], 0
    while True:
        number += 1
        if (id := f"{prefix}{number}") not in taken:
            yield id


def new_id(
    name: str, content: Any, taken: Collection[str] = (), spare: Iterator[str] | None = None
) -> str:
    """The id of `content` (a text or JSON) when it is added to the list `name`.

    The same content gives the same id; where `taken` has it, the next one. Who asks for many at
    once passes one `counted(name, taken)` as `spare`, so that thousands alike take no longer.

    >>> new_id("keywords", "SQL") == new_id("keywords", "SQL")
    True
    """
    plain = json.dumps(content, sort_keys=True, ensure_ascii=True, default=str)
    digest = hashlib.sha256(plain.encode()).hexdigest()
    prefix = ID_PREFIX[name]
    for length in range(DIGITS_MIN, len(digest) + 1):
        if (id := f"{prefix}{digest[:length]}") not in taken:
            return id
    return next(spare or counted(name, taken))
