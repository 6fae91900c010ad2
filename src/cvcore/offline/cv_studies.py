"""The head of a course of study taken apart: which degree, in which field, at which school."""

from __future__ import annotations

import re

from cvcore.offline.cv_pieces import TIDY, Cell, Order
from cvcore.offline.cv_words import (
    degree_words,
    folded,
    institution_words,
    is_known_place,
    is_place,
    organisation_words,
)

_STUDY_JOINT = re.compile(
    r"\s+(?:in|en|im)\s+(?=\S)|(?<=[a-z])\s*:\s+|\s+[-–—]\s+|,\s+|\s+(?:of|de)\s+(?=(?:Computer"
    r"|Software|Information|Electr)\w*)",
)


def split_study(text: str) -> tuple[str, str | None]:
    """A course of study as (degree, field): `PhD in Computer Science` is both."""
    for match in _STUDY_JOINT.finditer(text):
        degree, area = text[: match.start()].strip(), text[match.end() :].strip()
        if degree and area and degree_words(degree):
            return degree, area
    tokens = text.split()
    if len(tokens) > 2 and degree_words(tokens[0]) and tokens[1].isdigit():
        return " ".join(tokens[:2]), " ".join(tokens[2:])
    if (
        len(tokens) > 1
        and degree_words(tokens[0])
        and not degree_words(tokens[1])
        and (len(tokens[0]) <= 6 or "." in tokens[0])
        and folded(tokens[1]) not in ("of", "de", "in", "d", "degree")
    ):
        return tokens[0].rstrip(","), " ".join(tokens[1:])
    return text, None


def study_cells(
    cells: list[Cell], order: Order
) -> tuple[str | None, str | None, tuple[str, ...], Order | None]:
    """Course of study, school, the other cells, and what stood first."""
    pieces: list[str] = []
    for cell in cells:
        if len(cells) == 1 and (around := _place_between(cell.text)):
            pieces += around
            continue
        pieces += _study_pieces(cell.text) if _is_mixed(cell.text, len(cells)) else [cell.text]
    if not pieces:
        return None, None, (), None
    schools = [n for n, piece in enumerate(pieces) if _school(piece) > 0]
    degrees = [n for n, piece in enumerate(pieces) if degree_words(piece) and n not in schools[:1]]
    school = schools[0] if schools else None
    degree = next((n for n in degrees if n != school), None)
    left = [n for n in range(len(pieces)) if n not in (school, degree)]
    if school is None and left and (degree is not None or len(pieces) > 1):
        school = _likely_school(pieces, left, degree, order)
        left = [n for n in left if n != school]
    if degree is None and left:
        degree = left.pop(0)
    if school is None and degree is not None and not degree_words(pieces[degree]):
        school, degree = degree, None
    title = pieces[degree] if degree is not None else None
    area = [n for n in left if degree is not None and not is_place(pieces[n])]
    if title and area and split_study(title)[1] is None and len(pieces[area[0]]) < 80:
        title, left = f"{title}, {pieces[area[0]]}", [n for n in left if n != area[0]]
    rest = tuple(pieces[n] for n in left)
    organisation = pieces[school] if school is not None else None
    if title and organisation and split_study(title)[1] is None:
        title, organisation = _field_after_school(title, organisation)
    seen: Order | None = None
    if degree is not None and school is not None:
        seen = "title" if degree < school else "organisation"
    return title, organisation, rest, seen


def _field_after_school(title: str, organisation: str) -> tuple[str, str]:
    """`PhD` and `Princeton University, Computer Science`: the field belongs to the degree."""
    match = re.match(r"^(.+?),\s+([^,]+)$", organisation)
    if match is None or not institution_words(match.group(1)) or is_place(match.group(2)):
        return title, organisation
    if not institution_words(match.group(2)) and len(match.group(2).split()) > 1:
        return f"{title}, {match.group(2)}", match.group(1)
    return title, organisation


def _place_between(text: str) -> list[str] | None:
    """`BBA Mumbai, Maharashtra Example College`: what stands before the place and after it."""
    for match in re.finditer(r"\s([A-Z]\w+),\s([A-Z]\w+(?:\s[A-Z]\w+)?)\s+(?=[A-Za-z])", text):
        for state in (match.group(2), match.group(2).split()[0]):
            before, at = text[: match.start()], match.start(2) + len(state)
            if is_known_place(state) and before.strip() and text[at:].strip():
                return [before.strip(), text[at:].strip(), f"{match.group(1)}, {state}"]
    return None


def _school(text: str) -> int:
    return 2 * institution_words(text) - (degree_words(text) if institution_words(text) else 0)


def _likely_school(pieces: list[str], left: list[int], degree: int | None, order: Order) -> int:
    named = [n for n in left if organisation_words(pieces[n])]
    if named:
        return named[0]
    if degree is not None:
        return left[-1] if degree == 0 and len(left) > 1 else left[0]
    return left[0] if order == "organisation" else left[-1]


def _is_mixed(text: str, count: int) -> bool:
    has_both = bool(institution_words(text)) and bool(degree_words(text))
    return has_both or (count == 1 and bool(re.search(r",\s|\s[-–—]\s|\s\(", text)))


def _study_pieces(text: str) -> list[str]:
    """A text that names a degree and a school, cut between them."""
    match = re.match(r"^(.+?)\s*\(([^()]+)\)$", text)
    if match and institution_words(match.group(2)) and not institution_words(match.group(1)):
        return [match.group(1), match.group(2)]
    parts = list(
        re.split(
            r"(\s+[-–—]\s+(?![^()]*\))|,\s+(?![^()]*\))|\s+(?:at|à l[’']|chez|an der)\s+)", text
        )
    )
    groups: list[tuple[str, str]] = []
    for n in range(0, len(parts), 2):
        part, joint = parts[n], parts[n - 1] if n else ""
        kind = "school" if _school(part) > 0 else "degree" if degree_words(part) else ""
        if groups and (not kind or kind == groups[-1][0]):
            groups[-1] = (groups[-1][0] or kind, groups[-1][1] + joint + part)
        else:
            groups.append((kind, part))
    pieces: list[str] = []
    for kind, piece in groups:
        first, _, rest = piece.partition(" ")
        is_led = kind == "school" and rest and degree_words(first) and len(first) <= 5
        pieces += [first, rest] if is_led else [piece]
    return [piece.strip(TIDY) for piece in pieces if piece.strip(TIDY)]
