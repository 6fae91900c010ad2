"""The checks of words: rank, being in charge, results, superlatives, limits, what is new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cvcore.skills.fold import fold
from cvcore.tailoring.evidence import Checked, Said, content_stems, stem, words_in
from cvcore.tailoring.wordlists import (
    DOING_ENDINGS,
    HEDGES,
    HELPING,
    LEADING,
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

_HELPING = re.compile(r"\b(?:" + "|".join(sorted(HELPING, key=len, reverse=True)) + r")\b")
_MEMBER = re.compile(r"[,;:()/·|]|\s(?:and|or|et|ou)\s|\s[–—-]\s")


def words_of_rank(claim: Checked) -> Iterator[RefusedClaim]:
    """Words of rank that the CV does not give."""
    held = claim.scope.once(
        "ranks", lambda scope: {SENIORITY[w] for w in _spaced(scope.said) if w in SENIORITY}
    )
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
    letters = list(said.text)
    for number in said.numbers:
        letters[number.start : number.end] = " " * (number.end - number.start)
    return "".join(letters)


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
