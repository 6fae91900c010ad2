"""Whether a text is a job offer, whether it still stands, and in which language it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from cvcore.offline.cv_sections import heading_kind
from cvcore.offline.offer_sections import Placed, Section
from cvcore.offline.offer_wording import fold, groups, wording

_HISTORY = re.compile(
    r"\b[a-z]{3,9}\.? (?:19|20)\d\d\b|"
    r"\b(?:19|20)\d\d\s*(?:-|–|—|to|a)\s*"
    r"(?:present|current|now|till|aujourd'hui|ce jour|(?:19|20)\d\d)"
)
_ASKING: frozenset[Section] = frozenset({"required", "preferred", "responsibilities", "benefits"})

SIGNS_MIN = 3
HEAD_CHARACTERS = 160
"""Where a title stands that names both genders, as offers have to."""

LINES_LOOKED_AT = 600
"""Lines among which the headings of a CV are looked for."""

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


def _is_about_one_person(text: str, folded: str, *, has_labels: bool) -> bool:
    """Whether a text tells a career and addresses nobody: offers speak to whoever reads them.

    A CV names employers and posts as well: lines such as "company: X" (`has_labels`) only ask for
    clearer signs.
    """
    words = max(1, len(folded.split()))
    addressed = 100 * len(wording("kind address").findall(folded)) / words
    told = len(set(wording("kind person").findall(folded)))
    dated = len(_HISTORY.findall(folded))
    lines = text.split("\n", LINES_LOOKED_AT)[:LINES_LOOKED_AT]
    headed = len({kind for line in lines if (kind := heading_kind(line.strip()))})
    if (headed >= 5 or (told >= 4 and dated >= 4)) and addressed < 2.3:
        return True
    if told >= 5 and addressed < (0.9 if has_labels else 1.3):
        return True
    if addressed < 0.5 and dated >= 2 and headed >= 3:
        return True
    if has_labels:
        return False
    return (told >= 3 and addressed < 0.6) or (dated >= 2 and told >= 2 and addressed < 1.2)


def why_no_offer(
    parts: Sequence[Placed], text: str, *, has_fields: bool, is_posting: bool = False
) -> str | None:
    """Why a text is no job offer, to complete "this is no job offer: ..."; None if it is one.

    `has_fields` says that the source names a title and who hires, in fields or structured data,
    `is_posting` that structured data call it an offer.
    """
    folded = fold(text)
    if len(folded.split()) < 6:
        return "it holds next to no text"
    sections = {part.section for part in parts} & _ASKING
    signs = set(wording("kind signs").findall(folded))
    if wording("kind letter").search(folded) and len(sections) < 2:
        return "it reads like a letter of application"
    if not has_fields and len(sections) < 2 and len(wording("kind listing").findall(folded)) >= 2:
        return "it is a list of offers, open one of them"
    if not is_posting and _is_about_one_person(text, folded, has_labels=has_fields):
        return "it reads like a CV"
    head = folded[:HEAD_CHARACTERS]
    is_for_all = wording("kind gender").search(head) is not None
    seeks = wording("kind seeks").search(folded) is not None
    weight = len(signs) + 2 * len(sections) + 3 * has_fields + 2 * is_for_all + 2 * seeks
    if weight < SIGNS_MIN:
        return "it neither says what the work is nor what it asks"
    return None
