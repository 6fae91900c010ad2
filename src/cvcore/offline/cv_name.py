"""Whose CV it is: the name among the lines at the head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cvcore.offline.cv_language import is_language_name
from cvcore.offline.cv_outline import is_document_title
from cvcore.offline.cv_sections import heading_kind
from cvcore.offline.cv_text import TextLine, is_bullet
from cvcore.offline.cv_words import (
    degree_words,
    folded,
    is_place,
    organisation_words,
    title_words,
    word_list,
)

CELLS = re.compile(r"\t|\s+[-–—]\s+|\s*[|•·●▪◆⋄]\s*|\s{3,}")
"""What parts the pieces of a line in the head of a CV."""


NAME_WORDS_MAX = 6


PLAIN_LINES_MAX = 8


_NAME = re.compile(
    r"^[^\W\d_][\w.'’´`-]*(?:[ ,]+(?:[^\W\d_][\w.'’´`-]*|\([^()]+\)|[“\"][^\"”]+[\"”]))*\.?$"
)


TITLE_TAIL = re.compile(
    r"\s*[-–—:|,]?\s*(?:resume|résumé|curriculum vitae|cv|lebenslauf)\s*$", re.IGNORECASE
)


_TITLE_LEAD = re.compile(
    r"^(?:resume|résumé|curriculum vitae|cv|lebenslauf|name|nom)\s*(?:of|de"
    r"|von)?\s*[-–—:|]?\s*(?=\S)",
    re.IGNORECASE,
)


_HONORIFIC = re.compile(r"^(?:mr|mrs|ms|dr|mme|m\.|mlle|herr|frau|prof)\.?\s+", re.IGNORECASE)


_PARTICLES = word_list("name particles")


def looks_like_name(text: str) -> bool:
    """Whether `text` could be a person's name: two to six words in capitals, no title, no place."""
    text = _HONORIFIC.sub("", text.strip(" \t,"))
    words = re.findall(r"[\w.'’´`-]+", text)
    if not 2 <= len(words) <= NAME_WORDS_MAX or len(text) > 48 or not _NAME.match(text):
        return False
    if text.count(",") > (1 if len(words) <= 4 else 0) or text.endswith((",", ".,")):
        return False
    if (
        heading_kind(text)
        or title_words(text)
        or organisation_words(text)
        or is_document_title(text)
    ):
        return False
    if is_place(text) or degree_words(text) or any(is_language_name(word) for word in words):
        return False
    if any(heading_kind(word) for word in words if len(word) > 3):
        return False
    return all(word[0].isupper() or folded(word) in _PARTICLES for word in words)


def name_of(
    head: Sequence[TextLine], everything: Sequence[TextLine], email: str | None
) -> tuple[TextLine | None, str | None]:
    """The name and its line, told by type size, place on the page and the e-mail address."""
    best: tuple[float, TextLine, str] | None = None
    has_layout = any(line.size for line in everything)
    sizes = [line.size for line in everything if line.size]
    largest = max(sizes, default=0.0)
    body = sorted(sizes)[len(sizes) // 2] if sizes else 0.0
    for place, pool in ((0.0, head), (-2.0, everything if has_layout or email else ())):
        for number, line in enumerate(pool[: 40 if has_layout else PLAIN_LINES_MAX]):
            if line.page > 1 or is_bullet(line.text):
                continue
            for cell in CELLS.split(line.text):
                text = _TITLE_LEAD.sub("", TITLE_TAIL.sub("", cell.strip(" \t,:"))).strip(" \t,:")
                points = place + _name_points(text, line, number, email, largest, body)
                if points > 0 and (best is None or points > best[0]):
                    best = (points, line, text)
        if best is not None and best[0] >= 3:
            break
    return (best[1], best[2]) if best else (None, None)


def _name_points(
    text: str, line: TextLine, number: int, email: str | None, largest: float, body: float
) -> float:
    is_name = looks_like_name(text)
    words = folded(text).split()
    in_email = _in_email(words, email)
    is_largest = bool(largest) and line.size >= largest - 0.5 and line.size > body * 1.25
    is_word = text.replace(" ", "").replace("-", "").isalpha() and len(words) <= NAME_WORDS_MAX
    if (
        not is_name
        and not (is_largest and is_word and not heading_kind(text))
        and not (in_email and is_word and len(words) <= 4)
    ):
        return 0.0
    points = 3.0 if is_name else 0.5
    points += 4.0 if is_largest else 0.0
    points += 3.0 * in_email
    points += max(0.0, 2.0 - number * 0.25) + (0.5 if text.isupper() else 0.0)
    if is_place(text):
        points -= 4.0
    return points - (1.5 if title_words(text) and not in_email else 0.0)


def _in_email(words: Sequence[str], email: str | None) -> float:
    if not email or not words:
        return 0.0
    local = folded(email.split("@")[0]).replace(" ", "")
    hits = sum(len(word) > 2 and word in local for word in words)
    return hits / len(words) if hits else 0.0
