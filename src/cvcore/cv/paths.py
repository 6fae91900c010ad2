"""Reading and changing a CV at a path: a new CV each time, the given one never changes.

Values are JSON Resume: a text, an item (an object, its lines as texts), a list of either, None for
nothing. Items and lines keep their ids; new ones are named after their content. `origins` loses the
paths that no longer exist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from msgspec.structs import replace

from cvcore.cv.codec import META_KEY, node_from, plain
from cvcore.cv.errors import NoSuchPath, WrongValue
from cvcore.cv.model import Basics, Cv, Item, Line, Location
from cvcore.cv.pathnames import Path, Step, format_path, parse
from cvcore.cv.rows import row_from, rows_from, with_ids_of
from cvcore.cv.shape import Node, Slot, extra_of, slots_of

Rows = tuple[Any, ...]
Change = Callable[[Node, Step], Node]

__all__ = ["get", "insert", "move", "parse", "remove", "with_value"]


def get(cv: Cv, path: str) -> Any:
    """What stands at `path`, in JSON Resume form; None where a known field is empty.

    Raises:
        NoSuchPath: there is no such field, item or line; the error lists what there is.
    """
    steps = parse(path)
    node: Any = cv
    for step in steps[:-1]:
        node = _inside(node, step, path)
        if node is None:
            return None
    return _shown(_held(node, steps[-1], path))


def with_value(cv: Cv, path: str, value: Any) -> Cv:
    """`cv` with `value` at `path`; None empties a field.

    An item keeps its id, and the lines of it that stay keep theirs.

    Raises:
        NoSuchPath: there is no such field, item or line.
        WrongValue, InvalidCv: the value is not of the kind that stands there.
    """
    return _change(cv, path, lambda node, step: _with_value(node, step, path, value))


def insert(cv: Cv, path: str, value: Any, *, after: str | None = None) -> Cv:
    """`cv` with `value` as a new item or line of the list at `path`, behind `after`.

    `after` is an id; first of the list where `after` is None.

    Raises:
        NoSuchPath: there is no such list, or nothing with the id `after` in it.
        WrongValue, InvalidCv: the value is no such item or line.
    """

    def change(node: Node, step: Step) -> Node:
        slot = _list_slot(node, step, path)
        rows: Rows = getattr(node, slot.attribute)
        row = row_from(slot, value, path, taken=[each.id for each in rows])
        return _with_rows(node, slot, placed(rows, row, after, path))

    return _change(cv, path, change)


def remove(cv: Cv, path: str) -> Cv:
    """`cv` without the item, line or field at `path`.

    Raises:
        NoSuchPath: there is none.
    """
    return _change(cv, path, lambda node, step: _without(node, step, path))


def move(cv: Cv, path: str, *, after: str | None = None) -> Cv:
    """`cv` with the item or line at `path` behind the one with id `after` in its list.

    First of the list where `after` is None; nothing changes where it is to stand behind itself.

    Raises:
        NoSuchPath: there is none, or nothing with the id `after` in its list.
    """

    def change(node: Node, step: Step) -> Node:
        slot = _list_slot(node, step, path)
        rows: Rows = getattr(node, slot.attribute)
        row = _row(rows, step, path)
        if after == row.id:
            return node
        rest = tuple(each for each in rows if each is not row)
        return _with_rows(node, slot, placed(rest, row, after, path))

    return _change(cv, path, change)


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


def _change(cv: Cv, path: str, change: Change) -> Cv:
    changed = cast("Cv", _changed(cv, parse(path), change, path))
    return without_lost_origins(changed) if changed.origins else changed


def without_lost_origins(cv: Cv) -> Cv:
    """`cv` whose `origins` name only paths that exist."""
    kept = {path: origin for path, origin in cv.origins.items() if has(cv, path)}
    return cv if len(kept) == len(cv.origins) else replace(cv, origins=kept)


def has(cv: Cv, path: str) -> bool:
    """Whether something stands at `path`."""
    try:
        return get(cv, path) is not None
    except NoSuchPath:
        return False


def _changed(node: Node, steps: Path, change: Change, path: str) -> Node:
    step = steps[0]
    if len(steps) == 1:
        return change(node, step)
    slot = slots_of(node).get(step.name)
    if slot is None or slot.kind not in ("items", "object"):
        if isinstance(node, Cv) and step.name == "meta":
            return _meta_changed(node, steps[1:], change)
        raise _missing(node, step, path)
    held = getattr(node, slot.attribute)
    if slot.kind == "object":
        inner = _changed(Location() if held is None else held, steps[1:], change, path)
        return replace(node, **{slot.attribute: inner})
    row = _row(held, step, path)
    inner = _changed(row, steps[1:], change, path)
    return _with_rows(node, slot, tuple(inner if each is row else each for each in held))


def _meta_changed(cv: Cv, steps: Path, change: Change) -> Cv:
    """The document's own `meta`: its fields are addressed like unknown ones."""
    if len(steps) != 1 or steps[0].name == META_KEY:
        raise NoSuchPath(path=format_path((Step("meta"), *steps)), needed="field", there=cv.meta)
    changed = change(Basics(extra=cv.meta), steps[0])
    return replace(cv, meta=extra_of(changed))


