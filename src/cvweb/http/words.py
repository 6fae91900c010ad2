"""A change as words: what stays, what goes, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from cvcore.versions import spans

Words = list[tuple[Literal["same", "del", "ins"], str]]
KINDS: dict[str, Literal["same", "del", "ins"]] = {"same": "same", "removed": "del", "added": "ins"}
SEPARATOR = " · "


def words_of(before: Any, after: Any, *, is_move: bool = False) -> Words:
    """The words of a text or a JSON Resume item before and after, in the order of reading.

    What is moved stays as it is.

    >>> words_of("old house", "new house")
    [('del', 'old'), ('ins', 'new'), ('same', ' house')]
    """
    first, second = text_of(before), text_of(after)
    if is_move:
        return [("same", first or second)]
    if not first or not second:
        kind: Literal["del", "ins"] = "del" if first else "ins"
        return [(kind, first or second)]
    return [(KINDS[span.kind], span.text) for span in spans(first, second)]


def sides_of(words: Words) -> tuple[Words, Words] | None:
    """The words before, with what goes, and the words after, with what comes, to stand side by
    side; None where there is nothing on one of the sides, or the same on both.

    >>> sides_of([("del", "old"), ("ins", "new"), ("same", " house")])
    ([('del', 'old'), ('same', ' house')], [('ins', 'new'), ('same', ' house')])
    """
    before = [word for word in words if word[0] != "ins"]
    after = [word for word in words if word[0] != "del"]
    return None if not before or not after or before == after else (before, after)


def text_of(value: Any) -> str:
    """A text as it is; an item as its texts, one after the other.

    >>> text_of({"name": "Mill & Co", "highlights": ["Built it"]})
    'Mill & Co · Built it'
    """
    return SEPARATOR.join(_texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)
