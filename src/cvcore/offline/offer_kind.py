"""Whether a text is a job offer, whether it still stands, and in which language it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from cvcore.offline.offer_sections import Placed, Section
from cvcore.offline.offer_wording import fold, groups, wording

_HISTORY = re.compile(
    r"\b(?:19|20)\d\d\s*(?:-|–|—|to|a)\s*"
    r"(?:present|current|now|aujourd'hui|ce jour|(?:19|20)\d\d)\b"
)
_ASKING: frozenset[Section] = frozenset({"required", "preferred", "responsibilities", "benefits"})

SIGNS_MIN = 3
CLOSED_WINDOW_CHARACTERS = 3_000


def language_of(text: str) -> str | None:
    """ISO 639-1 of the language most of the text is in; None for too few words to tell."""
    counted = Counter(re.findall(r"[a-z]+", fold(text[:20_000])))
    total = sum(counted.values())
    if total < 8:
        return None
    shares = {code: sum(counted[word] for word in words) for code, words in _common().items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= max(2, 0.06 * total) else None


@cache
def _common() -> Mapping[str, frozenset[str]]:
    return {
        name.removeprefix("language "): frozenset(" ".join(lines).split())
        for name, lines in groups().items()
        if name.startswith("language ")
    }


def is_closed_wording(text: str) -> bool:
    """Whether the words of a notice say that the offer is over ("no longer accepting")."""
    return bool(wording("kind closed").search(fold(text)))


def why_no_offer(parts: Sequence[Placed], text: str, *, has_fields: bool) -> str | None:
    """Why a text is no job offer, to complete "this is no job offer: ..."; None if it is one.

    `has_fields` says that the source names a title and who hires, in fields or structured data.
    """
    folded = fold(text)
    if len(folded.split()) < 6:
        return "it holds next to no text"
    sections = {part.section for part in parts} & _ASKING
    signs = set(wording("kind signs").findall(folded))
    if wording("kind letter").search(folded) and len(sections) < 2:
        return "it reads like a letter of application"
    if not has_fields and len(sections) < 2:
        if len(wording("kind listing").findall(folded)) >= 2:
            return "it is a list of offers, open one of them"
        if (
            len(_HISTORY.findall(folded)) >= 2
            or len(set(wording("kind person").findall(folded))) >= 2
        ):
            return "it reads like a CV"
    weight = len(signs) + 2 * len(sections) + (3 if has_fields else 0)
    if weight < SIGNS_MIN:
        return "it neither says what the work is nor what it asks"
    return None
