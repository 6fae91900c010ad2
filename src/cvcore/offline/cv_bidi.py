"""Words of scripts written from right to left, in the order they are read."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence

FIRST_RIGHT_TO_LEFT = "\u0590"
"""The first character of any script written from right to left: texts below need no look."""


def is_right_to_left(word: str) -> bool:
    """Whether a word is written from right to left: its first letter says."""
    for char in word:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def in_reading_order(words: Sequence[str]) -> list[str]:
    """Words that stand from left to right on a line, in the order they are read.

    In a line of Hebrew or Arabic the first word stands at the right, and words of a Latin script
    within it run the other way; in any other line only the Hebrew or Arabic words turn.

    >>> in_reading_order(["a", "b", "c"])
    ['a', 'b', 'c']
    """
    if max(map(max, filter(None, words)), default="") < FIRST_RIGHT_TO_LEFT:
        return list(words)
    turned = [is_right_to_left(word) for word in words]
    latin = [any(unicodedata.bidirectional(char) == "L" for char in word) for word in words]
    if sum(turned) > sum(latin):
        ordered, backwards = list(reversed(words)), list(reversed(latin))
    else:
        ordered, backwards = list(words), turned
    found: list[str] = []
    for is_backwards, run in itertools.groupby(
        zip(ordered, backwards, strict=True), key=lambda pair: pair[1]
    ):
        texts = [text for text, _ in run]
        found += reversed(texts) if is_backwards else texts
    return found
