"""The spellings of a name that a text may use: plurals, hyphens left out, words joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvcore.skills.fold import fold

_WORD = re.compile(r"[a-z0-9]+(?:\+\+|#|\+(?![a-z0-9]))?")
_JOINT = re.compile(r"(?<=\w)[-./'’](?=\w)")
_LETTERS_MIN = 4


_FEMININE = (
    ("ateur", ("atrice",)),
    ("teur", ("trice", "teuse")),
    ("eur", ("euse", "eure")),
    ("ien", ("ienne",)),
    ("ier", ("iere",)),
    ("er", ("ere",)),
    ("if", ("ive",)),
    ("e", ("ee",)),
    ("ant", ("ante",)),
    ("al", ("ale",)),
    ("t", ("te",)),
    ("d", ("de",)),
)


def feminine(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A French title as a woman bears it: its first word changed, the others as they are.

    >>> list(feminine(("developpeur", "python")))
    [('developpeuse', 'python'), ('developpeure', 'python')]
    """
    if not words:
        return
    first, *others = words
    for ending, replacements in _FEMININE:
        if first.endswith(ending):
            for replacement in replacements:
                yield (first.removesuffix(ending) + replacement, *others)
            return


def spellings(name: str) -> Iterator[tuple[str, ...]]:
    """Each spelling of `name` as its folded words; the name as written comes first.

    A name written in small letters is a common noun: its plural and singular are spellings too.
    A hyphen, dot or slash within a word may be missing.

    >>> sorted(" ".join(words) for words in spellings("front-end framework"))[:2]
    ['front end framework', 'front end frameworks']
    """
    seen = set()
    for written in _written(name):
        words = tuple(_WORD.findall(fold(written)))
        for form in _inflected(words) if name == name.lower() else (words,):
            if form and form not in seen:
                seen.add(form)
                yield form


def _written(name: str) -> Iterator[str]:
    yield name
    joined = _JOINT.sub("", name)
    if joined != name and len(joined) >= _LETTERS_MIN:
        yield joined
    if "œ" in name.lower():
        yield name.lower().replace("œ", "oe")


def _inflected(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    if not words:
        return
    *head, last = words
    for other in _other_numbers(last):
        yield (*head, other)
    if head and all(word.isalpha() for word in words):
        everywhere = tuple(
            word + "s" if len(word) >= _LETTERS_MIN and word[-1] not in "sx" else word
            for word in words
        )
        yield everywhere


def _other_numbers(word: str) -> Iterator[str]:
    """The plural of a singular, the singular of a plural, English and French alike."""
    if not word.isalpha() or len(word) < 3:
        return
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    elif word.endswith("s"):
        if len(word) > _LETTERS_MIN and not word.endswith(("ss", "us", "is", "ics")):
            yield word[:-1]
        return
    if word.endswith("y") and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    elif word.endswith(("x", "ch", "sh", "ss", "z")):
        yield word + "es"
    elif word.endswith("al"):
        yield word[:-1] + "ux"
    if not word.endswith("x"):
        yield word + "s"
