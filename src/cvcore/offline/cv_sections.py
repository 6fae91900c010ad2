"""The headings of a CV in English, French and German, and what part of it each opens."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, get_args

from cvcore.offline.cv_words import folded, word_list

SectionKind = Literal[
    "contact", "summary", "work", "volunteer", "education", "awards", "certificates",
    "publications", "skills", "languages", "interests", "references", "projects", "profiles",
    "other",
]  # fmt: skip

_KIND_OF: dict[str, SectionKind] = {
    name: kind for kind in get_args(SectionKind) for name in word_list(f"heading {kind}")
}
_QUALIFIERS = word_list("heading qualifiers")
_JOINTS = re.compile(r"\s*(?:&|/|,|\+|\||\band\b|\bet\b|\bund\b|\bor\b|\bou\b)\s*", re.IGNORECASE)
HEADING_WORDS_MAX = 6


@lru_cache(maxsize=20_000)
def heading_kind(text: str) -> SectionKind | None:
    """The section that the line `text` opens, as a heading worded in a usual way; None otherwise.

    >>> heading_kind("EXPÉRIENCES PROFESSIONNELLES :"), heading_kind("Skills & Tools")
    ('work', 'skills')
    """
    text = text.strip(" \t:•·-–—_=*#.>|~()[]0123456789")
    if not text or len(text) > 60 or len(text.split()) > HEADING_WORDS_MAX or "@" in text:
        return None
    whole = folded(text)
    if whole in _KIND_OF:
        return _KIND_OF[whole]
    kinds = [_kind_of_part(folded(part)) for part in _JOINTS.split(text) if part.strip()]
    if len(kinds) > 1 and kinds[0] and all(kinds):
        return "work" if "work" in kinds else kinds[0]
    return _kind_of_part(whole)


def _kind_of_part(words: str) -> SectionKind | None:
    if words in _KIND_OF:
        return _KIND_OF[words]
    tokens = words.split()
    while tokens and tokens[0] in _QUALIFIERS:
        tokens = tokens[1:]
        if (rest := " ".join(tokens)) in _KIND_OF:
            return _KIND_OF[rest]
    tokens = words.split()
    while tokens and tokens[-1] in _QUALIFIERS:
        tokens = tokens[:-1]
        if (rest := " ".join(tokens)) in _KIND_OF:
            return _KIND_OF[rest]
    return None


def labelled(text: str) -> tuple[SectionKind, str, str] | None:
    """A heading with its content on the same line, `Languages: English, French`: the section, the
    heading and the content."""
    match = re.match(r"^([^\t:]{3,40}?)\s*(?::\s*|\t+)(?=\S)(.+)$", text)
    if match is None:
        return None
    kind = heading_kind(match.group(1))
    return (kind, match.group(1), match.group(2)) if kind else None
