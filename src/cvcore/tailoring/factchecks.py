"""The checks of facts: numbers, dates, tools, titles, degrees, languages and their levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cvcore.skills import Found, Term, lexicon
from cvcore.skills.fold import fold
from cvcore.tailoring.evidence import Checked, Said, Scope, content_stems, stem
from cvcore.tailoring.numbers import Number, is_year, words_around
from cvcore.tailoring.wordlists import LEVELS, MONTHS
from cvcore.versions.model import RefusedClaim

ALIKE_MAX = 200
"""How many places where a CV has a number are compared with one that claims it."""
LEVEL_REACH = 40

_MONTH_YEAR = re.compile(r"\b(" + "|".join(MONTHS) + r")\.?\s+((?:19|20)\d\d)\b")
_DATE = re.compile(r"\b((?:19|20)\d\d)-(\d{1,2})\b")
_PART = re.compile(r"[^|·,;/()–—]+")
_SHORT_WORDS = 4


def numbers(claim: Checked) -> Iterator[RefusedClaim]:
    """Numbers and years that no text states of the same thing, as many or more."""
    known = claim.scope.once("numbers", _by_value)
    for number in claim.said.numbers:
        words = claim.said.text[number.start : number.end].strip()
        alike = [pair for value in number.values for pair in known.get(value, ())[:ALIKE_MAX]]
        if is_year(number):
            if not alike:
                yield RefusedClaim(rule="date", claim=words)
        elif not any(_is_same(number, claim.said, other, one) for one, other in alike):
            yield RefusedClaim(rule="number", claim=words)


def _by_value(scope: Scope) -> dict[float, list[tuple[Said, Number]]]:
    found: dict[float, list[tuple[Said, Number]]] = {}
    for one in scope.said:
        for number in one.numbers:
            for value in number.values:
                found.setdefault(value, []).append((one, number))
    return found


def _is_same(number: Number, text: Said, other: Number, source: Said) -> bool:
    if not number.values & other.values or number.unit != other.unit:
        return False
    if number.is_more and not other.is_more:
        return False
    if number.unit or len(source.words) < _SHORT_WORDS:
        return True
    mine = {stem(word) for word in words_around(text.text, number)}
    return not mine or bool(mine & {stem(word) for word in words_around(source.text, other)})


def dates(claim: Checked) -> Iterator[RefusedClaim]:
    """Months that no text and no date field states."""
    known = claim.scope.once(
        "months", lambda scope: {pair for one in scope.said for pair in _months(one.folded)}
    )
    for month, year in _months(claim.said.folded):
        if (month, year) not in known:
            yield RefusedClaim(rule="date", claim=f"{year}-{month:02}")


def _months(folded: str) -> Iterator[tuple[int, int]]:
    for match in _MONTH_YEAR.finditer(folded):
        yield MONTHS[match[1]], int(match[2])
    for match in _DATE.finditer(folded):
        yield int(match[2]), int(match[1])


_TERM_RULES = {"hard": "tool", "degree": "degree", "title": "title", "language": "language"}


def terms(claim: Checked) -> Iterator[RefusedClaim]:
    """Tools, degrees, titles and languages that the CV does not name, under any of their names."""
    for term in claim.said.terms:
        rule = _TERM_RULES.get(term.kind)
        if rule is not None and not is_supported(term, claim):
            yield RefusedClaim(rule=rule, claim=claim.said.text[term.start : term.end])


def is_supported(term: Found, claim: Checked) -> bool:
    """Whether the evidence names this term, or one text of it has all of the words it is in."""
    if term.skill in claim.scope.term_ids:
        return True
    entry = lexicon().get(term.skill)
    words = content_stems(claim.said.text[term.start : term.end])
    if entry is not None and _is_meant(entry, claim):
        return True
    is_thing = entry is not None and term.kind == "hard" and not entry.is_general
    if is_thing and len(words) < 2:
        return claim.scope.says_together(words) and _is_written(
            claim.said.text[term.start : term.end], claim.scope
        )
    return claim.scope.says_together(words)


def _is_written(word: str, scope: Scope) -> bool:
    """Whether the evidence has the very word, small and capital letters alike."""
    pattern = re.compile(rf"(?<![\w]){re.escape(word)}(?![\w])")
    return any(pattern.search(one.text) for one in scope.said)


def _is_meant(entry: Term, claim: Checked) -> bool:
    """Whether the evidence writes a name that is a common word too ("Go"), which the CV lists."""
    if entry.id not in claim.whole.term_ids:
        return False
    names = (entry.name, *entry.aliases)
    common = [name for name in names if fold(name) in lexicon().contexts and name[:1].isupper()]
    return any(_is_written(name, claim.scope) for name in common)


def title_words(claim: Checked, supported: Iterable[Found]) -> Iterator[RefusedClaim]:
    """Each part of a title must stand together in one text of the CV, or be a title it has."""
    covered = [(term.start, term.end) for term in supported]
    for match in _PART.finditer(claim.said.text):
        part = match[0]
        if not any(start <= match.start() and match.end() <= end for start, end in covered):
            stems = content_stems(part)
            if stems and not claim.scope.says_together(stems):
                yield RefusedClaim(rule="title", claim=part.strip())


def levels(claim: Checked) -> Iterator[RefusedClaim]:
    """Levels of a language that the CV does not state of that language."""
    known = claim.scope.once("levels", _levels_known)
    for language, level in _levels(claim.said):
        if (language, level) not in known:
            yield RefusedClaim(rule="level", claim=claim.said.text)


def _levels_known(scope: Scope) -> set[tuple[str, int]]:
    known = {pair for one in scope.said for pair in _levels(one)}
    by_item: dict[str, list[Said]] = {}
    for one in scope.said:
        if one.path.startswith("languages["):
            by_item.setdefault(one.path.partition("]")[0], []).append(one)
    for fields in by_item.values():
        named = [term.skill for one in fields for term in one.terms if term.kind == "language"]
        stated = {LEVELS[word] for one in fields for word in one.words if word in LEVELS}
        known |= {(language, level) for language in named for level in stated}
    return known


def _levels(said: Said) -> Iterator[tuple[str, int]]:
    spoken = [term for term in said.terms if term.kind == "language"]
    for match in re.finditer(r"[a-z0-9-]+", said.folded):
        level = LEVELS.get(match[0])
        if level is None:
            continue
        near = [t for t in spoken if -LEVEL_REACH < t.start - match.start() < LEVEL_REACH]
        if near:
            nearest = min(near, key=lambda term: abs(term.start - match.start()))
            yield nearest.skill, level
