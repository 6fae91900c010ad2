"""The lexicon: its terms by id, by name and by family, and finding them in a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from cvcore.skills.errors import LexiconInvalid
from cvcore.skills.fold import fold
from cvcore.skills.matching import Matcher
from cvcore.skills.model import Context, Found, Term
from cvcore.skills.source import data_files, parse_contexts, parse_occupations, parse_terms

LEXICON = "cvcore-lexicon/1"
"""Names the lexicon and its version in every receipt; changes whenever what it finds changes."""

_CONTEXTS = "ambiguous"
_OCCUPATIONS = "occupations"


class Lexicon:
    """A set of terms, none of whose ids is given twice, and the matcher that finds them."""

    def __init__(
        self,
        terms: Iterable[Term],
        contexts: Mapping[str, Context] | None = None,
        occupations: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        self.contexts = dict(contexts or {})
        self.occupations = dict(occupations or {})
        self.terms: dict[str, Term] = {}
        for term in terms:
            if term.id in self.terms:
                why = f"id {term.id!r} is given to {self.terms[term.id].name!r} already"
                raise LexiconInvalid(source=term.trade, line=0, why=f"{term.name!r}: {why}")
            self.terms[term.id] = term
        self._parts: dict[str, list[str]] = {}
        self._families: dict[str, list[str]] = {}
        for term in self.terms.values():
            self._families.setdefault(term.family, []).append(term.id)
            if term.broader:
                self._parts.setdefault(term.broader, []).append(term.id)
        self._matcher = Matcher(self.terms.values(), self.contexts)

    def get(self, id: str) -> Term | None:
        """The term of this id, or None."""
        return self.terms.get(id)

    def parts_of(self, id: str) -> Sequence[str]:
        """The ids of the terms that are part of this one, in the order of the lexicon."""
        return self._parts.get(id, ())

    def family(self, family: str) -> Sequence[str]:
        """The ids of a family's terms, in the order of the lexicon."""
        return self._families.get(family, ())

    def works_with(self, family: str) -> Mapping[str, float]:
        """The families of skills that a family of titles works with, and their shares, of 1."""
        return self.occupations.get(family, {})

    def find(self, text: str) -> list[Found]:
        """The terms in `text`, in its order, none overlapping another."""
        return self._matcher.find(text)

    def collisions(self) -> list[tuple[str, str, str]]:
        """Names that two terms go by: the name, and both ids; empty in a sound lexicon."""
        owners: dict[str, str] = {}
        clashes = []
        for term in self.terms.values():
            for name in {fold(name) for name in (term.name, *term.aliases, *term.names_fr)}:
                other = owners.setdefault(name, term.id)
                if other != term.id:
                    clashes.append((name, other, term.id))
        return clashes


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with this library, read once."""
    terms: list[Term] = []
    contexts: dict[str, Context] = {}
    occupations: dict[str, dict[str, float]] = {}
    for name, text in data_files():
        if name == _CONTEXTS:
            contexts = parse_contexts(text, source=name)
        elif name == _OCCUPATIONS:
            occupations = parse_occupations(text, source=name)
        else:
            terms.extend(parse_terms(text, source=name))
    return Lexicon(terms, contexts, occupations)


def find_skills(text: str) -> list[Found]:
    """The skills, languages, degrees and titles named in `text`, in its order, none overlapping.

    Letter case and accents make no difference. Where two names overlap the longer one counts. A
    name that is also a common word ("Go", "R", "Excel") counts beside other skills or words that
    say what is meant, or when it is the whole text.

    >>> [(one.start, one.end, one.skill) for one in find_skills("Python et C++")]
    [(0, 6, 'python'), (10, 13, 'cpp')]
    """
    return lexicon().find(text)
