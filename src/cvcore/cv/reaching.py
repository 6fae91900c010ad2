"""Going down a path: to read what stands there, or to rebuild the CV around a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from cvcore.cv.codec import META_KEY
from cvcore.cv.errors import NoSuchPath
from cvcore.cv.model import Cv, Location
from cvcore.cv.pathnames import Path, Step
from cvcore.cv.shape import Node, Slot, extra_of, slots_of

Rows = tuple[Any, ...]
Change = Callable[[Any, Step], Any]
"""Makes of the node that has the last step of a path that node, changed."""


class Meta(msgspec.Struct, frozen=True):
    """The `meta` of a document as a node: its fields are all unknown ones."""

    extra: dict[str, Any]


class Ours(msgspec.Struct, frozen=True):
    """What stands at `meta.x-cvcore` as a node."""

    extra: dict[str, Any]


OURS = ("language", "origins", "order")
"""The fields of a CV that JSON Resume has no place for."""


def inside(node: Any, step: Step, path: str) -> Any:
    """The node that `step` leads to; None for an object that is not there."""
    if isinstance(node, Cv) and step == Step("meta"):
        return Meta(node.meta)
    slot = slots_of(node).get(step.name) if not isinstance(node, Meta) else None
    if slot is None or slot.kind not in ("items", "object"):
        raise missing(node, step, path)
    held = getattr(node, slot.attribute)
    if slot.kind == "items":
        return row_at(held, step, path)
    if step.id is not None:
        raise missing(node, step, path)
    return held


def changed(node: Any, steps: Path, change: Change, path: str) -> Any:
    """`node` with the node at the end of `steps` changed; the last step is the change's own."""
    step = steps[0]
    if len(steps) == 1:
        return change(node, step)
    if isinstance(node, Cv) and step == Step("meta"):
        return _meta_changed(node, steps, change, path)
    held = inside(node, step, path)
    slot = slots_of(node)[step.name]
    if slot.kind == "object":
        inner = changed(Location() if held is None else held, steps[1:], change, path)
        return replace(node, **{slot.attribute: inner})
    inner = changed(held, steps[1:], change, path)
    rows = getattr(node, slot.attribute)
    return with_rows(node, slot, tuple(inner if each is held else each for each in rows))


def _meta_changed(cv: Cv, steps: Path, change: Change, path: str) -> Cv:
    if len(steps) == 2:  # meta.name
        return replace(cv, meta=change(Meta(cv.meta), steps[1]).extra)
    if len(steps) == 3 and steps[1] == Step(META_KEY) and steps[2].name in OURS:
        ours = {name: msgspec.to_builtins(getattr(cv, name)) for name in OURS}
        found = change(Ours(ours), steps[2]).extra
        return replace(
            cv,
            language=found.get("language"),
            origins=found.get("origins") or {},
            order=tuple(found.get("order") or ()),
        )
    raise missing(Meta(cv.meta), steps[1], path)


def ours_at(steps: Path) -> str | None:
    """The name of our own field that `steps` lead to (`meta.x-cvcore.language`), or None."""
    if steps[:-1] == (Step("meta"), Step(META_KEY)) and steps[-1].name in OURS:
        return steps[-1].name
    return None


def with_rows(node: Node, slot: Slot, rows: Rows) -> Any:
    """`node` with `rows` in the list `slot`."""
    return replace(node, **{slot.attribute: rows})


def list_slot(node: Any, step: Step, path: str) -> Slot:
    """The list of items or lines that `step` names.

    Raises:
        NoSuchPath: it names none.
    """
    slot = known_slot(node, step)
    if slot is None or slot.kind not in ("items", "lines"):
        raise missing(node, step, path)
    return slot


def known_slot(node: Any, step: Step) -> Slot | None:
    """The field of the standard that `step` names, or None."""
    return None if isinstance(node, Meta | Ours) else slots_of(node).get(step.name)


def row_at(rows: Sequence[Any], step: Step, path: str) -> Any:
    """The item or line in `rows` that has the step's id.

    Raises:
        NoSuchPath: none has; the error lists those there are.
    """
    for row in rows:
        if row.id == step.id:
            return row
    there = [f"{step.name}[{row.id}]" for row in rows]
    raise NoSuchPath(path=path, needed="item", there=there)


def placed(rows: Rows, row: Any, after: str | None, path: str) -> Rows:
    """`rows` with `row` behind the one with id `after`, first where None.

    Raises:
        NoSuchPath: no row has that id.
    """
    if after is None:
        return (row, *rows)
    ids = [each.id for each in rows]
    if after not in ids:
        raise NoSuchPath(path=f"{path}[{after}]", needed="item", there=ids)
    at = ids.index(after) + 1
    return (*rows[:at], row, *rows[at:])


def missing(node: Any, step: Step, path: str) -> NoSuchPath:
    """The error for a step that leads nowhere: what stands there instead."""
    slots = {} if isinstance(node, Meta | Ours) else slots_of(node)
    there = [] if isinstance(node, Ours) else sorted([*slots, *extra_of(node)])
    if isinstance(node, Ours):
        there = list(OURS)
    if step.name in slots:
        needed = "list to take an item of" if step.id is not None else "field with items"
        return NoSuchPath(path=path, needed=needed, there=there)
    return NoSuchPath(path=path, needed="field", there=there)
