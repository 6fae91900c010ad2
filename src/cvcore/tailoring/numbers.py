"""The numbers a text states: digits and words, English and French, with what they count."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec

from cvcore.skills.fold import fold
from cvcore.tailoring.wordlists import (
    MULTIPLES,
    NUMBER_WORDS,
    QUALIFIERS,
    SCALES,
    TENS,
    UNITS,
    VAGUE_WORDS,
)

WINDOW_CHARACTERS = 100
WINDOW_WORDS = 5
"""How many words on either side of a bare number say what it counts."""

_SIGN = r"(?P<sign>[€$£]\s?)?"
_DIGITS = r"(?P<digits>\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)"
_SUFFIX = (
    r"(?P<plus>\s?\+)?(?:[ \u00a0\u202f-]?(?P<scale>"
    + "|".join(sorted(SCALES, key=len, reverse=True))
    + r")(?![a-z]))?(?:[ \u00a0\u202f-]?(?:d['’]|de )?(?P<unit>"
    + "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
    + r")(?![a-z]))?"
)
_NUMBER = re.compile(r"(?<![\w+#.])" + _SIGN + _DIGITS + _SUFFIX)
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_WORD_SUFFIX = re.compile(_SUFFIX)
_GROUPED = re.compile(r"[ \u00a0\u202f'’]")


class Number(msgspec.Struct, frozen=True):
    """A number in a text: the values its digits can mean (`1,500` is two), what it counts, whether
    it says "more than", and where it stands."""

    values: frozenset[float]
    unit: str
    is_more: bool
    start: int
    end: int


def numbers_in(text: str) -> tuple[Number, ...]:
    """Every number in `text`, in no particular order.

    >>> [(sorted(one.values), one.unit) for one in numbers_in("1,5 M€, twenty-five people")]
    [([1500000.0], 'money'), ([25.0], '')]
    """
    folded = fold(text)
    digits = tuple(_of_digits(folded))
    return (*digits, *_of_words(folded, Covered(digits)))


def is_year(number: Number) -> bool:
    """Whether a number reads as a year of a date."""
    return not number.unit and any(1900 <= value < 2100 for value in number.values)


def _of_digits(folded: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(folded):
        following = folded[match.end() : match.end() + 1]
        if following.isalpha() and not (match["scale"] or match["unit"]):
            continue
        scale = SCALES.get(match["scale"] or "", 1.0)
        if scale != 1.0 and match["scale"] in ("m", "k") and following.isalpha():
            continue
        unit = UNITS.get(match["unit"] or "", "money" if match["sign"] else "")
        if match["scale"] in ("k€", "m€", "md€", "k$", "m$"):
            unit = "money"
        values = frozenset(round(value * scale, 6) for value in _values(match["digits"]))
        is_more = bool(match["plus"]) or _is_more(folded, match.start())
        yield Number(values, unit, is_more, match.start(), match.end())


def _values(digits: str) -> set[float]:
    plain = _GROUPED.sub("", digits)
    found = set()
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", plain):
        found.add(float(re.sub(r"[.,]", "", plain)))
    marks = re.findall(r"[.,]", plain)
    if len(marks) == 1:
        found.add(float(plain.replace(",", ".")))
    elif len(marks) > 1 and marks[-1] != marks[0]:
        whole, _, part = plain.rpartition(marks[-1])
        found.add(float(re.sub(r"[.,]", "", whole) + "." + part))
    elif not marks:
        found.add(float(plain))
    return found or {float(re.sub(r"[.,]", "", plain))}


class Covered:
    """Where numbers stand in a text: answers quickly whether a place is within one."""

    def __init__(self, numbers: Iterable[Number]) -> None:
        self._spans = sorted((one.start, one.end) for one in numbers)

    def __contains__(self, place: int) -> bool:
        at = bisect_right(self._spans, (place, sys.maxsize)) - 1
        return at >= 0 and place < self._spans[at][1]


def _of_words(folded: str, taken: Covered) -> Iterator[Number]:
    reached = 0
    for match in _WORD.finditer(folded):
        at = match.start()
        if at < reached or at in taken:
            continue
        word = match[0].replace("’", "'")
        value = _spelled(word)
        unit = ""
        if value is None and word in MULTIPLES:
            value, unit = MULTIPLES[word], "times"
        elif value is None and word in VAGUE_WORDS:
            value, unit = VAGUE_WORDS[word], "vague"
        if value is None:
            continue
        end = match.end()
        if not unit and (suffix := _WORD_SUFFIX.match(folded, end)):
            value *= SCALES.get(suffix["scale"] or "", 1.0)
            unit, end = UNITS.get(suffix["unit"] or "", ""), suffix.end()
        reached = end
        yield Number(frozenset({float(value)}), unit, _is_more(folded, at), at, end)


def _spelled(word: str) -> float | None:
    """The value of one spelled number: `twelve`, `twenty-five`, `quatre-vingt-dix`."""
    if word in NUMBER_WORDS:
        return float(NUMBER_WORDS[word])
    first, _, rest = word.partition("-")
    rest = rest.removeprefix("et-")
    if first in TENS and rest in NUMBER_WORDS and NUMBER_WORDS[rest] < 20:
        return float(TENS[first] + NUMBER_WORDS[rest])
    return None


def _is_more(folded: str, start: int) -> bool:
    before = folded[max(start - 14, 0) : start].rstrip(" ~€$£")
    return before.endswith(QUALIFIERS) and not before.endswith(("turning over", "turn over"))


def words_around(text: str, number: Number) -> frozenset[str]:
    """The words on either side of a number, to compare what two numbers count."""
    begin, end = max(number.start - WINDOW_CHARACTERS, 0), number.end + WINDOW_CHARACTERS
    before = re.findall(r"[a-z]{3,}", fold(text[begin : number.start]))[-WINDOW_WORDS:]
    after = re.findall(r"[a-z]{3,}", fold(text[number.end : end]))[:WINDOW_WORDS]
    return frozenset((*before, *after))
