"""Words that a CV shares with the offer letter for letter: copied, so they prove nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from cvcore.offers.model import Offer
from cvcore.skills.fold import fold

RUN_WORDS_MIN = 8
"""So many words in a row, the same as in the offer, count as copied."""
COPIED_WORDS_MANY = 40
"""From so many copied words on, short lines that stand in the offer whole count as copied too."""
_LINE_WORDS_MIN = 2

_WORD = re.compile(r"[a-z0-9]+(?:\+\+|#)?")

Stretch = tuple[int, int]


class OfferWords(msgspec.Struct, frozen=True):
    """The offer's runs of words: every 8 in a row, and the whole text to find short lines in."""

    runs: frozenset[str]
    text: str


class SpokenWords(msgspec.Struct, frozen=True):
    """The words of one text of a CV, with where each stands, and its runs with their first word."""

    words: tuple[str, ...]
    places: tuple[Stretch, ...]
    runs: dict[str, int]
    letters: int


def offer_words(offer: Offer) -> OfferWords:
    """The words of an offer, as a copier would find them."""
    parts = [offer.description, *(each.text for each in offer.requirements)]
    parts += offer.responsibilities
    spoken = [_WORD.findall(fold(part)) for part in parts]
    runs = frozenset(run for words in spoken for run in _runs(words))
    return OfferWords(runs=runs, text="|".join(f" {' '.join(words)} " for words in spoken))


def spoken_words(text: str) -> SpokenWords:
    """The words of a CV's text."""
    folded = fold(text)
    places = tuple(match.span() for match in _WORD.finditer(folded))
    words = tuple(folded[start:end] for start, end in places)
    runs = {run: n for n, run in reversed(list(enumerate(_runs(words))))}
    return SpokenWords(words=words, places=places, runs=runs, letters=len(text))


def _runs(words: Sequence[str]) -> list[str]:
    last = len(words) - RUN_WORDS_MIN + 1
    return [" ".join(words[n : n + RUN_WORDS_MIN]) for n in range(last)]


def copied(spoken: Mapping[str, SpokenWords], offer: OfferWords) -> dict[str, tuple[Stretch, ...]]:
    """By path, the stretches of characters that are copied from the offer."""
    found: dict[str, tuple[Stretch, ...]] = {}
    total = 0
    for path, text in spoken.items():
        shared = offer.runs & text.runs.keys() if text.runs else ()
        if shared:
            found[path], count = _stretches((text.runs[run] for run in shared), text.places)
            total += count
    if total >= COPIED_WORDS_MANY:
        for path, text in spoken.items():
            is_line = len(text.words) >= _LINE_WORDS_MIN and path not in found
            if is_line and f" {' '.join(text.words)} " in offer.text:
                found[path] = ((0, text.letters),)
    return found


def _stretches(begins: Iterable[int], places: Sequence[Stretch]) -> tuple[tuple[Stretch, ...], int]:
    covered = sorted({n for begin in begins for n in range(begin, begin + RUN_WORDS_MIN)})
    stretches: list[Stretch] = []
    last = -2
    for n in covered:
        if n == last + 1:
            stretches[-1] = (stretches[-1][0], places[n][1])
        else:
            stretches.append(places[n])
        last = n
    return tuple(stretches), len(covered)
