"""Names of CVs: each owner's are all different."""

from __future__ import annotations

import re
from collections.abc import Container

FILENAME_CHARACTERS_MAX = 200

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]+")


def free_filename(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or where it is taken the next free of `wanted (2)`, `wanted (3)`, ...

    The number stands before the suffix of a file. Slashes and control characters become blanks, a
    name of none but those is `CV`; it is cut at 200 characters.

    >>> free_filename("ada.pdf", {"ada.pdf", "ada (2).pdf"})
    'ada (3).pdf'
    """
    name = " ".join(_UNSAFE.sub(" ", wanted).split())[:FILENAME_CHARACTERS_MAX].strip() or "CV"
    if name not in taken:
        return name
    match = _SUFFIX.search(name)
    stem, suffix = (name[: match.start()], match[0]) if match and match.start() else (name, "")
    number = 2
    while (numbered := f"{stem} ({number}){suffix}") in taken:
        number += 1
    return numbered
