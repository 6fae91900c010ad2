"""The shape of a CV as data, read off the Structs once: which field holds a text, lines or items.

What reads, writes, addresses, compares and merges CVs walks this, so that a field added to the
model is known to all of them.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec.structs import fields

from cvcore.cv.model import Cv, Item, Line

Kind = Literal["text", "lines", "items", "object"]
Node = msgspec.Struct
"""A part of a CV that has fields: the CV, its basics, a location, an item."""

_OURS = frozenset({"id", "extra", "language", "origins", "order", "meta"})


class Slot(msgspec.Struct, frozen=True):
    """One field: its name on the wire, its attribute, what it holds, and of which type."""

    wire: str
    attribute: str
    kind: Kind
    type: type[Any]


class Shape(msgspec.Struct, frozen=True):
    """The fields of one type, by their names on the wire, in the order of the standard."""

    type: type[Any]
    slots: dict[str, Slot]


def _slot(wire: str, attribute: str, annotation: Any) -> Slot:
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        (annotation,) = (each for each in get_args(annotation) if each is not type(None))
    if annotation is str:
        return Slot(wire, attribute, "text", str)
    if origin is tuple:
        held = get_args(annotation)[0]
        return Slot(wire, attribute, "lines" if held is Line else "items", held)
    return Slot(wire, attribute, "object", annotation)


def _shape(type_: type[Any]) -> Shape:
    ours = _OURS if type_ is Cv else frozenset({"id", "extra"})
    slots = (
        _slot(each.encode_name, each.name, each.type)
        for each in fields(type_)
        if each.name not in ours
    )
    return Shape(type_, {slot.wire: slot for slot in slots})


def _shapes(type_: type[Any]) -> Iterator[Shape]:
    shape = _shape(type_)
    yield shape
    for slot in shape.slots.values():
        if slot.kind in ("items", "object"):
            yield from _shapes(slot.type)


SHAPES: dict[type[Any], Shape] = {shape.type: shape for shape in _shapes(Cv)}
"""The shape of every type that has fields."""


def slots_of(node: Node) -> dict[str, Slot]:
    """The fields that the type of `node` names, by their names on the wire."""
    return SHAPES[type(node)].slots


def extra_of(node: Node) -> dict[str, Any]:
    """The fields of `node` that the standard does not name."""
    extra: dict[str, Any] = getattr(node, "extra")  # noqa: B009 - every node has one, Struct has not
    return extra


def id_of(row: Item | Line) -> str:
    """The id of an item or a line."""
    return row.id
