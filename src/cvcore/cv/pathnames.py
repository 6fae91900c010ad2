"""Paths into a CV as text: `basics.summary`, `work[w3].highlights[b2]`, `skills[s1]`.

A field whose name is not plain stands in quotes, as JSON writes it: `work[w3]."a.b"`.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from cvcore.cv.errors import NoSuchPath

_PLAIN = re.compile(r"[^\W\d][\w-]*|[$@][\w-]+")
_STEP = re.compile(r'(?P<name>"(?:[^"\\]|\\.)*"|[$@]?[\w-]+)(?:\[(?P<id>[A-Za-z0-9_-]{1,64})\])?')


class Step(NamedTuple):
    """One step of a path: a field by its name on the wire, and the item or line in it, if any."""

    name: str
    id: str | None = None


Path = tuple[Step, ...]


def parse(path: str) -> Path:
    """The steps of a path.

    >>> parse("work[w3].highlights[b2]")
    (Step(name='work', id='w3'), Step(name='highlights', id='b2'))

    Raises:
        NoSuchPath: `path` is not written like one.
    """
    steps: list[Step] = []
    position = 0
    while match := _STEP.match(path, position):
        name = match["name"]
        steps.append(Step(_unquoted(name, path), match["id"]))
        position = match.end()
        if position == len(path):
            return tuple(steps)
        if path[position] != ".":
            break
        position += 1
    raise NoSuchPath(
        path=path, needed="path", there=("names and ids like work[w3].highlights[b2]",)
    )


def format_path(path: Path) -> str:
    """The text of a path: `parse` of it gives `path`."""
    return ".".join(
        format_name(step.name) + (f"[{step.id}]" if step.id is not None else "") for step in path
    )


def format_name(name: str) -> str:
    """A field's name as it stands in a path: quoted where it is not plain.

    >>> format_name("studyType"), format_name("a.b")
    ('studyType', '"a.b"')
    """
    return name if _PLAIN.fullmatch(name) else json.dumps(name)


def _unquoted(name: str, path: str) -> str:
    if not name.startswith('"'):
        return name
    try:
        text = json.loads(name)
    except ValueError as error:
        raise NoSuchPath(path=path, needed="path", there=("a name in quotes, as JSON",)) from error
    return str(text)
