"""The checks of one claimed text, each naming what the CV does not support."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from cvcore.skills import Found, Term, lexicon
from cvcore.skills.fold import fold
from cvcore.tailoring.evidence import Said, Scope, content_stems, stem, words_in
from cvcore.tailoring.numbers import Number, is_year, words_around
from cvcore.tailoring.wordlists import (
    DOING_ENDINGS,
    HEDGES,
    HELPING,
    LEADING,
    LEVELS,
    MONTHS,
    OPENERS,
    PEOPLE,
    RESULTS,
    SENIORITY,
    STOP,
    SUPERLATIVES,
)
from cvcore.versions.model import RefusedClaim

NEW_CONTENT_MAX = 0.5
"""From what share of new words on a text says something else than its evidence."""
NEW_STEMS_MIN = 4
HEDGED_WORDS = 3
LEVEL_REACH = 40
"""How many characters from a language its level may stand."""

_MONTH_YEAR = re.compile(r"\b(" + "|".join(MONTHS) + r")\.?\s+((?:19|20)\d\d)\b")
_DATE = re.compile(r"\b((?:19|20)\d\d)-(\d{1,2})\b")
_PART = re.compile(r"[^|·,;/()–—]+")
_HELPING = re.compile(r"\b(?:" + "|".join(sorted(HELPING, key=len, reverse=True)) + r")\b")
_MEMBER = re.compile(r"[,;:()/·|]|\s(?:and|or|et|ou)\s|\s[–—-]\s")
_SHORT_WORDS = 4


class Checked(msgspec.Struct, frozen=True):
    """A claimed text with its evidence: `scope` is all that bears on it, `near` what it replaces
    and cites, or all of the scope where it does neither; `whole` is all that the CV says."""

    said: Said
    scope: Scope
    near: Scope
    whole: Scope
    before: str | None = None


def numbers(claim: Checked) -> Iterator[RefusedClaim]:
    """Numbers and years that no text states of the same thing, as many or more."""
    known = [(one, number) for one in claim.scope.said for number in one.numbers]
    for number in claim.said.numbers:
        words = claim.said.text[number.start : number.end].strip()
        if is_year(number):
            if not any(number.values & other.values for _, other in known):
                yield RefusedClaim(rule="date", claim=words)
        elif not any(_is_same(number, claim.said, other, one) for one, other in known):
            yield RefusedClaim(rule="number", claim=words)


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
    known = {pair for one in claim.scope.said for pair in _months(one.folded)}
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
    known = {pair for one in claim.scope.said for pair in _levels(one)}
    by_item: dict[str, list[Said]] = {}
    for one in claim.scope.said:
        if one.path.startswith("languages["):
            by_item.setdefault(one.path.partition("]")[0], []).append(one)
    for fields in by_item.values():
        named = [term.skill for one in fields for term in one.terms if term.kind == "language"]
        stated = {LEVELS[word] for one in fields for word in one.words if word in LEVELS}
        known |= {(language, level) for language in named for level in stated}
    for language, level in _levels(claim.said):
        if (language, level) not in known:
            yield RefusedClaim(rule="level", claim=claim.said.text)


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


def words_of_rank(claim: Checked) -> Iterator[RefusedClaim]:
    """Words of rank that the CV does not give."""
    held = {SENIORITY[word] for word in _spaced(claim.scope.said) if word in SENIORITY}
    for word in dict.fromkeys(_spaced([claim.said])):
        if word in SENIORITY and SENIORITY[word] not in held:
            yield RefusedClaim(rule="seniority", claim=word)


def involvement(claim: Checked) -> Iterator[RefusedClaim]:
    """Having led, hired or taught where the CV says less; and having done what one took part in."""
    mine = words_in(claim.said.text)
    is_leading = not LEADING.isdisjoint(claim.near.words)
    yield from (
        RefusedClaim(rule="involvement", claim=word)
        for word in dict.fromkeys(mine)
        if (word in LEADING and not (is_leading and _is_of(word, claim.said.folded, claim)))
        or (word in PEOPLE and stem(word) not in claim.near.stems)
    )
    if claim.before is not None:
        had = _helping(fold(claim.before))
        if had and not _helping(claim.said.folded):
            yield RefusedClaim(rule="involvement", claim=f"without {had[0]!r}")


def _helping(folded: str) -> list[str]:
    """The words in a text that say somebody only had a part, in their order."""
    return _HELPING.findall(folded)


def outcomes(claim: Checked) -> Iterator[RefusedClaim]:
    """Results and superlatives that the CV does not claim itself."""
    known = {_result(word) for word in claim.near.words}
    mine = claim.said.folded
    for word in dict.fromkeys(_spaced([claim.said])):
        direction = _result(word)
        is_own = stem(word) in claim.near.stems or direction != "won"
        if direction and (direction not in known or not is_own or not _is_of(word, mine, claim)):
            yield RefusedClaim(rule="result", claim=word)
        elif word in SUPERLATIVES and stem(word) not in claim.near.stems:
            yield RefusedClaim(rule="superlative", claim=word)


def _is_of(word: str, folded: str, claim: Checked) -> bool:
    """Whether what grew or shrank (the words behind, else before) is what the evidence is about."""
    for match in re.finditer(rf"(?<![a-z]){word}(?![a-z])", folded):
        behind = re.split(r"[,;:.]\s", folded[match.end() :], maxsplit=1)[0]
        about = content_stems(behind)[:3] or content_stems(folded[: match.start()])[-3:]
        if about and not any(each in claim.near.stems for each in about):
            return False
    return True


def _result(word: str) -> str | None:
    """What a word says came of it, in the singular or the plural."""
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in RESULTS:
            return RESULTS[form]
    return None


def hedges(claim: Checked) -> Iterator[RefusedClaim]:
    """Words that limited what is said, and are gone while what they limited is still said."""
    if claim.before is None:
        return
    mine, kept = set(words_in(claim.said.text)), set(content_stems(claim.said.text))
    before = words_in(claim.before)
    for at, word in enumerate(before):
        if word in HEDGES and word not in mine and not HEDGES & mine:
            limited = content_stems(" ".join(before[at + 1 :]))[:HEDGED_WORDS]
            if kept.intersection(limited):
                yield RefusedClaim(rule="hedge", claim=f"without {word!r}")


def content(claim: Checked, exempt: Iterable[str] = ()) -> Iterator[RefusedClaim]:
    """What is new: a text most of whose words no evidence has, or a member of a list like that."""
    known = claim.scope.stems | set(exempt)
    mine = list(dict.fromkeys(content_stems(claim.said.text)))
    new = [each for each in mine if each not in known]
    if len(new) >= NEW_STEMS_MIN and len(new) > NEW_CONTENT_MAX * len(mine):
        yield RefusedClaim(rule="content", claim=claim.said.text)
        return
    for at, member in enumerate(_MEMBER.split(_without_numbers(claim.said))):
        things = [stem(word) for word in words_in(member) if _is_thing(word)]
        if at and things and known.isdisjoint(things):
            yield RefusedClaim(rule="content", claim=member.strip())


def _without_numbers(said: Said) -> str:
    """The text with blanks where its numbers stand, units included."""
    text = said.text
    for number in said.numbers:
        text = text[: number.start] + " " * (number.end - number.start) + text[number.end :]
    return text


def _is_thing(word: str) -> bool:
    is_meaningful = len(word) > 3 and word not in STOP and word not in OPENERS
    return is_meaningful and word.isalpha() and not word.endswith(DOING_ENDINGS)


def _spaced(said: Iterable[Said]) -> list[str]:
    """Words with their hyphens, and the parts of those too."""
    found: list[str] = []
    for one in said:
        for word in re.findall(r"[a-z]+(?:-[a-z]+)*", fold(one.text)):
            found.append(word)
            if "-" in word:
                found += word.split("-")
    return found
