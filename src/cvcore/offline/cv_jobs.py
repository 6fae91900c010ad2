"""The head of a job taken apart: which piece is the title, which the employer."""

from __future__ import annotations

import re

from cvcore.offline.cv_pieces import TIDY, Cell, Order, place_at_end
from cvcore.offline.cv_words import (
    is_known_place,
    is_place,
    is_state,
    organisation_words,
    title_strength,
    title_words,
)

_AT = re.compile(
    r"\s+(?:@|at|chez|bei|at the|au sein de|au sein du|pour le compte de)\s+", re.IGNORECASE
)


_DASH = re.compile(
    r"(?:\s+[-–—−]+\s+|\s*[–—]\s*(?=[A-ZÀ-Ý])|(?<=[a-zé)])\s?:\s+|\s*[»>]\s+)(?![^()]*\))"
)


_COMMA = re.compile(r",\s+(?![^()]*\))")


_LEGAL = re.compile(
    r"^(?:inc|ltd|llc|llp|corp|co|plc|gmbh|jr|sr|s\.?a\.?|sas|sarl|pvt|pte)\b", re.IGNORECASE
)


def work_cells(
    cells: list[Cell], order: Order
) -> tuple[str | None, str | None, tuple[str, ...], Order | None]:
    """Title, employer, the other cells, and what stood first where the words were sure of it."""
    if not cells:
        return None, None, (), None
    if len(cells) == 1:
        return _one_cell(cells[0].text, order)
    scores = [title_strength(cell.text) for cell in cells]
    best = max(range(len(cells)), key=lambda n: (scores[n], -n))
    if scores[best] > 0:
        both = _both_in_one(cells[best].text)
        if both and not any(organisation_words(c.text) for n, c in enumerate(cells) if n != best):
            others = tuple(cell.text for n, cell in enumerate(cells) if n != best)
            return both[0], both[1], others, both[2]
        others_at = [n for n in range(len(cells)) if n != best]
        at = max(others_at, key=lambda n: (organisation_words(cells[n].text) > 0, -n))
    else:
        named = [n for n in range(len(cells)) if organisation_words(cells[n].text)]
        at = named[0] if named else (1 if order == "title" else 0)
        best = next(n for n in range(len(cells)) if n != at)
    rest = tuple(cell.text for n, cell in enumerate(cells) if n not in (at, best))
    is_sure = scores[best] > 0 or bool(organisation_words(cells[at].text))
    seen: Order | None = ("title" if best < at else "organisation") if is_sure else None
    return cells[best].text, cells[at].text, rest, seen


def _one_cell(
    text: str, order: Order
) -> tuple[str | None, str | None, tuple[str, ...], Order | None]:
    both = _both_in_one(text)
    if both:
        return both[0], both[1], (), both[2]
    titled, organised = title_words(text), organisation_words(text)
    if titled and title_strength(text) > 0:
        return text, None, (), None
    if organised:
        return None, text, (), None
    parts = [part for part in re.split(r",\s+|\s+[-–—]\s+", text) if part]
    if len(parts) >= 2 and not is_place(text):
        name, place = place_at_end(text)
        parts = [part for part in re.split(r",\s+|\s+[-–—]\s+", name) if part]
        if len(parts) >= 2:
            at = text.find(parts[1], len(parts[0]))
            first, second = text[:at].strip(TIDY), text[at:].strip(TIDY)
            return (first, second, (), None) if order == "title" else (second, first, (), None)
        del place
    return (text, None, (), None) if order == "title" else (None, text, (), None)


def _both_in_one(text: str) -> tuple[str, str, Order] | None:
    """Title and organisation within one piece of text, where the words tell them apart."""
    if match := _AT.search(text):
        first, second = text[: match.start()].strip(TIDY), text[match.end() :].strip(TIDY)
        if first and second and title_words(first):
            return first, second, "title"
    if match := re.match(r"^(.+?)\s*\(([^()]+)\)$", text):
        first, second = match.group(1), match.group(2)
        if (
            title_words(first) > 0
            and not title_words(second)
            and not is_place(second)
            and (second[0].isupper() and len(second) > 3)
        ):
            return first, second, "title"
    for pattern in (_DASH, _COMMA):
        if found := _split_by(pattern, text):
            return found
    return None


def _split_by(pattern: re.Pattern[str], text: str) -> tuple[str, str, Order] | None:
    best: tuple[float, str, str, Order] | None = None
    for match in pattern.finditer(text):
        first, second = text[: match.start()].strip(TIDY), text[match.end() :].strip(TIDY)
        if not first or not second or (_LEGAL.match(second) and len(second) < 8):
            continue
        plain = place_at_end(second)[0]
        if is_known_place(plain) or is_state(plain) or is_place(second):
            continue
        one = title_strength(first)
        two = title_strength(plain)
        apart = abs(one - two)
        if apart < 1.0 or (one > 0 and two > 0) or (best is not None and apart <= best[0]):
            continue
        if one > two:
            best = (apart, first, second, "title")
        else:
            best = (apart, second, first, "organisation")
    return (best[1], best[2], best[3]) if best else None
