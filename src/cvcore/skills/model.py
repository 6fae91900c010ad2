"""What the lexicon knows: skills, languages, degrees and titles, with the names they go by."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["hard", "soft", "language", "degree", "title"]


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the lexicon.

    `id` is stable and lower case (`postgresql`, `project-management`); `name` is how it is written;
    `family` groups what is related and counts in part for one another (`relational-database`);
    `level` is the EQF level of a degree, 1 to 8; `trade` is the file it stands in (`software`,
    `health`), what its neighbours have in common beyond their family.
    `broader` is the id of the term this one is part of (`hive` of `hadoop`): who knows the part has
    something to show for the whole.
    """

    id: str
    name: str
    kind: Kind
    family: str = ""
    names_fr: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    level: int | None = None
    trade: str = ""
    broader: str | None = None

    @property
    def is_general(self) -> bool:
        """Whether it names a field ("databases") rather than a thing of its own ("PostgreSQL")."""
        return self.broader is None and self.name == self.name.lower()


class Found(msgspec.Struct, frozen=True):
    """A term seen in a text: characters `start` to `end` (half-open) of the text as given.

    `skill` is the term's id, `name` its canonical name.
    """

    start: int
    end: int
    skill: str
    name: str
    kind: Kind


class Context(msgspec.Struct, frozen=True):
    """When an ambiguous name counts: beside another term in a list, or beside one of these words
    (`before` it, `after` it); never beside the words of `not_before` and `not_after`. A name that
    has only `not_` words counts everywhere else, one without any words only in a list."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()

    @property
    def is_lenient(self) -> bool:
        """Whether the name counts everywhere but beside its `not_` words."""
        return bool(self.not_before or self.not_after) and not (self.before or self.after)
