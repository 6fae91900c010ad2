"""Reading and changing a CV at a path: a new CV each time, the given one never changes.

Values are JSON Resume: a text, an item (an object, its lines as texts), a list of either, None for
nothing. Items and lines keep their ids; new ones are named after their content. `origins` loses the
paths that no longer exist.
"""

from __future__ import annotations

from typing import Any, cast

from msgspec.structs import replace

from cvcore.cv.codec import META_KEY, from_json_resume, node_from, plain
from cvcore.cv.errors import NoSuchPath, WrongValue
from cvcore.cv.model import Basics, Cv, Item, Line, Location
from cvcore.cv.pathnames import Path, Step, format_path, parse
from cvcore.cv.reaching import (
    Change,
    Ours,
    changed,
    inside,
    known_slot,
    list_slot,
    missing,
    ours_at,
    placed,
    row_at,
    with_rows,
)
from cvcore.cv.rows import row_from, rows_from, with_ids_of
from cvcore.cv.shape import Slot, extra_of

__all__ = [
    "Path",
    "Step",
    "format_path",
    "get",
    "has",
    "ids_at",
    "insert",
    "move",
    "parse",
    "remove",
    "with_value",
    "without_lost_origins",
]


def get(cv: Cv, path: str) -> Any:
    """What stands at `path`, in JSON Resume form; None where a known field is empty.

    Raises:
        NoSuchPath: there is no such field, item or line; the error lists what there is.
    """
    steps = parse(path)
    if name := ours_at(steps):
        held = getattr(cv, name)
        return list(held) if isinstance(held, tuple) else held
    node: Any = cv
    for step in steps[:-1]:
        node = inside(node, step, path)
        if node is None:
            return None
    return _shown(_held(node, steps[-1], path))


def ids_at(cv: Cv, path: str) -> tuple[str, ...]:
    """The ids of the items or lines of the list at `path`, in their order.

    Raises:
        NoSuchPath: there is no such list.
    """
    node: Any = cv
    *steps, last = parse(path)
    for step in steps:
        node = inside(node, step, path)
    rows = getattr(node, list_slot(node, last, path).attribute)
    return tuple(row.id for row in rows)


def has(cv: Cv, path: str) -> bool:
    """Whether something stands at `path`."""
    try:
        return get(cv, path) not in (None, [])
    except NoSuchPath:
        return False


def with_value(cv: Cv, path: str, value: Any, *, is_exact: bool = False) -> Cv:
    """`cv` with `value` at `path`; None empties a field.

    An item keeps its id, and the lines of it that stay keep theirs. With `is_exact`, here and in
    the functions below, `origins` keeps paths that exist no longer, and an unknown field can be
    null.

    Raises:
        NoSuchPath: there is no such field, item or line.
        WrongValue, InvalidCv: the value is not of the kind that stands there.
    """

    def change(node: Any, step: Step) -> Any:
        if is_exact and known_slot(node, step) is None and step.id is None:
            return replace(node, extra={**extra_of(node), step.name: value})
        return _with_value(node, step, path, value)

    return _change(cv, path, change, is_exact=is_exact)


def insert(
    cv: Cv,
    path: str,
    value: Any,
    *,
    after: str | None = None,
    id: str | None = None,
    ids: dict[str, list[str]] | None = None,
    is_exact: bool = False,
) -> Cv:
    """`cv` with `value` as a new item or line of the list at `path`, behind the one `after` names.

    First of the list where `after` is None. Its id is `id`, else named after its content; `ids` are
    those of the lists within it.

    Raises:
        NoSuchPath: there is no such list, or nothing with the id `after` in it.
        WrongValue, InvalidCv: the value is no such item or line.
    """

    def change(node: Any, step: Step) -> Any:
        slot = list_slot(node, step, path)
        rows = getattr(node, slot.attribute)
        row = row_from(slot, value, path, taken=[each.id for each in rows], id=id, ids=ids)
        return with_rows(node, slot, placed(rows, row, after, path))

    return _change(cv, path, change, is_exact=is_exact)


def remove(cv: Cv, path: str, *, is_exact: bool = False) -> Cv:
    """`cv` without the item, line or field at `path`.

    Raises:
        NoSuchPath: there is none.
    """
    return _change(cv, path, lambda node, step: _without(node, step, path), is_exact=is_exact)


