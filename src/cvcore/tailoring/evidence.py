"""What a CV says that can prove something, and which part of it bears on which claim.

A claim about a job is proved by that job's own texts, not by another's; a claim of the headline,
the summary or the skills by any. What a model wrote proves nothing unless somebody attested it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from cvcore.cv.model import Cv
from cvcore.cv.text import texts
from cvcore.skills import Found, find_skills, lexicon
from cvcore.skills.fold import fold
from cvcore.tailoring.numbers import Number, numbers_in
from cvcore.tailoring.wordlists import STOP
from cvcore.versions.reviewing import origin_of

T = TypeVar("T")

OPEN_SECTIONS = frozenset({"basics", "skills", "interests"})
"""Sections that may sum up the whole CV."""
ATTESTED = "attested"
"""The path of what a person attested."""

_WORD = re.compile(r"[a-z0-9][a-z0-9+#]*")
_ENDINGS = ("ements", "ement", "ments", "ment", "ations", "ation", "tions", "tion", "ings", "ing",
            "ees", "ers", "ed", "er", "es", "ee", "s", "e")  # fmt: skip


def stem(word: str) -> str:
    """A word without its usual endings, at most 6 letters: `managing` and `manager` share one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:6]


def words_in(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in their order."""
    return [stem(word) for word in words_in(text) if len(word) > 2 and word not in STOP]


class Said:
    """One text, and what it names: worked out when first asked for."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text

    @cached_property
    def folded(self) -> str:
        """The text in small letters without accents."""
        return fold(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, folded."""
        return frozenset(words_in(self.text))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(stem(word) for word in self.words)

    @cached_property
    def terms(self) -> tuple[Found, ...]:
        """What the lexicon knows of it."""
        return tuple(find_skills(self.text))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers it states."""
        return numbers_in(self.text)


class Scope:
    """The texts that bear on one claim, and what they name together."""

    def __init__(self, said: Iterable[Said]) -> None:
        self.said = tuple(said)
        self._known: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[Scope], T]) -> T:
        """What `make` finds in these texts, worked out once and kept under `name`."""
        if name not in self._known:
            self._known[name] = make(self)
        found: T = self._known[name]
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all the texts."""
        return frozenset().union(*(one.words for one in self.said))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all their words."""
        return frozenset().union(*(one.stems for one in self.said))

    @cached_property
    def term_ids(self) -> frozenset[str]:
        """The terms named, and the wholes they are part of: who knows EC2 has worked with AWS."""
        found: set[str] = set()
        for one in self.said:
            for term in one.terms:
                found.add(term.skill)
                entry = lexicon().get(term.skill)
                if entry is not None and entry.broader:
                    found.add(entry.broader)
        return frozenset(found)

    def says_together(self, stems: Sequence[str]) -> bool:
        """Whether one text has all of `stems`."""
        return bool(stems) and any(one.stems.issuperset(stems) for one in self.said)


class Evidence:
    """The texts of a CV that can prove something, by the item they are part of."""

    def __init__(self, cv: Cv, attested: Sequence[str] = ()) -> None:
        self._said = [
            Said(each.path, each.text)
            for each in texts(cv)
            if origin_of(cv.origins, each.path) != "model"
        ]
        self._attested = [Said(ATTESTED, text) for text in attested]
        self._whole = Scope([*self._said, *self._attested])
        self._scopes: dict[str, Scope] = {}

    def scope_of(self, path: str) -> Scope:
        """The texts that bear on a claim at `path`: its own item's, or all of the CV's."""
        item = item_of(path)
        if item is None:
            return self._whole
        if item not in self._scopes:
            own = (one for one in self._said if item_of(one.path) == item)
            self._scopes[item] = Scope([*own, *self._attested])
        return self._scopes[item]

    def at(self, path: str) -> list[Said]:
        """The texts at `path`, if they can prove something."""
        return [one for one in self._said if one.path == path]

    def around(self, phrase: str) -> Scope | None:
        """The texts of the items that say `phrase`; None where none does."""
        wanted = fold(phrase).strip()
        items = {item_of(one.path) for one in self._said if wanted and wanted in one.folded}
        if not items and not any(wanted in one.folded for one in self._attested):
            return None
        own = (one for one in self._said if item_of(one.path) in items)
        return Scope([*own, *self._attested])


def item_of(path: str) -> str | None:
    """The item a path is in (`work[w3]`); None for what may speak of the whole CV."""
    section = re.split(r"[\[.]", path, maxsplit=1)[0]
    if section in OPEN_SECTIONS or "[" not in path:
        return None
    return path[: path.index("]") + 1]


class Checked(msgspec.Struct, frozen=True):
    """A claimed text with its evidence: `scope` is all that bears on it, `near` what it replaces
    and cites, or all of the scope where it does neither; `whole` is all that the CV says."""

    said: Said
    scope: Scope
    near: Scope
    whole: Scope
    before: str | None = None
