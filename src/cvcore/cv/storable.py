"""A CV that any store can keep: of bounded size, without NUL characters, which none takes."""

from __future__ import annotations

import json
from typing import Any

from cvcore.cv.codec import from_json_resume, to_json_resume
from cvcore.cv.model import Cv
from cvcore.cv.sizes import Room


def storable(cv: Cv) -> Cv:
    """`cv` without NUL characters; itself where it has none.

    >>> from cvcore.cv.model import Basics
    >>> storable(Cv(basics=Basics(name="A\\x00da"))).basics.name
    'Ada'

    Raises:
        CvTooLarge: its document is larger than that of any CV.
    """
    document = to_json_resume(cv)
    Room().take(document)
    if "\\u0000" not in json.dumps(document, ensure_ascii=True):
        return cv
    return from_json_resume(_without_nul(document))


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(held) for name, held in value.items()}
    return [_without_nul(held) for held in value] if isinstance(value, list) else value
