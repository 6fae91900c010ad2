"""What changed between two CVs, by item id, and how to make one of the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from cvcore.cv import paths
from cvcore.cv.codec import META_KEY, ids_in, plain
from cvcore.cv.model import Basics, Cv, Item, Line, Location
from cvcore.cv.pathnames import format_name
from cvcore.cv.shape import Node, Slot, extra_of, slots_of
from cvcore.versions.model import Change, Position, Span

_NAMES = frozenset({"name", "title", "position", "institution", "organization", "language"})
COMPARED_MAX = 1_000_000
"""How many pairs of words are compared at most; longer changes are shown as one."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def diff(a: Cv, b: Cv) -> tuple[Change, ...]:
    """What makes `b` of `a`: `apply(diff(a, b), a) == b`.

    Few changes: an item that moved is one `moved`, a text that changed one `modified`. Removed
    items come before moved and added ones of the same list, their fields behind.
    """
    return tuple(_of_node(a, b, ""))


def apply(changes: Sequence[Change], cv: Cv) -> Cv:
    """`cv` with the changes made, in their order.

    Raises:
        NoSuchPath: a change names what `cv` does not have.
    """
    for change in changes:
        cv = _applied(change, cv)
    return cv


def spans(before: str, after: str) -> tuple[Span, ...]:
    """What changed in a text, word by word, as runs to show one behind the other.

    >>> [(span.kind, span.text) for span in spans("old house", "new house")]
    [('removed', 'old'), ('added', 'new'), ('same', ' house')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Span] = []

    def add(kind: Literal["same", "removed", "added"], words: list[str]) -> None:
        if words:
            found.append(Span(kind=kind, text="".join(words)))

    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    add("same", old[:first])
    mid_old, mid_new = old[first : len(old) - last], new[first : len(new) - last]
    if len(mid_old) * len(mid_new) > COMPARED_MAX:
        add("removed", mid_old)
        add("added", mid_new)
    else:
        matcher = SequenceMatcher(None, mid_old, mid_new, autojunk=False)
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
            if tag == "equal":
                add("same", mid_old[old_from:old_to])
            else:
                add("removed", mid_old[old_from:old_to])
                add("added", mid_new[new_from:new_to])
    add("same", old[len(old) - last :])
    return tuple(found)


def _shared(old: list[str], new: list[str]) -> int:
    """How many words two lists begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def moved_ids(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest ids, all in both, whose moving makes the order `after` of the order `before`."""
    place = {id: at for at, id in enumerate(before)}
    kept = _longest_increasing([place[id] for id in after])
    return frozenset(id for id in after if place[id] not in kept)


def jsonable(value: Any) -> Any:
    """A part of a CV in JSON Resume form."""
    if isinstance(value, tuple):
        return [jsonable(each) for each in value]
    if isinstance(value, Line):
        return value.text
    return plain(value) if isinstance(value, Item | Basics | Location) else value


def _applied(change: Change, cv: Cv) -> Cv:
    match change.kind:
        case "removed":
            return paths.remove(cv, change.path, is_exact=True)
        case "modified" | "renamed":
            return paths.with_value(cv, change.path, change.after, is_exact=True)
    after = change.position.after if change.position else None
    if change.kind == "moved":
        return paths.move(cv, change.path, after=after, is_exact=True)
    steps = paths.parse(change.path)
    listed = paths.format_path((*steps[:-1], paths.Step(steps[-1].name)))
    return paths.insert(
        cv, listed, change.after, after=after, id=steps[-1].id, ids=change.ids, is_exact=True
    )


def _of_node(a: Node, b: Node, path: str) -> Iterator[Change]:
    for slot in slots_of(a).values():
        old, new = getattr(a, slot.attribute), getattr(b, slot.attribute)
        if old is new or old == new:
            continue
        at = f"{path}.{slot.wire}" if path else slot.wire
        if slot.kind in ("items", "lines"):
            yield from _of_rows(slot, old, new, at)
        elif slot.kind == "object" and old is not None and new is not None:
            yield from _of_node(old, new, at)
        else:
            kind: Literal["renamed", "modified"] = (
                "renamed" if slot.wire in _NAMES and isinstance(a, Item) else "modified"
            )
            yield Change(kind=kind, path=at, before=jsonable(old), after=jsonable(new))
    yield from _of_extra(extra_of(a), extra_of(b), path)
    if isinstance(a, Cv) and isinstance(b, Cv):
        yield from _of_extra(a.meta, b.meta, "meta")
        yield from _of_extra(_ours(a), _ours(b), f"meta.{META_KEY}")


def _ours(cv: Cv) -> dict[str, Any]:
    return {"language": cv.language, "origins": cv.origins, "order": list(cv.order)}


def _of_extra(a: dict[str, Any], b: dict[str, Any], path: str) -> Iterator[Change]:
    if a == b:
        return
    for name in dict.fromkeys((*a, *b)):
        old, new = a.get(name), b.get(name)
        if old != new or (name in a) != (name in b):
            at = f"{path}.{format_name(name)}" if path else format_name(name)
            if name not in b:
                yield Change(kind="removed", path=at, before=old)
            else:
                yield Change(kind="modified", path=at, before=old, after=new)


def _of_rows(slot: Slot, a: Sequence[Any], b: Sequence[Any], path: str) -> Iterator[Change]:
    old, new = {row.id: row for row in a}, {row.id: row for row in b}
    for id, row in old.items():
        if id not in new:
            yield Change(kind="removed", path=f"{path}[{id}]", before=jsonable(row))
    shared = [id for id in old if id in new]
    moved = moved_ids(shared, [id for id in new if id in old])
    after: str | None = None
    for id, row in new.items():
        position = Position(after=after)
        if id not in old:
            ids = {} if isinstance(row, Line) else ids_in(row)
            yield Change(
                kind="added", path=f"{path}[{id}]", after=jsonable(row), position=position, ids=ids
            )
        elif id in moved:
            yield Change(kind="moved", path=f"{path}[{id}]", position=position)
        after = id
    for id in shared:
        if old[id] != new[id]:
            yield from _of_row(slot, old[id], new[id], f"{path}[{id}]")


def _of_row(slot: Slot, old: Any, new: Any, path: str) -> Iterator[Change]:
    if slot.kind == "items":
        yield from _of_node(old, new, path)
    else:
        kind: Literal["renamed", "modified"] = "renamed" if slot.wire == "keywords" else "modified"
        yield Change(kind=kind, path=path, before=old.text, after=new.text)


def _longest_increasing(numbers: Sequence[int]) -> frozenset[int]:
    """The members of a longest increasing run (not necessarily side by side) of `numbers`."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    kept: set[int] = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(kept)
