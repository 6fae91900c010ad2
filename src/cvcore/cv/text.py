"""The texts of a CV, each with its path, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from cvcore.cv.model import SECTIONS, Cv
from cvcore.cv.pathnames import format_name
from cvcore.cv.shape import Node, extra_of, slots_of

TextKind = Literal["text", "name", "contact", "date", "extra"]

_CONTACT = frozenset({"email", "phone", "url", "image", "address", "postalCode", "username"})
_DATE = frozenset({"startDate", "endDate", "date", "releaseDate"})


class TextAt(msgspec.Struct, frozen=True):
    """One text of a CV. `kind` is `text` for what speaks of the work, `name` for a person's,
    `contact` and `date` for those fields, `extra` for a field that the standard does not name."""

    path: str
    text: str
    kind: TextKind = "text"


def texts(cv: Cv) -> tuple[TextAt, ...]:
    """Every text that is not blank, letter for letter, sections in the order of the CV.

    >>> from cvcore.cv.model import Basics
    >>> texts(Cv(basics=Basics(label="Engineer")))
    (TextAt(path='basics.label', text='Engineer', kind='text'),)
    """
    found = [*_texts(cv.basics, "basics")]
    for section in section_order(cv):
        for item in getattr(cv, section):
            found += _texts(item, f"{section}[{item.id}]")
    found += _extra(cv.extra, "")
    return tuple(each for each in found if each.text and not each.text.isspace())


def section_order(cv: Cv) -> tuple[str, ...]:
    """The sections in the order the person chose, those not named in it behind, as usual."""
    chosen = tuple(dict.fromkeys(name for name in cv.order if name in SECTIONS))
    return chosen + tuple(name for name in SECTIONS if name not in chosen)


def _texts(node: Node, path: str) -> Iterator[TextAt]:
    for slot in slots_of(node).values():
        value, at = getattr(node, slot.attribute), f"{path}.{slot.wire}"
        if value is None:
            continue
        if slot.kind == "text":
            yield TextAt(at, value, _kind(path, slot.wire))
        elif slot.kind == "lines":
            for line in value:
                yield TextAt(f"{at}[{line.id}]", line.text)
        elif slot.kind == "items":
            for item in value:
                yield from _texts(item, f"{at}[{item.id}]")
        else:
            yield from _texts(value, at)
    yield from _extra(extra_of(node), path)


def _kind(path: str, wire: str) -> TextKind:
    if wire == "name" and path.startswith(("basics", "references")):
        return "name"
    if wire in _CONTACT:
        return "contact"
    return "date" if wire in _DATE else "text"


def _extra(extra: dict[str, Any], path: str) -> Iterator[TextAt]:
    for name, value in extra.items():
        at = f"{path}.{format_name(name)}" if path else format_name(name)
        for text in _strings(value):
            yield TextAt(at, text, "extra")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for held in value.values() if isinstance(value, dict) else value:
            yield from _strings(held)
