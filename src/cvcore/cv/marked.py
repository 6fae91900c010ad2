"""A JSON Resume document whose list entries carry their ids along while they are moved about."""

from __future__ import annotations

from typing import Any

from cvcore.cv.model import Cv, Line
from cvcore.cv.numbering import counted, new_id
from cvcore.cv.shape import SHAPES, Shape


class Marked:
    """An entry of a list with its id."""

    __slots__ = ("id", "value")

    def __init__(self, id: str, value: Any) -> None:
        self.id, self.value = id, value


def marked(document: dict[str, Any], ids: dict[str, list[str]]) -> dict[str, Any]:
    """`document`, new throughout, with `ids` (by the path of their list) at its list entries."""
    return _marked(document, SHAPES[Cv], ids, "")


def _marked(
    node: dict[str, Any], shape: Shape, ids: dict[str, list[str]], path: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in node.items():
        slot, at = shape.slots.get(name), f"{path}.{name}".lstrip(".")
        if slot is None or slot.kind == "text":
            found[name] = _copied(value)
        elif slot.kind == "object":
            found[name] = _marked(value, SHAPES[slot.type], ids, at)
        elif slot.kind == "lines":
            found[name] = [Marked(id, text) for id, text in zip(ids[at], value, strict=True)]
        else:
            inner = SHAPES[slot.type]
            found[name] = [
                Marked(id, _marked(item, inner, ids, f"{at}[{id}]"))
                for id, item in zip(ids[at], value, strict=True)
            ]
    return found


def unmarked(document: Any) -> tuple[Any, dict[str, list[str]]]:
    """A document without its marks, and the ids they held; entries without one get a new id."""
    ids: dict[str, list[str]] = {}
    if isinstance(document, dict):
        _collect(document, SHAPES[Cv], "", ids)
    return _copied(document), ids


def _collect(node: dict[str, Any], shape: Shape, path: str, ids: dict[str, list[str]]) -> None:
    for name, value in node.items():
        slot, at = shape.slots.get(name), f"{path}.{name}".lstrip(".")
        if slot is None:
            continue
        if slot.kind == "object" and isinstance(value, dict):
            _collect(value, SHAPES[slot.type], at, ids)
        elif slot.kind in ("lines", "items") and isinstance(value, list):
            named = ids[at] = _named(name, value)
            for id, row in zip(named, value, strict=True):
                inner = row.value if isinstance(row, Marked) else row
                if slot.type is not Line and isinstance(inner, dict):
                    _collect(inner, SHAPES[slot.type], f"{at}[{id}]", ids)


def _named(name: str, rows: list[Any]) -> list[str]:
    taken = {row.id for row in rows if isinstance(row, Marked)}
    spare = counted(name, taken)
    found: dict[str, None] = {}
    for row in rows:
        if isinstance(row, Marked) and row.id not in found:
            found[row.id] = None
        else:
            id = new_id(name, _copied(row), taken, spare)
            found[id] = None
            taken.add(id)
    return list(found)


def _copied(value: Any) -> Any:
    if isinstance(value, Marked):
        return _copied(value.value)
    if isinstance(value, dict):
        return {name: _copied(held) for name, held in value.items()}
    return [_copied(held) for held in value] if isinstance(value, list) else value
