"""Folding: a text in small letters without accents, and where each letter of it stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LATIN = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))
_SINGLE = {"œ": "o", "Œ": "o", "æ": "a", "Æ": "a", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "s"}
_IGNORED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufb00-\ufb06\uff01-\uff5e]")
_MARKS = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")


def _table() -> dict[int, str]:
    table = {ord(letter): plain for letter, plain in _SINGLE.items()}
    for code in _LATIN:
        first = unicodedata.normalize("NFKD", chr(code))[0]
        if first.isascii():
            table.setdefault(code, first.lower())
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


def fold_with_places(text: str) -> tuple[str, Sequence[int] | None]:
    """The folded text and, for each of its letters, its place in `text`; None where they agree.

    Combining accents, soft hyphens and zero-width characters are left out, ligatures and
    full-width letters are taken apart, so that they do not hide a word.
    """
    if text.isascii() or not _IGNORED.search(text):
        return fold(text), None
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter in _MARKS or unicodedata.combining(letter):
            continue
        plain = letter if letter in _SINGLE else unicodedata.normalize("NFKC", letter)
        letters.append(fold(plain))
        places.extend([place] * len(plain))
    return "".join(letters), places