def _inside(node: Node, step: Step, path: str) -> Any:
    slot = slots_of(node).get(step.name)
    if slot is None and isinstance(node, Cv) and step.name == "meta":
        return Basics(extra=node.meta)
    if slot is None or slot.kind not in ("items", "object"):
        raise _missing(node, step, path)
    held = getattr(node, slot.attribute)
    return _row(held, step, path) if slot.kind == "items" else held


def _held(node: Node, step: Step, path: str) -> Any:
    slot = slots_of(node).get(step.name)
    if slot is None:
        if step.id is not None or step.name not in extra_of(node):
            raise _missing(node, step, path)
        return extra_of(node)[step.name]
    held = getattr(node, slot.attribute)
    if step.id is None:
        return held
    if slot.kind not in ("items", "lines"):
        raise _missing(node, step, path)
    return _row(held, step, path)


def _shown(held: Any) -> Any:
    if isinstance(held, tuple):
        return [_shown(each) for each in held]
    if isinstance(held, Line):
        return held.text
    return plain(held) if isinstance(held, Item | Basics | Location) else held


def _with_value(node: Node, step: Step, path: str, value: Any) -> Node:
    slot = slots_of(node).get(step.name)
    if slot is None:
        if step.id is not None:
            raise _missing(node, step, path)
        return _with_extra(node, step.name, value)
    if step.id is not None:
        if value is None:
            return _without(node, step, path)
        row = _row(_rows_of(node, slot, step, path), step, path)
        new = row_from(slot, value, path, known=row)
        rows = tuple(new if each is row else each for each in getattr(node, slot.attribute))
        return _with_rows(node, slot, rows)
    return replace(
        node, **{slot.attribute: _read(slot, value, path, getattr(node, slot.attribute))}
    )


def _read(slot: Slot, value: Any, path: str, known: Any) -> Any:
    if slot.kind == "text":
        if value is not None and not isinstance(value, str):
            raise WrongValue(path=path, needed="a text", value=value)
        return value
    if slot.kind == "object":
        if value is None:
            return Basics() if slot.type is Basics else None
        if not isinstance(value, dict):
            raise WrongValue(path=path, needed="an object", value=value)
        found = node_from(slot.type, value, path=path)
        return found if known is None else with_ids_of(found, known)
    return rows_from(slot, value, path, known)


def _with_extra(node: Node, name: str, value: Any) -> Node:
    extra = {key: held for key, held in extra_of(node).items() if key != name or value is not None}
    if value is not None:
        extra[name] = value
    return replace(node, extra=extra)


def _without(node: Node, step: Step, path: str) -> Node:
    slot = slots_of(node).get(step.name)
    if slot is None:
        if step.id is not None or step.name not in extra_of(node):
            raise _missing(node, step, path)
        return _with_extra(node, step.name, None)
    if step.id is None:
        return _with_value(node, step, path, None)
    row = _row(_rows_of(node, slot, step, path), step, path)
    rest = tuple(each for each in getattr(node, slot.attribute) if each is not row)
    return _with_rows(node, slot, rest)


def _with_rows(node: Node, slot: Slot, rows: Rows) -> Node:
    return replace(node, **{slot.attribute: rows})


def _list_slot(node: Node, step: Step, path: str) -> Slot:
    slot = slots_of(node).get(step.name)
    if slot is None or slot.kind not in ("items", "lines"):
        raise _missing(node, step, path)
    return slot


def _rows_of(node: Node, slot: Slot, step: Step, path: str) -> Rows:
    if slot.kind not in ("items", "lines"):
        raise _missing(node, step, path)
    rows: Rows = getattr(node, slot.attribute)
    return rows


def _row(rows: Sequence[Any], step: Step, path: str) -> Any:
    for row in rows:
        if row.id == step.id:
            return row
    there = [f"{step.name}[{row.id}]" for row in rows]
    raise NoSuchPath(path=path, needed="item", there=there)


def _missing(node: Node, step: Step, path: str) -> NoSuchPath:
    there = sorted([*slots_of(node), *extra_of(node)])
    if step.id is None and step.name in slots_of(node):
        return NoSuchPath(path=path, needed="list or object without an id named", there=there)
    return NoSuchPath(path=path, needed="field", there=there)
