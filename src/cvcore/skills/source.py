"""The lexicon's data files: how they are written, and reading them.

    # a comment
    [hard relational-database]              kind and family of the entries that follow
    PostgreSQL | Postgres; psql             name | aliases
    accounting | bookkeeping | comptabilité name | aliases | French names
    C++ = cpp | C plus plus                 an id where the name makes none
    Hadoop
      > HDFS; Hive = Apache Hive            what is part of the entry above, with other names of it
    [degree bachelor 6]                     a degree's EQF level comes third

What is written in small letters is a common noun and is found in the plural too; a proper name
(`Windows`) is not. Hyphens, dots and slashes may be missing or blank in a text (`front-end` finds
"frontend" and "front end"). `ambiguous.txt` says which names count only in context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import get_args

import msgspec

from cvcore.skills.errors import LexiconInvalid
from cvcore.skills.fold import fold
from cvcore.skills.model import Context, Kind, Term

_HEADING = re.compile(r"\[(\w+)(?: ([a-z0-9-]+))?(?: ([1-8]))?\]")
_KINDS: tuple[str, ...] = get_args(Kind)


def slug(name: str) -> str:
    """The id that a name makes: small letters, digits and hyphens.

    >>> slug("Node.js"), slug("Gestion de projet")
    ('node-js', 'gestion-de-projet')
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name.replace("œ", "oe"))).strip("-")


def parse_terms(text: str, *, source: str) -> Iterator[Term]:
    """The entries of one data file, in its order.

    Raises:
        LexiconInvalid: a line is not of the form above; says which and why.
    """
    heading = Term(id="", name="", kind="hard")
    whole: Term | None = None
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            heading, whole = _heading(line, source=source, number=number), None
        elif line.startswith(">"):
            if whole is None:
                raise LexiconInvalid(source=source, line=number, why="a part before any entry")
            yield from _parts(line[1:], whole)
        elif not heading.family:
            raise LexiconInvalid(source=source, line=number, why="an entry before any [heading]")
        else:
            whole = _entry(line, heading, source=source, number=number)
            yield whole


def _heading(line: str, *, source: str, number: int) -> Term:
    form = _HEADING.fullmatch(line)
    if form is None or form[1] not in _KINDS or not form[2]:
        why = f"{line!r} is no heading; write [kind family] with a kind of {', '.join(_KINDS)}"
        raise LexiconInvalid(source=source, line=number, why=why)
    kind = next(kind for kind in get_args(Kind) if kind == form[1])
    level = int(form[3]) if form[3] else None
    return Term(id="", name="", kind=kind, family=form[2], level=level, trade=source)


def _entry(line: str, heading: Term, *, source: str, number: int) -> Term:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) > 3 or not fields[0]:
        why = f"{line!r} is no entry; write: name | aliases | French names"
        raise LexiconInvalid(source=source, line=number, why=why)
    name, _, id = fields[0].partition(" = ")
    fields += [""] * (3 - len(fields))
    return msgspec.structs.replace(
        heading,
        id=id.strip() or slug(name),
        name=name.strip(),
        aliases=_many(fields[1]),
        names_fr=_many(fields[2]),
    )


def _parts(listed: str, whole: Term) -> Iterator[Term]:
    for part in _many(listed):
        name, *others = (one.strip() for one in part.split(" = "))
        yield msgspec.structs.replace(
            whole,
            id=slug(name),
            name=name,
            aliases=tuple(others),
            names_fr=(),
            broader=whole.id,
        )


def _many(field: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in field.split(";") if one.strip())


def parse_contexts(text: str, *, source: str) -> dict[str, Context]:
    """The ambiguous names, folded, and the context in which each counts.

    Raises:
        LexiconInvalid: a line is not of the form `name | before: a, b | after: c | not before: d`.
    """
    contexts: dict[str, Context] = {}
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        name, *rules = (field.strip() for field in line.split("|"))
        words: dict[str, frozenset[str]] = {}
        for rule in rules:
            side, colon, listed = rule.partition(":")
            if not colon or side not in ("before", "after", "not before", "not after"):
                raise LexiconInvalid(source=source, line=number, why=f"{rule!r} is no rule")
            words[side] = frozenset(fold(word.strip()) for word in listed.split(","))
        none: frozenset[str] = frozenset()
        contexts[fold(name)] = Context(
            before=words.get("before", none),
            after=words.get("after", none),
            not_before=words.get("not before", none),
            not_after=words.get("not after", none),
        )
    return contexts


def parse_occupations(text: str, *, source: str) -> dict[str, dict[str, float]]:
    """By family of titles, the families of skills it works with and their shares, which add to 1.

    Raises:
        LexiconInvalid: a line is not of the form `title-family: skill-family 3, skill-family 1`.
    """
    occupations: dict[str, dict[str, float]] = {}
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        family, colon, listed = line.partition(":")
        shares = [part.split() for part in listed.split(",")]
        if not colon or not all(len(part) == 2 and part[1].isdigit() for part in shares):
            raise LexiconInvalid(source=source, line=number, why=f"{line!r} is no occupation")
        total = sum(int(share) for _, share in shares)
        occupations[family.strip()] = {name: int(share) / total for name, share in shares}
    return occupations


def data_files() -> Iterator[tuple[str, str]]:
    """Every data file of the package: its name without the suffix, and its text; sorted."""
    folder = files("cvcore.skills") / "data"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".txt"):
            yield entry.name.removesuffix(".txt"), entry.read_text(encoding="utf-8")
