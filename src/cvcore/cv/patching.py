"""JSON Patch (RFC 6902) on a CV in its JSON Resume form, ids kept.

A pointer counts list entries from 0, or names them by id: `/work/0/highlights/1` and
`/work/w1/highlights/b2` are the same bullet. `test` compares, `-` is the end of a list.
The first entry of a list that is absent can be added like any other. What an operation brings is
counted before it is built: no patch makes a document larger or deeper than a CV may be.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from cvcore.cv.codec import DEPTH_MAX, META_KEY, from_json_resume, ids_in, to_json_resume
from cvcore.cv.errors import InvalidPatch
from cvcore.cv.marked import Marked, marked, unmarked
from cvcore.cv.model import ID_PREFIX, Cv
from cvcore.cv.paths import without_lost_origins
from cvcore.cv.sizes import Room, depth_of

OPERATIONS_MAX = 1000
"""How many operations one patch may have."""
TIMES_WRITTEN_MAX = 3
"""How many of the largest CVs a CV and all that one patch writes into it may come to, together."""
TIMES_MOVED_MAX = 30
"""How many of the largest CVs all that one patch moves about may come to, together."""


def patched(cv: Cv, patch: Sequence[Any]) -> Cv:
    """`cv` with every operation of `patch` done, or none.

    Items and lines keep their ids where they are moved, replaced or changed within.

    Raises:
        InvalidPatch: an operation is malformed, points nowhere, or its `test` fails; the error
            says which (counted from 0) and why.
        InvalidCv: the document is no CV any more.
        CvTooLarge: the operations bring, or move about, more than a CV may hold.
    """
    if not isinstance(patch, list | tuple) or len(patch) > OPERATIONS_MAX:
        raise InvalidPatch(index=0, why=f"a patch is a list of at most {OPERATIONS_MAX} operations")
    document = marked(to_json_resume(cv), ids_in(cv))
    room = Room(TIMES_WRITTEN_MAX)
    room.take(document)
    moves = Room(TIMES_MOVED_MAX)
    for index, operation in enumerate(patch):
        document = _done(document, operation, index, room, moves)
    if not isinstance(document, dict):
        raise InvalidPatch(index=len(patch) - 1, why="the CV itself is no longer an object")
    plain, ids = unmarked(document)
    meta = plain.get("meta")
    ours = meta.get(META_KEY) if isinstance(meta, dict) else None
    if isinstance(meta, dict) and isinstance(ours, dict):
        plain["meta"] = {**meta, META_KEY: {**ours, "ids": ids, "origins": dict(cv.origins)}}
    elif meta is None or (isinstance(meta, dict) and ours is None):
        ours = {"ids": ids, "origins": dict(cv.origins)}
        plain["meta"] = {**(meta or {}), META_KEY: ours}
    Room().take(plain)
    return without_lost_origins(from_json_resume(plain))


def _done(document: Any, operation: Any, index: int, room: Room, moves: Room) -> Any:
    if not isinstance(operation, dict):
        raise InvalidPatch(index=index, why="an operation is an object")
    does = _OPERATIONS.get(str(operation.get("op")))
    if does is None:
        known = ", ".join(_OPERATIONS)
        raise InvalidPatch(index=index, why=f"op {operation.get('op')!r} is none of {known}")
    for name in ("path", "from") if operation["op"] in ("move", "copy") else ("path",):
        pointer = operation.get(name)
        if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")):
            raise InvalidPatch(index=index, why=f"{name} is needed, a pointer like /work/0/name")
    if operation["op"] in ("add", "replace", "test") and "value" not in operation:
        raise InvalidPatch(index=index, why="a value is needed")
    try:
        if operation["op"] == "copy":
            room.take(_get(document, operation["from"]))
        elif operation["op"] in ("add", "replace"):
            room.take(operation["value"])
        elif operation["op"] == "move":
            moves.take(_get(document, operation["from"]))
        return does(document, operation)
    except _NoTargetError as error:
        raise InvalidPatch(index=index, why=str(error)) from error


class _NoTargetError(Exception):
    """A pointer leads nowhere, or a test fails."""


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _at(held: Any, part: str, pointer: str, *, is_end_fine: bool = False) -> Any:
    """The key or index in `held` that `part` names."""
    if isinstance(held, dict):
        return part
    if not isinstance(held, list):
        raise _NoTargetError(f"{pointer!r} goes into a value that has no parts")
    if part == "-" and is_end_fine:
        return len(held)
    if part.isascii() and part.isdigit() and (part == "0" or part[0] != "0"):
        if int(part) < len(held) + is_end_fine:
            return int(part)
        raise _NoTargetError(f"{pointer!r}: the list has {len(held)} entries")
    for index, row in enumerate(held):
        if isinstance(row, Marked) and row.id == part:
            return index
    raise _NoTargetError(f"{pointer!r}: no entry {part!r} in the list")


def _parent(document: Any, pointer: str) -> tuple[Any, str]:
    *way, last = _parts(pointer)
    held = document
    for part in way:
        held = _child(held, part, pointer)
    return held, last


def _child(held: Any, part: str, pointer: str) -> Any:
    held = held.value if isinstance(held, Marked) else held
    at = _at(held, part, pointer)
    if isinstance(held, dict) and at not in held:
        raise _NoTargetError(
            f"{pointer!r}: there is no {part!r}; there is: {', '.join(sorted(held))}"
        )
    return held[at]


def _get(document: Any, pointer: str) -> Any:
    held = document
    for part in _parts(pointer):
        held = _child(held, part, pointer)
    return held


def _add(document: Any, operation: dict[str, Any]) -> Any:
    _make_way(document, _parts(operation["path"]))
    return _put(document, operation["path"], operation["value"])


def _make_way(document: Any, way: list[str]) -> None:
    """An absent list of the standard is an empty one: its first entry can be added."""
    held = document
    for part, following in pairwise(way):
        held = held.value if isinstance(held, Marked) else held
        if isinstance(held, dict) and part not in held:
            if part in ID_PREFIX and following in ("-", "0"):
                held[part] = []
            elif part in ("basics", "location"):
                held[part] = {}
        try:
            held = _child(held, part, "")
        except _NoTargetError:
            return


def _put(document: Any, pointer: str, value: Any) -> Any:
    _check_depth(pointer, value)
    if not pointer:
        return value
    held, last = _parent(document, pointer)
    held = held.value if isinstance(held, Marked) else held
    at = _at(held, last, pointer, is_end_fine=True)
    if isinstance(held, list):
        held.insert(at, value)
    else:
        held[at] = value
    return document


def _check_depth(pointer: str, value: Any) -> None:
    if len(_parts(pointer)) + depth_of(value, depth_max=DEPTH_MAX) > DEPTH_MAX:
        raise _NoTargetError(f"more than {DEPTH_MAX} levels within one another")


def _remove(document: Any, operation: dict[str, Any]) -> Any:
    _take(document, operation["path"])
    return document


def _take(document: Any, pointer: str) -> Any:
    if not pointer:
        raise _NoTargetError("the CV itself cannot be removed")
    _get(document, pointer)
    held, last = _parent(document, pointer)
    held = held.value if isinstance(held, Marked) else held
    return held.pop(_at(held, last, pointer))


def _replace(document: Any, operation: dict[str, Any]) -> Any:
    pointer, value = operation["path"], operation["value"]
    _check_depth(pointer, value)
    if not pointer:
        return value
    known = _get(document, pointer)
    held, last = _parent(document, pointer)
    held = held.value if isinstance(held, Marked) else held
    held[_at(held, last, pointer)] = Marked(known.id, value) if isinstance(known, Marked) else value
    return document


def _move(document: Any, operation: dict[str, Any]) -> Any:
    source, target = operation["from"], operation["path"]
    if target.startswith(f"{source}/"):
        raise _NoTargetError(f"{source!r} cannot move into itself")
    return _put(document, target, _take(document, source))


def _copy(document: Any, operation: dict[str, Any]) -> Any:
    value, _ = unmarked(copy.deepcopy(_get(document, operation["from"])))
    return _put(document, operation["path"], value)


def _test(document: Any, operation: dict[str, Any]) -> Any:
    found, _ = unmarked(_get(document, operation["path"]))
    if found != operation["value"]:
        raise _NoTargetError(f"{operation['path']!r} is not the tested value, it is {found!r}")
    return document


_OPERATIONS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}