def move(cv: Cv, path: str, *, after: str | None = None, is_exact: bool = False) -> Cv:
    """`cv` with the item or line at `path` behind the one with id `after` in its list.

    First of the list where `after` is None; nothing changes where it is to stand behind itself.

    Raises:
        NoSuchPath: there is none, or nothing with the id `after` in its list.
    """

    def change(node: Any, step: Step) -> Any:
        slot = list_slot(node, step, path)
        rows = getattr(node, slot.attribute)
        row = row_at(rows, step, path)
        if after == row.id:
            return node
        rest = tuple(each for each in rows if each is not row)
        return with_rows(node, slot, placed(rest, row, after, path))

    return _change(cv, path, change, is_exact=is_exact)


def without_lost_origins(cv: Cv) -> Cv:
    """`cv` whose `origins` name only paths that exist."""
    kept = {path: origin for path, origin in cv.origins.items() if has(cv, path)}
    return cv if len(kept) == len(cv.origins) else replace(cv, origins=kept)


def _change(cv: Cv, path: str, change: Change, *, is_exact: bool) -> Cv:
    found = cast("Cv", changed(cv, parse(path), change, path))
    return without_lost_origins(found) if found.origins and not is_exact else found


def _held(node: Any, step: Step, path: str) -> Any:
    slot = known_slot(node, step)
    if slot is None:
        if isinstance(node, Cv) and step == Step("meta"):
            return node.meta
        if step.id is not None or step.name not in extra_of(node):
            raise missing(node, step, path)
        return extra_of(node)[step.name]
    held = getattr(node, slot.attribute)
    if step.id is None:
        return held
    return row_at(getattr(node, list_slot(node, step, path).attribute), step, path)


def _shown(held: Any) -> Any:
    if isinstance(held, tuple):
        return [_shown(each) for each in held]
    if isinstance(held, Line):
        return held.text
    return plain(held) if isinstance(held, Item | Basics | Location) else held


def _with_value(node: Any, step: Step, path: str, value: Any) -> Any:
    slot = known_slot(node, step)
    if slot is None:
        if step.id is not None or (isinstance(node, Cv) and step.name == "meta"):
            raise missing(node, step, path)
        return _with_extra(node, step.name, value)
    if step.id is None:
        read = _read(slot, value, path, getattr(node, slot.attribute))
        return replace(node, **{slot.attribute: read})
    if value is None:
        return _without(node, step, path)
    rows = getattr(node, list_slot(node, step, path).attribute)
    row = row_at(rows, step, path)
    new = row_from(slot, value, path, known=row)
    return with_rows(node, slot, tuple(new if each is row else each for each in rows))


def _read(slot: Slot, value: Any, path: str, known: Any) -> Any:
    if slot.kind == "text":
        if value is not None and not isinstance(value, str):
            raise WrongValue(path=path, needed="a text", value=value)
        return value
    if slot.kind != "object":
        return rows_from(slot, value, path, known)
    if value is None:
        return Basics() if slot.type is Basics else None
    if not isinstance(value, dict):
        raise WrongValue(path=path, needed="an object", value=value)
    found = node_from(slot.type, value, path=path)
    return found if known is None else with_ids_of(found, known)


def _with_extra(node: Any, name: str, value: Any) -> Any:
    if isinstance(node, Ours):
        _check_ours(name, value)
    extra = {key: held for key, held in extra_of(node).items() if key != name or value is not None}
    if value is not None:
        extra[name] = value
    return replace(node, extra=extra)


def _check_ours(name: str, value: Any) -> None:
    """The codec reads our own fields too: what it refuses cannot stand here."""
    if value is None:
        return
    from_json_resume({"meta": {META_KEY: {name: value}}})


def _without(node: Any, step: Step, path: str) -> Any:
    slot = known_slot(node, step)
    if slot is None:
        if step.id is not None or step.name not in extra_of(node):
            raise missing(node, step, path)
        return _with_extra(node, step.name, None)
    if step.id is None:
        return _with_value(node, step, path, None)
    rows = getattr(node, list_slot(node, step, path).attribute)
    row = row_at(rows, step, path)
    return with_rows(node, slot, tuple(each for each in rows if each is not row))
