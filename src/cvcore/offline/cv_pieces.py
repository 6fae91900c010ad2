"""The pieces a head is made of: its cells, and the places among them."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from cvcore.offline.cv_dates import is_duration
from cvcore.offline.cv_words import (
    degree_words,
    institution_words,
    is_known_place,
    is_place,
    is_state,
    organisation_words,
    title_words,
)

Order = Literal["title", "organisation"]
"""What stands first in the heads of a section."""


TIDY = " \t,;:|•·–—-/"


CELLS = re.compile(r"\t|\s*[|•·]\s+|\s+[|•·]\s*|\s{3,}|\s*[●◦▪■⋄◆¦]\s*|\s+/{2}\s+")


_DATE_LABEL = re.compile(
    r"^(?:(?:expected|anticipated|expected date of)\s+)?(?:graduation|graduated|graduating"
    r"|completed|obtained|"
    r"date|dates|period|duration|obtention|diplômée?|période|zeitraum|abschluss)(?:\s+(?:date"
    r"|in|en))?$",
    re.IGNORECASE,
)


_NOTE = re.compile(
    r"^\(?(?:full[\s-]?time|part[\s-]?time|contract|freelance|internship|temps plein"
    r"|temps partiel|cdi|cdd|stage|alternance|"
    r"intérim|vollzeit|teilzeit|remote|hybrid|on-?site|permanent|temporary|self-employed"
    r"|project employment)\)?$",
    re.IGNORECASE,
)


class Cell(msgspec.Struct, frozen=True):
    """One piece of a head: its text and the line it stands on."""

    text: str
    line: int


def tidy(text: str) -> str:
    """A cell without what parts it from others; empty where it is a duration or labels a date."""
    text = text.strip(TIDY)
    while text and (text.count("(") != text.count(")")):
        if text.endswith("("):
            text = text[:-1].strip(TIDY)
        elif text.startswith(")"):
            text = text[1:].strip(TIDY)
        elif text.count("(") > text.count(")"):
            text = text + ")" if text.rfind("(") > text.rfind(")") and len(text) < 200 else text[1:]
            if text.count("(") != text.count(")"):
                break
        else:
            text = text.replace(")", "", 1).strip(TIDY)
    text = re.sub(r"\(\s*\)", "", text).strip(TIDY)
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip(TIDY)
    return "" if is_duration(text) or _DATE_LABEL.match(text) else text


def places_taken(cells: list[Cell]) -> tuple[str | None, list[Cell], list[str]]:
    """The place among the cells and the cells without it; notes such as `Full-time` apart."""
    place: str | None = None
    kept: list[Cell] = []
    notes: list[str] = []
    for cell in cells:
        text = cell.text
        if _NOTE.match(text) and len(cells) > 2:
            notes.append(text.strip("()"))
            continue
        if place is None and len(cells) > 1 and is_place(text) and not organisation_words(text):
            place = text
            continue
        bracket = re.search(r"\s*\(([^()]+)\)$", text)
        if place is None and bracket and is_place(bracket.group(1)):
            place, text = bracket.group(1), text[: bracket.start()]
        if text:
            kept.append(Cell(text, cell.line))
    if place is None and len(kept) >= 3:
        kept, place = _place_by_look(kept)
    return place, kept, notes


def _place_by_look(cells: list[Cell]) -> tuple[list[Cell], str | None]:
    for index, cell in enumerate(cells[1:], 1):
        parts = [part.strip() for part in cell.text.split(",")]
        is_short = all(part and part[0].isupper() and len(part.split()) <= 3 for part in parts)
        if len(parts) == 2 and is_short and not _is_named(cell.text):
            return cells[:index] + cells[index + 1 :], cell.text
    return cells, None


def _is_named(text: str) -> bool:
    return bool(
        title_words(text)
        or organisation_words(text)
        or institution_words(text)
        or degree_words(text)
    )


def place_at_end(text: str) -> tuple[str, str | None]:
    """A name and the place that follows it after a comma or a dash."""
    parts = [part.strip() for part in re.split(r"(?:,\s+|\s+[-–—]\s+)(?![^()]*\))", text)]
    for count in (3, 2, 1):
        if len(parts) <= count:
            continue
        tail, last = parts[-count:], parts[-1]
        if any(
            _is_named(part) and not is_known_place(part) and not is_state(part) for part in tail
        ):
            continue
        if count > 1 and not (is_state(last) or is_known_place(last)):
            continue
        if count == 1 and not is_known_place(last):
            continue
        if count == 3 and not all(is_known_place(part) or is_state(part) for part in tail[1:]):
            continue
        at = text.rfind(tail[0], 0, len(text)) if count == 1 else text.find(tail[0], len(parts[0]))
        return text[:at].strip(TIDY), text[at:].strip(TIDY)
    return text, None
