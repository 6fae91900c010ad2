"""Items and lines with their ids: kept where the content is known, else named after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from msgspec.structs import replace

from cvcore.cv.codec import node_from, plain
from cvcore.cv.errors import WrongValue
from cvcore.cv.model import Cv, Item, Line
from cvcore.cv.numbering import new_id
from cvcore.cv.shape import Node, Slot, slots_of

SIMILAR_MIN = 0.5
"""From what share of common words on two items or lines count as the same one, changed."""
COMPARED_MAX = 40_000
"""How many pairs of changed lines are compared at most; in longer lists only equal ones pair up."""

Rows = tuple[Any, ...]


def row_from(
    slot: Slot,
    value: Any,
    path: str,
    *,
    taken: Collection[str] = (),
    known: Any = None,
    id: str | None = None,
    ids: dict[str, list[str]] | None = None,
) -> Any:
    """The item or line in `value`, for the list `slot`.

    Where `known` stands there now, it keeps that one's id and the ids of the lines that stay; else
    it has the id `id` and within it `ids`, or new ones.

    Raises:
        WrongValue, InvalidCv: `value` is no such item or line.
    """
    if slot.kind == "lines":
        if not isinstance(value, str):
            raise WrongValue(path=path, needed="a text", value=value)
        return Line(known.id if known else id or new_id(slot.wire, value, taken), value)
    if not isinstance(value, dict):
        raise WrongValue(path=path, needed="an object", value=value)
    id = known.id if known else id or new_id(slot.wire, value, taken)
    row = node_from(slot.type, value, id=id, ids=ids, path=path)
    return with_ids_of(row, known) if known else row


def rows_from(slot: Slot, values: Any, path: str, known: Rows) -> Rows:
    """The items or lines in `values`: those that `known` has, changed or not, keep their ids.

    Raises:
        WrongValue, InvalidCv: `values` is no list of such.
    """
    if not isinstance(values, list | tuple):
        if values is None:
            return ()
        raise WrongValue(path=path, needed="a list", value=values)
    rows = tuple(row_from(slot, value, path) for value in values)
    return adopted(slot, rows, known)


def with_ids_of(node: Any, known: Any) -> Any:
    """`node` with the ids of `known` for what both have: for a CV read again without its ids.

    Equal content is the same item; so is what shares most of its words. What is new gets an id of
    its own, which `known` does not use.
    """
    changes: dict[str, Any] = {}
    for slot in slots_of(node).values():
        held, other = getattr(node, slot.attribute), getattr(known, slot.attribute)
        if slot.kind in ("items", "lines") and held:
            changes[slot.attribute] = adopted(slot, held, other)
        elif slot.kind == "object" and held is not None and other is not None:
            changes[slot.attribute] = with_ids_of(held, other)
    if isinstance(node, Cv):
        changes["origins"] = node.origins or known.origins
    return replace(node, **changes) if changes else node


def adopted(slot: Slot, rows: Rows, known: Rows) -> Rows:
    """`rows` with the ids of those in `known` that they are."""
    pairs = same([_said(row) for row in rows], [_said(row) for row in known])
    taken = {row.id for row in known}
    found: list[Any] = []
    for row, at in zip(rows, pairs, strict=True):
        if at is not None:
            twin = with_ids_of(row, known[at]) if slot.kind == "items" else row
            found.append(replace(twin, id=known[at].id))
        else:
            content = row.text if isinstance(row, Line) else plain(row)
            found.append(replace(row, id=new_id(slot.wire, content, taken)))
        taken.add(found[-1].id)
    return tuple(found)


def same(new: Sequence[str], known: Sequence[str]) -> list[int | None]:
    """For each of `new`, which of `known` it is, or None: equal ones first, then similar ones."""
    pairs: list[int | None] = [None] * len(new)
    free = dict.fromkeys(range(len(known)))
    places: dict[str, list[int]] = {}
    for at, text in enumerate(known):
        places.setdefault(text, []).append(at)
    for at, text in enumerate(new):
        if places.get(text):
            pairs[at] = twin = places[text].pop(0)
            del free[twin]
    left = [at for at, pair in enumerate(pairs) if pair is None]
    if len(left) * len(free) > COMPARED_MAX:
        return pairs
    words = {at: Counter(known[at].casefold().split()) for at in free} if left else {}
    ranked = sorted(
        (
            (-_similarity(Counter(new[at].casefold().split()), words[k]), abs(at - k), at, k)
            for at in left
            for k in free
        ),
    )
    for unlike, _, at, k in ranked:
        if -unlike < SIMILAR_MIN:
            break
        if pairs[at] is None and k in free:
            pairs[at] = k
            del free[k]
    return pairs


def _similarity(a: Counter[str], b: Counter[str]) -> float:
    total = max(a.total(), b.total())
    return (a & b).total() / total if total else 1.0


def _said(row: Item | Line) -> str:
    return row.text if isinstance(row, Line) else "\n".join(_strings(row))


def _strings(node: Node) -> list[str]:
    found: list[str] = []
    for slot in slots_of(node).values():
        value = getattr(node, slot.attribute)
        if slot.kind == "text" and value is not None:
            found.append(f"{slot.wire} {value}")
        elif slot.kind == "lines":
            found += [line.text for line in value]
        elif slot.kind == "items":
            found += [_said(item) for item in value]
        elif slot.kind == "object" and value is not None:
            found += _strings(value)
    return found
