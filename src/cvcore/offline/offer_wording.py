"""The wording of offers, kept as data to be read and mended by hand: `data/offer_wording.txt`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

_GROUP = re.compile(r"^\[(?P<name>[^\]]+)\]$")


def fold(text: str) -> str:
    """Lower case without accents, typographic apostrophes and hyphens straight."""
    straight = text.replace("’", "'").replace("\u2010", "-").replace("\u2011", "-")
    if straight.isascii():
        return straight.lower()
    plain = unicodedata.normalize("NFKD", straight)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@cache
def groups() -> Mapping[str, Sequence[str]]:
    """Every group of the data file by name, its lines in order."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    source = files("cvcore.offline") / "data" / "offer_wording.txt"
    for raw in source.read_text(encoding="utf-8").splitlines():
        line = raw.split("# ", 1)[0].rstrip()
        group = _GROUP.match(line)
        if group is not None:
            lines = found.setdefault(group["name"], [])
        elif line and line != "#":
            lines.append(line)
    return found


@cache
def wording(group: str) -> re.Pattern[str]:
    """A pattern that finds any wording of `group` as whole words of a folded text."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups()[group])})(?!\w)")


@cache
def whole(group: str) -> re.Pattern[str]:
    """A pattern that matches a folded text which is a wording of `group` and nothing else."""
    return re.compile(rf"(?:{'|'.join(groups()[group])})\Z")


def first_of(family: str, folded: str) -> str | None:
    """The first group of a family (`contract`, `seniority`) that `folded` has a wording of.

    Groups are tried in the order of the data file; `contract CDI` answers `CDI`.
    """
    return next((name for name, found in _family(family) if found.search(folded)), None)


def all_of(family: str, folded: str) -> tuple[str, ...]:
    """Every group of a family that `folded` has a wording of, in the order of the data file."""
    return tuple(name for name, found in _family(family) if found.search(folded))


@cache
def _family(family: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = [name for name in groups() if name.split(" ", 1)[0] == family]
    return tuple((name.split(" ", 1)[1], wording(name)) for name in names)
