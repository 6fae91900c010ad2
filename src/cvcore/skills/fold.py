"""Folding: a text in small letters without accents, and where each letter of it stood."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

_LATIN = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))
_SINGLE = {"œ": "o", "Œ": "o", "æ": "a", "Æ": "a", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "s"}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_IGNORED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufb00-\ufb06]")
_FULL_WIDTH = range(0xFF01, 0xFF5F)


def _table() -> dict[int, str]:
    table = {ord(letter): plain for letter, plain in _SINGLE.items()}
    for code in _LATIN:
        first = unicodedata.normalize("NFKD", chr(code))[0]
        if first.isascii():
            table.setdefault(code, first.lower())
    table.update({code: chr(code - 0xFEE0).lower() for code in _FULL_WIDTH})
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """`text` in small letters without accents, as long as it was: letter n of it is letter n.

    >>> fold("Ingénieure C++")
    'ingenieure c++'
    """
    if text.isascii():
        return text.lower()
    return text.translate(_TABLE).lower()


class Places:
    """Where the letters of a folded text stood in the text as given."""

    def __init__(self, cuts: Sequence[tuple[int, int]]) -> None:
        self._begins = [begin for begin, _ in cuts]
        self._shifts = [0, *(shift for _, shift in cuts)]

    def of(self, place: int) -> int:
        """The place in the text as given of the folded letter at `place`."""
        return place + self._shifts[bisect_right(self._begins, place)]


def fold_with_places(text: str) -> tuple[str, Places | None]:
    """The folded text and where its letters stood; None where each stands at its own place.

    Combining accents, soft hyphens and zero-width characters are left out and ligatures taken
    apart, so that they do not hide a word.
    """
    if text.isascii() or not _IGNORED.search(text):
        return fold(text), None
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = []
    at = length = 0
    for ignored in _IGNORED.finditer(text):
        plain = _LIGATURES.get(ignored[0], "")
        pieces += (text[at : ignored.start()], plain)
        length += ignored.start() - at
        cuts += ((length + n, ignored.start() - length - n) for n in range(1, len(plain)))
        at, length = ignored.end(), length + len(plain)
        cuts.append((length, at - length))
    pieces.append(text[at:])
    return fold("".join(pieces)), Places(cuts)
